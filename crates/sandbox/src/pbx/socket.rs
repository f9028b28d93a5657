//! One phone's connection, from the opened WebSocket to its end.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep_until, timeout};

use super::Handle;
use crate::broker::Faults;

/// So many messages may wait for a connection; one that is slower than that is cut.
pub(super) const WAITING_MESSAGES: usize = 256;
/// A socket that does not take a message for so long is given up.
const STUCK: Duration = Duration::from_secs(10);

/// Serves a phone until it leaves or a fault ends it. There is no closing handshake from our side: whoever is let go
/// here is let go by a fault, or has been too slow to be told.
pub async fn serve(mut socket: WebSocket, pbx: Handle, mut faults: watch::Receiver<Faults>) {
    let drops_before = faults.borrow().dropped;
    let mut connection = pbx.connect();
    loop {
        let now = *faults.borrow_and_update();
        if now.dropped != drops_before {
            return;
        }
        let goes_on = match now.frozen() {
            Some(until) => tokio::select! {
                changed = faults.changed() => changed.is_ok(),
                () = sleep_until(until) => true,
            },
            None => tokio::select! {
                biased;
                changed = faults.changed() => changed.is_ok(),
                text = connection.texts.recv() => match text {
                    Some(text) => {
                        let sent = timeout(STUCK, socket.send(Message::Text(text.into()))).await;
                        matches!(sent, Ok(Ok(())))
                    }
                    None => false,
                },
                message = socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => {
                        connection.received(text.as_str().as_bytes().to_vec());
                        true
                    }
                    Some(Ok(Message::Binary(bytes))) => {
                        connection.received(bytes.to_vec());
                        true
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => true,
                    Some(Ok(Message::Close(_))) => {
                        // The answer to a close goes out with the next read.
                        let _ = timeout(STUCK, socket.recv()).await;
                        false
                    }
                    Some(Err(_)) | None => false,
                },
            },
        };
        if !goes_on {
            return;
        }
    }
}

/// A connection as the pbx knows it; it ends when this is dropped.
pub(super) struct Connection {
    pub(super) pbx: Handle,
    pub(super) link: u64,
    /// What is to be sent. It ends when the pbx wants the connection closed.
    pub(super) texts: mpsc::Receiver<String>,
}

impl Connection {
    fn received(&self, bytes: Vec<u8>) {
        self.pbx.received(self.link, bytes);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.pbx.closed(self.link);
    }
}
