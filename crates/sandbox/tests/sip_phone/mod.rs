//! A SIP phone over a WebSocket, with or without audio, and an agent's desk beside it.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Instant;

use serde_json::{Value, json};
use sip::UserAgent;
use sip::agent::{CallKey, Command, Config, Event, Input, Output};
use sip::auth::Secret;
use str0m::media::Direction;

use crate::mixer_world::phone::{Codecs, Phone};
use crate::sockets::Socket;

/// A user agent on a connection of its own. It never sleeps: it waits for what the sandbox sends.
pub struct SipPhone {
    pub agent: UserAgent,
    pub socket: Socket,
    events: VecDeque<Event>,
    started: Instant,
}

impl SipPhone {
    /// A phone with the password of the agent of this number, which has not said anything yet.
    pub fn on(socket: Socket, account: &str, password: &str) -> Self {
        let config = Config {
            account: account.to_owned(),
            domain: "sandbox.invalid".to_owned(),
            display: String::new(),
            password: Secret::new(password.to_owned()),
            authorization_user: None,
            instance: "urn:uuid:1335b579-aedb-47e6-ad3b-dadaed72b710".to_owned(),
            product: "test".to_owned(),
            expires: 600,
            secure: false,
            register: true,
            session_expires: 1800,
            contact: None,
            reliable: true,
        };
        let seed = account.bytes().fold(1, |seed: u64, byte| {
            seed.wrapping_mul(31).wrapping_add(byte.into())
        });
        Self {
            agent: UserAgent::new(config, seed),
            socket,
            events: VecDeque::new(),
            started: Instant::now(),
        }
    }

    /// The registered browser phone of an agent.
    pub fn registered(address: SocketAddr, agent: &str) -> Self {
        let socket = Socket::open(address, "/sip", "sip");
        let mut phone = Self::on(socket, &format!("w2{agent}"), &format!("sip-{agent}"));
        phone.command(Command::Register);
        phone.until(|event| matches!(event, Event::Registered { .. }));
        phone
    }

    /// The connection was lost, and there is another. The phone registers again by itself.
    pub fn comes_back(&mut self, socket: Socket) {
        self.socket = socket;
        let now = self.now();
        self.agent.handle(Input::Closed, now);
        self.flush();
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).expect("tests are short")
    }

    pub fn command(&mut self, command: Command) -> Option<CallKey> {
        let now = self.now();
        let done = self.agent.command(command, now).expect("it is possible");
        self.flush();
        done
    }

    fn flush(&mut self) {
        while let Some(output) = self.agent.poll_output() {
            match output {
                Output::Open => {
                    let now = self.now();
                    self.agent.handle(Input::Opened, now);
                }
                Output::Send(text) => self.socket.send(&text),
                Output::Close => panic!("the phone has given its connection up"),
                Output::Event(event) => self.events.push_back(event),
            }
        }
    }

    /// Reads until something has happened, and gives it. What happened before it is passed over.
    pub fn until(&mut self, is_it: impl Fn(&Event) -> bool) -> Event {
        loop {
            self.flush();
            while let Some(event) = self.events.pop_front() {
                if is_it(&event) {
                    return event;
                }
            }
            let text = self.socket.text();
            let now = self.now();
            self.agent.handle(Input::Received(text.as_bytes()), now);
        }
    }

    /// Reads until somebody calls: the call, the caller's number, `X-Call-Id` and the offer.
    pub fn called(&mut self) -> (CallKey, String, Option<String>, String) {
        match self.until(|event| matches!(event, Event::Incoming { .. })) {
            Event::Incoming {
                call,
                number,
                call_id_header,
                sdp,
                ..
            } => (
                call,
                number,
                call_id_header,
                sdp.expect("there is an offer"),
            ),
            _ => unreachable!("nothing else was waited for"),
        }
    }

    /// Takes a call with audio.
    pub fn answer(&mut self, call: CallKey, audio: &Phone, offer: &str) {
        let sdp = audio.take_offer(offer);
        self.command(Command::Answer { call, sdp });
        self.until(|event| matches!(event, Event::Established { .. }));
    }

    /// Calls somebody with audio, as far as the INVITE.
    pub fn call(&mut self, target: &str, audio: &Phone) -> CallKey {
        let command = Command::Call {
            target: target.to_owned(),
            from: None,
            headers: Vec::new(),
            replaces: None,
        };
        let call = self.command(command).expect("a call has a key");
        self.until(|event| matches!(event, Event::OfferWanted { .. }));
        let sdp = audio.offer(Direction::SendRecv, false);
        self.command(Command::Offer { call, sdp });
        call
    }

    /// Reads until the call is answered.
    pub fn is_answered(&mut self, audio: &Phone) {
        match self.until(|event| matches!(event, Event::Answered { .. })) {
            Event::Answered { sdp, .. } => audio.take_answer(&sdp),
            _ => unreachable!("nothing else was waited for"),
        }
        self.until(|event| matches!(event, Event::Established { .. }));
    }

    /// Reads until a call has ended, and gives the status.
    pub fn until_ended(&mut self, key: CallKey) -> u16 {
        let is_it = |event: &Event| matches!(event, Event::Ended { call, .. } if *call == key);
        match self.until(is_it) {
            Event::Ended { status, .. } => status,
            _ => unreachable!("nothing else was waited for"),
        }
    }
}

/// The audio of a phone that speaks everything and sings one tone.
pub async fn audio(name: &str, hertz: u32) -> Phone {
    Phone::new(name, Codecs::BOTH, hertz).await
}

/// An agent's client, over STOMP.
pub struct Desk {
    socket: Socket,
    token: String,
    sequence: u64,
}

impl Desk {
    /// An agent with a browser phone, logged in.
    pub fn logged_in(address: SocketAddr, agent: &str) -> Self {
        let mut socket = Socket::open(address, "/ws", "v10.stomp");
        socket
            .send("CONNECT\nlogin:a\npasscode:b\nhost:/\naccept-version:1.0\nheart-beat:0,0\n\n\0");
        socket.text();
        socket.send(&format!(
            "SUBSCRIBE\nid:sub-0\ndestination:/topic/key-{agent}\n\n\0"
        ));
        let mut desk = Self {
            socket,
            token: String::new(),
            sequence: 0,
        };
        desk.command(
            "login",
            json!({
                "agentNumber": agent,
                "password": "123456",
                "companyShortName": "demo",
                "loginType": 3,
                "routingKey": format!("key-{agent}"),
            }),
        );
        let login = desk.until("Login");
        let token = login["data"]["token"].as_str();
        token
            .expect("a login gives a token")
            .clone_into(&mut desk.token);
        desk
    }

    pub fn command(&mut self, request: &str, mut fields: Value) {
        self.sequence += 1;
        fields["request"] = json!(request);
        fields["sequence"] = json!(self.sequence);
        self.socket.send(&format!(
            "SEND\ntoken:{}\ndestination:/exchange/ccs.request.exchange\n\n{fields}\0",
            self.token
        ));
    }

    /// Reads until this event comes. What came before it is passed over.
    pub fn until(&mut self, event: &str) -> Value {
        loop {
            let frame = self.socket.text();
            let body = frame.split_once("\n\n").map_or("", |(_, body)| body);
            let message: Value = serde_json::from_str(body.trim_end_matches(['\0', '\n']))
                .expect("messages are JSON");
            if message["event"] == event {
                return message;
            }
        }
    }
}
