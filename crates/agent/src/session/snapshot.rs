//! The session as one object: what `sdk.snapshot()` gives, and what a replay is compared by.

use super::{Group, Link, Session};
use crate::event::Direction;
use crate::json::{Object, quote};
use crate::rules::RULES;

/// The parts of a snapshot, in their order.
pub const PARTS: [&str; 6] = ["agent", "call", "wrapUp", "queue", "link", "allowed"];

impl Session {
    /// Each part as JSON, in the order of [`PARTS`]. Times are ms since 1970 by the server's clock.
    pub fn snapshot(&self) -> [String; 6] {
        [
            self.agent_part(),
            self.call_part(),
            self.wrap_up_part(),
            self.queue_part(),
            self.link_part(),
            self.allowed_part(),
        ]
    }

    fn agent_part(&self) -> String {
        let (profile, who) = (&self.profile, &self.config.credentials);
        let mut out = Object::new();
        out.text("number", &who.agent_number)
            .text("company", &who.company)
            .text("state", self.state.as_str())
            .text("situation", self.situation().as_str())
            .number("since", self.state_since as i64)
            .text("busyType", &self.busy_type)
            .raw("loginType", &who.login_type)
            .flag("loggedIn", self.is_login() && self.state.logged_in())
            .flag("supervisor", profile.supervisor)
            .flag("mayCall", profile.may_call)
            .flag("phoneLost", self.phone_lost)
            .raw(
                "busyTypes",
                &array(&profile.busy_types, |out, t| quote(out, t)),
            )
            .raw("groups", &groups(&profile.groups))
            .raw("ivrs", &groups(&profile.ivrs));
        out.finish()
    }

    fn call_part(&self) -> String {
        let Some(call) = self.call() else {
            return "null".into();
        };
        let mut out = Object::new();
        let direction = match call.direction {
            Some(Direction::Inbound) => "\"inbound\"",
            Some(Direction::Outbound) => "\"outbound\"",
            None => "null",
        };
        out.text("id", &call.id)
            .raw("direction", direction)
            .text("party", &call.party)
            .text("callType", &call.call_type)
            .time("since", call.talking_since)
            .flag("muted", call.muted)
            .flag("held", call.held)
            .flag("conference", call.conference);
        match &call.consult {
            Some(whom) => out.text("consult", whom),
            None => out.raw("consult", "null"),
        };
        out.finish()
    }

    pub(super) fn wrap_up_part(&self) -> String {
        let Some(last) = self.wrap_up() else {
            return "null".into();
        };
        let mut out = Object::new();
        out.number("since", last.since as i64)
            .time("until", last.until)
            .time("cause", last.cause.map(u64::from))
            .flag("otherHungUp", last.other_hung_up)
            .time("talked", last.talked);
        out.finish()
    }

    fn queue_part(&self) -> String {
        let mut out = Object::new();
        out.time("waiting", self.queues.total.map(|n| n.max(0) as u64));
        let groups = array(&self.queues.groups, |out, (id, waiting)| {
            let mut group = Object::new();
            group.text("groupId", id).number("waiting", *waiting);
            out.push_str(&group.finish());
        });
        out.raw("groups", &groups);
        out.finish()
    }

    fn link_part(&self) -> String {
        let mut out = Object::new();
        let (state, attempt) = match self.link() {
            Link::Down => ("down", 0),
            Link::Connecting { attempt } => ("connecting", attempt),
            Link::Waiting { failed, .. } => ("waiting", failed),
            Link::Up => ("up", 0),
        };
        out.text("state", state)
            .number("attempt", i64::from(attempt))
            .time("latency", self.latency);
        out.finish()
    }

    fn allowed_part(&self) -> String {
        let allowed = RULES.iter().filter(|r| self.allowed(r.request).is_ok());
        let names: Vec<&str> = allowed.map(|r| r.request).collect();
        array(&names, |out, name| quote(out, name))
    }
}

fn array<T>(items: &[T], mut write: impl FnMut(&mut String, &T)) -> String {
    let mut out = String::from("[");
    for item in items {
        if out.len() > 1 {
            out.push(',');
        }
        write(&mut out, item);
    }
    out.push(']');
    out
}

fn groups(list: &[Group]) -> String {
    array(list, |out, group| {
        let mut object = Object::new();
        object
            .text("id", &group.id)
            .text("name", &group.name)
            .flag("main", group.main);
        out.push_str(&object.finish());
    })
}

impl Object {
    fn flag(&mut self, name: &str, value: bool) -> &mut Self {
        self.raw(name, if value { "true" } else { "false" })
    }

    fn time(&mut self, name: &str, value: Option<u64>) -> &mut Self {
        match value {
            Some(value) => self.number(name, value as i64),
            None => self.raw(name, "null"),
        }
    }
}
