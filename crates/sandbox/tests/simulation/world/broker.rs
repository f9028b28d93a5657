//! The broker's side: what pages send, what the center answers.

use super::World;
use crate::network::{IDLE, Line};
use crate::pipe::Packet;
use agent::EventName;
use sandbox::center::{Input, Output};
use stomp::server::{Due, HEART_BEAT, Request};

/// Where commands go.
const REQUESTS: &str = "/exchange/ccs.request.exchange";

impl World {
    /// Something reaches the broker.
    pub(super) fn reaches_broker(&mut self, at: usize) -> Result<(), String> {
        let link = &mut self.network.links[at];
        let Some((packet, joined)) = link.up.take(self.now, &mut self.random) else {
            return Ok(());
        };
        if joined {
            self.counts.add("frames joined");
        }
        match packet {
            Packet::Hello if self.now < self.network.refuses_until => {
                self.counts.add("connections refused");
                link.hang_up(self.now, &mut self.random);
            }
            Packet::Hello => {
                link.line = Some(Line::new(self.now));
                link.down.send(Packet::Hello, self.now, &mut self.random);
            }
            Packet::Bytes(bytes) => {
                if let Some(line) = &mut link.line {
                    line.heard = self.now;
                    line.connection.handle(&bytes, self.now);
                }
                while let Some(request) = self.next_request(at) {
                    self.broker_does(at, request)?;
                }
            }
            Packet::End => link.line = None,
        }
        Ok(())
    }

    fn next_request(&mut self, at: usize) -> Option<Request> {
        let line = self.network.links[at].line.as_mut()?;
        let (request, _) = line.connection.poll()?;
        Some(request)
    }

    fn broker_does(&mut self, at: usize, request: Request) -> Result<(), String> {
        let link = &mut self.network.links[at];
        let Some(line) = &mut link.line else {
            return Ok(());
        };
        match request {
            Request::Connect(_) => {
                let session = format!("session-{}", link.number);
                let beats = self.network.heart_beats;
                let welcome = line
                    .connection
                    .accept(&session, "simulation", beats, self.now)
                    .map_err(|why| why.to_string())?;
                let packet = Packet::Bytes(welcome.into_bytes());
                link.down.send(packet, self.now, &mut self.random);
                Ok(())
            }
            Request::Subscribe { id, destination } => {
                let key = routing_key(&destination)
                    .ok_or_else(|| format!("{destination} is subscribed to"))?;
                line.subscriptions.retain(|(known, _)| *known != id);
                line.subscriptions.push((id, key.to_owned()));
                Ok(())
            }
            Request::Unsubscribe { id } => {
                line.subscriptions.retain(|(known, _)| *known != id);
                Ok(())
            }
            Request::Send {
                destination,
                headers,
                body,
            } => {
                if destination != REQUESTS {
                    return Err(format!("something is sent to {destination}"));
                }
                let token = headers.into_iter().find(|(name, _)| name == "token");
                let token = token.map(|(_, token)| token).unwrap_or_default();
                let body =
                    String::from_utf8(body).map_err(|_| "a command is not UTF-8".to_owned())?;
                self.command_arrives(at, token, body)
            }
            Request::Other(_) => Ok(()),
            Request::Disconnect => {
                link.hang_up(self.now, &mut self.random);
                Ok(())
            }
            Request::Broken(why) => Err(format!("the broker cannot read a frame: {why}")),
        }
    }

    fn command_arrives(&mut self, at: usize, token: String, body: String) -> Result<(), String> {
        let link = &self.network.links[at];
        let browser = &mut self.browsers[link.browser];
        if link.number < browser.heard_on {
            self.counts.add("commands overtaken");
            self.trace.note(
                self.now,
                &browser.name,
                format_args!("an older link's command arrives after a newer one's"),
            );
        }
        browser.heard_on = browser.heard_on.max(link.number);
        self.counts.add("commands");
        self.center
            .handle(Input::Command { token, body }, self.unix());
        self.publish()
    }

    /// Sends what the center says, and makes sure that its books are in order.
    pub(super) fn publish(&mut self) -> Result<(), String> {
        self.center
            .check()
            .map_err(|why| format!("the center is not sound: {why}"))?;
        while let Some(output) = self.center.poll_output() {
            let Output::Message { routing_key, body } = output else {
                return Err("a browser phone is wanted, but there are none".to_owned());
            };
            self.overhear(&routing_key, &body);
            self.network.publish(
                &routing_key,
                &body,
                self.now,
                &mut self.random,
                &mut self.counts,
            );
        }
        Ok(())
    }

    /// Notes who is logged in with which routing key, and what was said.
    fn overhear(&mut self, routing_key: &str, body: &str) {
        self.counts.add("messages");
        for byte in body.bytes() {
            self.digest = (self.digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let event = body.strip_prefix(r#"{"type":"event","event":""#);
        let Some(event) = event.and_then(|rest| rest.split('"').next()) else {
            return;
        };
        self.last_news = self.now;
        let Some(event) = EventName::parse(event) else {
            return;
        };
        self.counts.add(event.as_str());
        if !matches!(
            event,
            EventName::Login | EventName::Kick | EventName::Logout
        ) {
            return;
        }
        let number = body.split_once(r#""agentNumber":""#);
        let number = number.and_then(|(_, rest)| rest.split('"').next());
        let agent = self.cast.iter().find(|agent| Some(**agent) == number);
        let Some(agent) = agent.copied() else {
            return;
        };
        if event == EventName::Login {
            self.holders.insert(agent, routing_key.to_owned());
        } else if self
            .holders
            .get(agent)
            .is_some_and(|key| key == routing_key)
        {
            self.holders.remove(agent);
        }
    }

    /// The broker's clock for a link.
    pub(super) fn broker_timeout(&mut self, at: usize) {
        let link = &mut self.network.links[at];
        let Some(line) = &mut link.line else {
            return;
        };
        match line.connection.handle_timeout(self.now) {
            Some(Due::HeartBeat) => {
                let beat = Packet::Bytes(HEART_BEAT.as_bytes().to_vec());
                link.down.send(beat, self.now, &mut self.random);
            }
            Some(Due::Silent) => {
                self.counts.add("links found dead by the broker");
                link.hang_up(self.now, &mut self.random);
            }
            None if self.now >= line.heard + IDLE => {
                self.counts.add("links found dead by the broker");
                link.hang_up(self.now, &mut self.random);
            }
            None => {}
        }
    }
}

/// The routing key that a subscription listens to.
fn routing_key(destination: &str) -> Option<&str> {
    destination
        .strip_prefix("/topic/")
        .or_else(|| destination.strip_prefix("/exchange/amq.topic/"))
}
