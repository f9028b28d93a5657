//! One client's connection, from the opened WebSocket to its end.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use stomp::Limits;
use stomp::server::{Connection, Due, HEART_BEAT, Request};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use super::destination::Destination;
use super::faults::Faults;
use super::hub::{Delivery, Hub, Subscriptions};
use crate::actor::Handle;

/// Heart-beats that we can send and want, in ms. The slower side of each direction decides.
const HEART_BEATS: (u32, u32) = (1000, 1000);
/// A client that sends nothing for so long is closed, whatever heart-beats were agreed: RabbitMQ's web server
/// does so.
const IDLE: Duration = Duration::from_secs(60);
/// A socket that does not take a message for so long is given up.
const STUCK: Duration = Duration::from_secs(10);
/// A client may take so long to close its side.
const PATIENCE: Duration = Duration::from_secs(1);
/// Header `server`.
const SERVER: &str = concat!("sandbox/", env!("CARGO_PKG_VERSION"));
/// WebSocket's status for an ordinary end (RFC 6455 section 7.4.1).
const NORMAL: u16 = 1000;

/// Why a connection ends.
enum End {
    /// With the closing handshake.
    Close,
    /// Without another byte.
    Drop,
}

/// What [`Link::handle`] and its like want done.
type Step = Result<(), End>;

/// Serves a client until it leaves, breaks the protocol, or a fault ends it.
pub async fn serve(
    socket: WebSocket,
    hub: Arc<Hub>,
    center: Handle,
    mut faults: watch::Receiver<Faults>,
) {
    let drops_before = faults.borrow().dropped;
    let mut link = Link {
        stomp: Connection::new(Limits::default()),
        subscriptions: hub.connect(),
        hub,
        center,
        socket,
        started: Instant::now(),
        last_heard: Instant::now(),
        messages: 0,
    };
    let end = loop {
        let now = *faults.borrow_and_update();
        if now.dropped != drops_before {
            break End::Drop;
        }
        let step = match now.frozen() {
            Some(until) => tokio::select! {
                changed = faults.changed() => changed.map_err(|_| End::Drop),
                () = sleep_until(until) => Ok(()),
            },
            None => link.step(&mut faults).await,
        };
        if let Err(end) = step {
            break end;
        }
    };
    if matches!(end, End::Close) {
        let farewell = Message::Close(Some(CloseFrame {
            code: NORMAL,
            reason: "".into(),
        }));
        // The socket is given up in any case. To read on until the client has closed as well keeps the operating
        // system from taking back what was sent last.
        let _ = timeout(PATIENCE, async {
            let sent = link.socket.send(farewell).await.is_ok();
            while sent && matches!(link.socket.recv().await, Some(Ok(_))) {}
        })
        .await;
    }
}

struct Link {
    stomp: Connection,
    subscriptions: Subscriptions,
    hub: Arc<Hub>,
    center: Handle,
    socket: WebSocket,
    started: Instant,
    last_heard: Instant,
    messages: u64,
}

