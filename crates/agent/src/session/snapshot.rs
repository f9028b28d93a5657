//! The session as one object: what `sdk.snapshot()` gives, and what a replay is compared by.

use super::{Call, Group, Link, Session, Watching};
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
            .raw("ivrs", &groups(&profile.ivrs))
            .some("next", self.shift.next.as_ref().map(|next| next.write()))
            .number("missed", i64::from(self.shift.missed))
            .raw("used", &self.shift.write_used());
        out.finish()
    }

    fn call_part(&self) -> String {
        let Some(call) = self.call() else {
            return "null".into();
        };
        let mut out = Object::new();
        out.text("id", &call.id)
            .raw("direction", direction(call.direction))
            .text("party", &call.party)
            .text("callType", &call.call_type)
            .time("since", call.talking_since)
            .flag("muted", call.muted)
            .flag("held", call.held)
            .flag("conference", call.conference);
        out.some("consult", call.consult.as_deref().map(quoted))
            .time("heldAt", call.held_at)
            .time("mutedAt", call.muted_at)
            .time("consultAt", call.consult_at)
            .time("ringingAt", call.ringing_at)
            .time("queuedAt", call.queued_at);
        origin(call, &mut out);
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
            .time("talked", last.talked)
            .text("callId", &last.call_id)
            .text("party", &last.party)
            .raw("direction", direction(last.direction))
            .time("paused", last.paused);
        out.finish()
    }

    fn queue_part(&self) -> String {
        let mut out = Object::new();
        out.time("waiting", self.queues.total.map(|n| n.max(0) as u64));
        let groups = array(&self.queues(), |out, queue| {
            let mut group = Object::new();
            group
                .text("groupId", &queue.group_id)
                .text("name", &queue.name)
                .number("waiting", queue.waiting)
                .time("longestAt", queue.longest_at)
                .time("limit", queue.limit.map(u64::from));
            out.push_str(&group.finish());
        });
        out.raw("groups", &groups);
        out.finish()
    }

    fn link_part(&self) -> String {
        let mut out = Object::new();
        let (state, attempt, retry) = match self.link() {
            Link::Down => ("down", 0, None),
            Link::Connecting { attempt } => ("connecting", attempt, None),
            Link::Waiting { failed, at } => ("waiting", failed, Some(at)),
            Link::Up => ("up", 0, None),
        };
        out.text("state", state)
            .number("attempt", i64::from(attempt))
            .time("latency", self.latency)
            .time("retryAt", retry.map(|at| self.clock.at(at)))
            .time("upSince", self.up_since());
        out.finish()
    }

    fn allowed_part(&self) -> String {
        let allowed = RULES.iter().filter(|r| self.allowed(r.request).is_ok());
        let names: Vec<&str> = allowed.map(|r| r.request).collect();
        array(&names, |out, name| quote(out, name))
    }
}

/// Where a call comes from and who else is in it.
fn origin(call: &Call, out: &mut Object) {
    let ivr = call.ivr.as_ref().map(|ivr| {
        let mut object = Object::new();
        object
            .raw("keys", &array(&ivr.keys, |out, key| quote(out, key)))
            .text("param", &ivr.param)
            .text("input", &ivr.input)
            .text("output", &ivr.output);
        object.finish()
    });
    let second = call.second.as_ref().map(|second| {
        let mut object = Object::new();
        object
            .text("id", &second.id)
            .text("party", &second.party)
            .number("ringingAt", second.ringing_at as i64);
        object.finish()
    });
    out.some("group", call.group.as_ref().map(group))
        .some("ivr", ivr)
        .text("userData", &call.user_data)
        .some("transfer", call.transfer.as_deref().map(quoted))
        .some("watch", call.watch.as_ref().map(watching))
        .some("joinedBy", call.joined_by.as_ref().map(watching))
        .some("second", second);
}

/// Id and name of a group.
pub(super) fn group(group: &Group) -> String {
    let mut out = Object::new();
    out.text("id", &group.id).text("name", &group.name);
    out.finish()
}

/// A supervisor's hold on a call.
pub(super) fn watching(who: &Watching) -> String {
    let mut out = Object::new();
    out.text("kind", who.kind.request())
        .text("agentNumber", &who.agent_number);
    out.finish()
}

fn direction(of: Option<Direction>) -> &'static str {
    match of {
        Some(Direction::Inbound) => "\"inbound\"",
        Some(Direction::Outbound) => "\"outbound\"",
        None => "null",
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(&mut out, text);
    out
}

pub(super) fn array<T>(items: &[T], mut write: impl FnMut(&mut String, &T)) -> String {
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

    /// Adds a value that is JSON already, or `null`.
    fn some(&mut self, name: &str, json: Option<String>) -> &mut Self {
        self.raw(name, json.as_deref().unwrap_or("null"))
    }

    fn time(&mut self, name: &str, value: Option<u64>) -> &mut Self {
        match value {
            // An end that is not to come is as late as can be, not before all times.
            Some(value) => self.number(name, value.min(i64::MAX as u64) as i64),
            None => self.raw(name, "null"),
        }
    }
}
