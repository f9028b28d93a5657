//! Tries everything that a call needs before a call does, and says for each part what is wrong and what helps.

use super::driver::{Due, Phone};
use super::statistics;
use super::talk::Stage;
use super::telling::Facts;
use crate::browser::peer::{Peer, PeerEvent};
use crate::browser::promise::{Settle, promise, then};
use crate::browser::{clock, get, set};
use agent::Fault;
use js_sys::{Array, JSON, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How long a part may take, ms, where the page says nothing.
const PATIENCE: u64 = 5000;
/// How long an echo call goes on before it is judged, ms: an echo takes its time.
const ECHO: u64 = 4000;

/// The parts, in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Microphone,
    Devices,
    Socket,
    Registration,
    Network,
    Echo,
    /// The echo call goes on.
    Listening,
    Done,
}

/// What was found of the ways to reach us.
#[derive(Default)]
struct Ways {
    /// All that there are.
    all: bool,
    host: bool,
    stun: bool,
    turn: bool,
    /// Some server did not answer.
    unreachable: bool,
}

/// One check.
pub struct Check {
    part: Cell<Part>,
    began: Cell<u64>,
    patience: u64,
    echo: Option<String>,
    call: Cell<u32>,
    /// The STUN and TURN servers, as JSON.
    servers: String,
    peer: RefCell<Option<Peer>>,
    ways: RefCell<Ways>,
    parts: Array,
    ok: Cell<bool>,
    settle: RefCell<Option<Settle>>,
}

impl Phone {
    /// Tries microphone, devices, link, registration and network, and where `options` give a number in `echo` a call to
    /// it. A promise of `{ok, parts: [{name, ok, code, message, remedy, ms}]}`.
    pub fn check(&self, options: &JsValue) -> Promise {
        let (given, settle) = promise();
        if self.check.borrow().is_some() {
            settle.with(Err(self.error(&Fault::CallNotReady { request: "check" })));
            return given;
        }
        let patience = get(options, "timeout").as_f64().filter(|ms| *ms >= 1.0);
        let servers = JSON::stringify(&self.ice_servers)
            .ok()
            .and_then(|text| text.as_string());
        let check = Rc::new(Check {
            part: Cell::new(Part::Microphone),
            began: Cell::new(0),
            patience: patience.map_or(PATIENCE, |ms| ms as u64),
            echo: get(options, "echo")
                .as_string()
                .filter(|number| !number.is_empty()),
            call: Cell::new(0),
            servers: servers.unwrap_or_default(),
            peer: RefCell::new(None),
            ways: RefCell::default(),
            parts: Array::new(),
            ok: Cell::new(true),
            settle: RefCell::new(Some(settle)),
        });
        *self.check.borrow_mut() = Some(check.clone());
        self.try_part(&check, Part::Microphone);
        given
    }

    fn try_part(&self, check: &Rc<Check>, part: Part) {
        check.part.set(part);
        if part != Part::Listening {
            check.began.set(clock::now().mono);
        }
        // Here somebody may have to find a button first.
        let slow = if part == Part::Microphone { 6 } else { 1 };
        self.remind(slow * check.patience, Due::Check);
        let me = self.me.clone();
        match part {
            Part::Microphone => self.media.microphone(move |result| {
                if let Some(phone) = me.upgrade() {
                    phone.part_done(
                        part,
                        "microphone",
                        match result {
                            Ok(microphone) => Ok(microphone.label()),
                            Err(refused) => Err(super::sound::fault(refused)),
                        },
                    );
                    phone.rest();
                }
            }),
            Part::Devices => then(self.media.devices(), move |list| {
                let list = list
                    .map(|list| Array::from(&list))
                    .unwrap_or_else(|_| Array::new());
                let of = |kind: &str| list.iter().filter(|one| get(one, "kind") == *kind).count();
                let (inputs, outputs) = (of("audioinput"), of("audiooutput"));
                if let Some(phone) = me.upgrade() {
                    phone.part_done(
                        part,
                        "devices",
                        if inputs > 0 {
                            Ok([&inputs.to_string(), " / ", &outputs.to_string()].concat())
                        } else {
                            let message = String::new();
                            Err(Fault::MicrophoneMissing { message })
                        },
                    );
                }
            }),
            Part::Socket | Part::Registration => self.check_goes_on(false),
            Part::Network => self.look_for_ways(check),
            Part::Echo => match &check.echo {
                None => self.try_part(check, Part::Done),
                Some(number) => match self.call(number.clone(), Vec::new()) {
                    Ok(call) => check.call.set(call),
                    Err(fault) => self.part_done(part, "echo", Err(fault)),
                },
            },
            Part::Listening => self.remind(ECHO, Due::Check),
            Part::Done => self.end_check(),
        }
    }

