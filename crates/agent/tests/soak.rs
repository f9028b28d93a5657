//! A session's shift of a million events leaves no more allocated than one of ten thousand.

mod world;

use agent::session::Saved;
use agent::{Input, Now, Session};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::fmt::Write;
use world::{ROUTING_KEY, START, config, login_data};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const EARLY: usize = 10_000;
const LATE: usize = 1_000_000;

/// What a call and the time around it bring, over and over: name, and whether it tells a state.
const CALL: [(&str, bool); 20] = [
    ("MakeCall", true),
    ("AgentOriginate", true),
    ("AgentRinging", true),
    ("AgentAnswer", true),
    ("CalledRinging", true),
    ("QueueInfo", false),
    ("CalledAnswer", true),
    ("Conversation", true),
    ("Hold", true),
    ("UnHold", true),
    ("GroupQueueNum", false),
    ("ConsultCall", true),
    ("ConsultCalling", true),
    ("TripartiteTalking", true),
    ("Surveillance", false),
    ("Conversation", true),
    ("SomethingNew", false),
    ("After", true),
    ("Idle", true),
    ("Busy", true),
];

struct Shift {
    session: Session,
    now: Now,
    text: String,
}

impl Shift {
    fn begin() -> Self {
        let saved = Saved {
            routing_key: ROUTING_KEY.into(),
            ..Saved::default()
        };
        let mut shift = Shift {
            session: Session::new(config(), saved, 1).expect("complete"),
            now: START,
            text: String::new(),
        };
        shift.take(Input::Connect);
        shift.take(Input::Opened);
        shift.take(Input::Received(
            b"CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0\n",
        ));
        let login = format!(
            "MESSAGE\nsubscription:sub-0\n\n{{\"type\":\"event\",\"event\":\"Login\",\"nowState\":\"Login\",\"data\":{}}}\0\n",
            login_data()
        );
        shift.take(Input::Received(login.as_bytes()));
        shift
    }

    fn take(&mut self, input: Input<'_>) {
        let _ = self.session.handle(input, self.now);
        while self.session.poll_output().is_some() {}
    }

    fn event(&mut self, n: usize) {
        let (name, tells) = CALL[n % CALL.len()];
        self.now.mono += 7;
        self.now.wall += 7;
        let (call, time) = (n / CALL.len(), self.now.wall);
        self.text.clear();
        let state = if tells { name } else { "" };
        let _ = write!(
            self.text,
            "MESSAGE\nsubscription:sub-0\n\n{{\"type\":\"event\",\"event\":\"{name}\",\"nowState\":\"{state}\",\
             \"eventTime\":{time},\"sequence\":0,\"groupID\":\"g-{}\",\"groupWaitNumber\":{n},\"data\":{{\
             \"caller\":\"1380013{:04}\",\"called\":\"1001\",\"occCallId\":\"call-{call}\",\"callDirection\":1,\
             \"callType\":\"normal\",\"userData\":\"{}\",\"agentList\":[{{\"agentNumber\":\"1002\",\"nowState\":\"Idle\"}}]}}}}\0\n",
            n % 40,
            n % 10_000,
            "很长的名字".repeat(n % 5),
        );
        let text = std::mem::take(&mut self.text);
        self.take(Input::Received(text.as_bytes()));
        self.text = text;
        match n % 50 {
            // Pages ask in both forms and look at what is new.
            0 => self.take(Input::Command(agent::Command::GroupInfo)),
            25 => self.take(Input::Request(agent::Command::Idle)),
            49 => {
                let _ = self.session.agents_changed();
                self.now.mono += 6000;
                self.now.wall += 6000;
                self.take(Input::Timeout);
                self.answer_beat();
            }
            _ => {}
        }
    }

    /// The platform lives: a heartbeat that is not answered would end the link.
    fn answer_beat(&mut self) {
        self.take(Input::Received(
            b"MESSAGE\nsubscription:sub-0\n\n{\"type\":\"response\",\"response\":\"heartbeat\",\"sequence\":1,\"status\":0}\0\n",
        ));
    }
}

/// Allocations that are there now.
fn live() -> usize {
    let stats = ALLOCATOR.stats();
    stats.allocations - stats.deallocations
}

#[test]
fn a_million_events_leave_no_more_allocated_than_ten_thousand() {
    let mut shift = Shift::begin();
    let mut early = 0;
    for n in 0..LATE {
        shift.event(n);
        if n + 1 == EARLY {
            early = live();
        }
    }
    assert!(
        shift.session.is_login(),
        "the shift went on with a live link"
    );
    assert_eq!(live(), early);
}