impl Link {
    /// Waits for the next thing to happen and does what it asks for.
    async fn step(&mut self, faults: &mut watch::Receiver<Faults>) -> Step {
        let idle = self.last_heard + IDLE;
        let wake = match self.stomp.poll_timeout() {
            Some(ms) => idle.min(self.started + Duration::from_millis(ms)),
            None => idle,
        };
        tokio::select! {
            biased;
            changed = faults.changed() => changed.map_err(|_| End::Drop),
            delivery = self.subscriptions.next() => match delivery {
                Some(delivery) => self.deliver(&delivery).await,
                None => Err(End::Drop),
            },
            message = self.socket.recv() => match message {
                Some(Ok(Message::Text(text))) => self.receive(text.as_str().as_bytes()).await,
                Some(Ok(Message::Binary(bytes))) => self.receive(&bytes).await,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                    self.last_heard = Instant::now();
                    Ok(())
                }
                Some(Ok(Message::Close(_))) => {
                    // The answer to a close goes out with the next read.
                    let _ = timeout(STUCK, self.socket.recv()).await;
                    Err(End::Drop)
                }
                Some(Err(_)) | None => Err(End::Drop),
            },
            () = sleep_until(wake) => self.timeout().await,
        }
    }

    /// ms since the connection began: the clock that the protocol is given.
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    async fn timeout(&mut self) -> Step {
        let now = self.now();
        match self.stomp.handle_timeout(now) {
            Some(Due::HeartBeat) => self.send(HEART_BEAT.to_owned()).await,
            Some(Due::Silent) => Err(End::Close),
            None if self.last_heard.elapsed() >= IDLE => Err(End::Close),
            None => Ok(()),
        }
    }

    async fn receive(&mut self, bytes: &[u8]) -> Step {
        self.last_heard = Instant::now();
        let now = self.now();
        self.stomp.handle(bytes, now);
        while let Some((request, receipt)) = self.stomp.poll() {
            let leaving = matches!(request, Request::Disconnect);
            self.handle(request).await?;
            if let Some(receipt) = receipt {
                let Ok(frame) = self.stomp.receipt(&receipt) else {
                    return Err(End::Close);
                };
                self.send(frame).await?;
            }
            if leaving {
                return Err(End::Close);
            }
        }
        Ok(())
    }

    async fn handle(&mut self, request: Request) -> Step {
        match request {
            Request::Connect(connect) => match connect.host.as_deref() {
                None | Some("/") => self.welcome().await,
                Some(other) => {
                    let why = format!("Virtual host '{other}' access denied");
                    self.refuse("Bad CONNECT", &why).await
                }
            },
            Request::Subscribe { id, destination } => match Destination::parse(&destination) {
                Some(Destination::Topic(routing_key)) => {
                    self.subscriptions.subscribe(&id, routing_key);
                    Ok(())
                }
                Some(Destination::Requests) | None => self.refuse_destination(&destination).await,
            },
            Request::Unsubscribe { id } => {
                self.subscriptions.unsubscribe(&id);
                Ok(())
            }
            Request::Send {
                destination,
                headers,
                body,
            } => self.sent_by_client(&destination, &headers, body).await,
            Request::Other(_) | Request::Disconnect => Ok(()),
            Request::Broken(why) => self.refuse("Invalid frame", &why).await,
        }
    }

    async fn sent_by_client(
        &mut self,
        destination: &str,
        headers: &[(String, String)],
        body: Vec<u8>,
    ) -> Step {
        let Some(place) = Destination::parse(destination) else {
            return self.refuse_destination(destination).await;
        };
        let Ok(body) = String::from_utf8(body) else {
            return self
                .refuse("Invalid body", "a body has to be text in UTF-8\n")
                .await;
        };
        match place {
            Destination::Requests => {
                // Of repeated headers the first counts (STOMP 1.2, "Repeated Header Entries").
                let token = headers
                    .iter()
                    .find(|(name, _)| name == "token")
                    .map(|(_, token)| token.clone())
                    .unwrap_or_default();
                self.center.command(token, body).await;
            }
            Destination::Topic(routing_key) => self.hub.publish(routing_key, &body),
        }
        Ok(())
    }

    fn session(&self) -> String {
        format!("session-{}", self.subscriptions.connection())
    }

    async fn welcome(&mut self) -> Step {
        let now = self.now();
        let session = self.session();
        let Ok(frame) = self.stomp.accept(&session, SERVER, HEART_BEATS, now) else {
            return Err(End::Close);
        };
        self.send(frame).await
    }

    async fn deliver(&mut self, delivery: &Delivery) -> Step {
        self.messages = self.messages.wrapping_add(1);
        let message_id = format!(
            "T_{}@@{}@@{}",
            delivery.subscription,
            self.session(),
            self.messages
        );
        let destination = format!("/topic/{}", delivery.routing_key);
        let Ok(frame) = self.stomp.message(
            &delivery.subscription,
            &destination,
            &message_id,
            &[("redelivered", "false")],
            &delivery.body,
        ) else {
            return Err(End::Close);
        };
        self.send(frame).await
    }

    async fn refuse_destination(&mut self, destination: &str) -> Step {
        let why = format!(
            "'{destination}' is not a valid destination.\n\
             Valid destination types are: /topic, /exchange.\n"
        );
        self.refuse("Unknown destination", &why).await
    }

    /// ERROR, and then the end.
    async fn refuse(&mut self, message: &str, why: &str) -> Step {
        if let Ok(frame) = self.stomp.error(message, why) {
            self.send(frame).await?;
        }
        Err(End::Close)
    }

    async fn send(&mut self, frame: String) -> Step {
        let now = self.now();
        self.stomp.sent(now);
        match timeout(STUCK, self.socket.send(Message::Text(frame.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Drop),
        }
    }
}