    /// Something happened that a check may have waited for. `late`: it has waited long enough.
    pub(super) fn check_goes_on(&self, late: bool) {
        let check = self.check.borrow().clone();
        let Some(check) = check else { return };
        let (open, registered) = (self.agent.borrow().is_open(), self.is_registered());
        let part = check.part.get();
        let fine = Ok(String::new());
        match part {
            Part::Microphone if late => {
                self.part_done(part, "microphone", Err(Fault::CheckTimeout));
            }
            Part::Devices if late => self.part_done(part, "devices", Err(Fault::CheckTimeout)),
            Part::Socket if open => self.part_done(part, "socket", fine),
            Part::Socket if late => self.part_done(part, "socket", Err(Fault::PhoneDisconnected)),
            Part::Registration if registered => self.part_done(part, "registration", fine),
            Part::Registration if late => {
                self.part_done(part, "registration", Err(Fault::PhoneNotRegistered));
            }
            Part::Network => self.judge_ways(&check, late),
            Part::Echo => {
                let talk = self.find(check.call.get());
                if talk.as_ref().is_some_and(|talk| talk.is(Stage::Talking)) {
                    self.try_part(&check, Part::Listening);
                } else if late || (talk.is_none() && check.call.get() != 0) {
                    self.part_done(part, "echo", Err(Fault::CheckNoEcho));
                }
            }
            Part::Listening => {
                let talk = self.find(check.call.get());
                let peer = talk.and_then(|talk| talk.peer());
                match peer {
                    None => self.part_done(part, "echo", Err(Fault::CheckNoEcho)),
                    Some(peer) if late => {
                        let me = self.me.clone();
                        then(peer.stats(), move |report| {
                            let heard = report.is_ok_and(|report| {
                                statistics::read(&report).sample.received > 0.0
                            });
                            if let Some(phone) = me.upgrade() {
                                phone.part_done(
                                    part,
                                    "echo",
                                    if heard {
                                        Ok(String::new())
                                    } else {
                                        Err(Fault::CheckNoEcho)
                                    },
                                );
                            }
                        });
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }

    /// Collects ways to reach us on a connection that leads nowhere.
    fn look_for_ways(&self, check: &Rc<Check>) {
        let me = self.me.clone();
        let made = Peer::new(&self.ice_servers, self.host.sockets(), move |event| {
            let Some(phone) = me.upgrade() else { return };
            let check = phone.check.borrow().clone();
            let Some(check) = check else { return };
            let mut ways = check.ways.borrow_mut();
            match event {
                PeerEvent::Candidate(None) => ways.all = true,
                PeerEvent::Candidate(Some(one)) if one.contains(" srflx") => ways.stun = true,
                PeerEvent::Candidate(Some(one)) if one.contains(" relay") => ways.turn = true,
                PeerEvent::Candidate(Some(_)) => ways.host = true,
                PeerEvent::Unreachable(_) => ways.unreachable = true,
                _ => {}
            }
            drop(ways);
            phone.check_goes_on(false);
        });
        if let Ok(peer) = made {
            peer.probe();
            then(peer.describe(), |_| {});
            *check.peer.borrow_mut() = Some(peer);
        }
    }

    fn judge_ways(&self, check: &Rc<Check>, late: bool) {
        let ways = check.ways.take();
        if !ways.all && !late {
            *check.ways.borrow_mut() = ways;
            return;
        }
        let peer = check.peer.take();
        drop(peer);
        let verdict = |is: bool, fault: Fault| if is { Ok(String::new()) } else { Err(fault) };
        // A host without NAT is known by its own address already: its STUN server need not find another.
        let stun = ways.stun || (ways.all && !ways.unreachable);
        let known = |scheme: &str| check.servers.contains(scheme);
        if known("\"stun:") || known("\"stuns:") {
            self.add_part(check, "stun", verdict(stun, Fault::CheckNoStun));
        }
        if known("\"turn:") || known("\"turns:") {
            self.add_part(check, "turn", verdict(ways.turn, Fault::CheckNoTurn));
        }
        let any = ways.host || ways.stun || ways.turn;
        self.part_done(
            Part::Network,
            "network",
            verdict(any, Fault::CheckNoCandidate),
        );
    }

    fn add_part(&self, check: &Check, name: &str, result: Result<String, Fault>) {
        let took = clock::now().mono - check.began.get();
        let facts = match &result {
            Ok(message) => Facts::new()
                .with("code", "")
                .with("message", &**message)
                .with("remedy", ""),
            Err(fault) => self.facts_of(fault),
        };
        if result.is_err() {
            check.ok.set(false);
        }
        let facts = facts
            .with("name", name)
            .with("ok", result.is_ok())
            .with("ms", took as f64);
        check.parts.push(&facts.object());
    }

    /// A part is done: the next. One that was given up already is not done again.
    fn part_done(&self, part: Part, name: &str, result: Result<String, Fault>) {
        let check = self.check.borrow().clone();
        let Some(check) = check.filter(|check| check.part.get() == part) else {
            return;
        };
        self.add_part(&check, name, result);
        self.try_part(
            &check,
            match part {
                Part::Microphone => Part::Devices,
                Part::Devices => Part::Socket,
                Part::Socket => Part::Registration,
                Part::Registration => Part::Network,
                Part::Network => Part::Echo,
                Part::Echo | Part::Listening | Part::Done => Part::Done,
            },
        );
    }

    /// Says what a check has found so far, and ends it.
    pub(super) fn end_check(&self) {
        let check = self.check.take();
        let Some(check) = check else { return };
        self.forget(Due::Check);
        let peer = check.peer.take();
        drop(peer);
        if self.find(check.call.get()).is_some() {
            let _ = self.hangup(check.call.get());
        }
        self.rest();
        let ok = check.ok.get() && check.part.get() == Part::Done;
        let result = Facts::new().with("ok", ok).object();
        set(&result, "parts", &check.parts);
        let settle = check.settle.take();
        if let Some(settle) = settle {
            settle.with(Ok(result));
        }
    }
}
