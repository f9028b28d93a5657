//! The voice menu: a caller presses a key, and the call goes on.

use agent::event::EventName;
use serde_json::json;

use super::Center;
use super::agents::AgentKey;
use super::calls::{CallKey, CallState};
use super::timers::Timer;
use crate::people::{IVR, SALES, SUPPORT};

/// The menu waits so long (ms) for a key.
const MENU_PATIENCE: u64 = 10_000;

/// What the voice menu has learned in a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Menu {
    /// The keys that were pressed.
    pub(crate) keys: Vec<String>,
}

impl Center {
    /// Who is alone in a call hears the voice menu from now on.
    pub(super) fn enter_menu(&mut self, call: CallKey) {
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        entry.state = CallState::Menu;
        entry.menu = Some(Menu::default());
        IVR.0.clone_into(&mut entry.wanted);
        self.timers.arm(
            Timer::MenuUnanswered(call),
            self.now.saturating_add(MENU_PATIENCE),
        );
    }

    /// An agent of the call, or without one its outside person, presses keys. They reach the phones of those who
    /// hear it, and the menu if it listens.
    pub(super) fn press(&mut self, call: CallKey, by: Option<AgentKey>, keys: &str) {
        self.pass_keys_on(call, by, keys);
        for key in keys.chars() {
            self.menu_chooses(call, Some(key));
        }
    }

    /// The menu goes by the first key, or by none in time.
    pub(super) fn menu_chooses(&mut self, call: CallKey, key: Option<char>) {
        let Some(entry) = self.calls.get_mut(call) else {
            return;
        };
        if entry.state != CallState::Menu {
            return;
        }
        if let (Some(menu), Some(key)) = (&mut entry.menu, key) {
            menu.keys.push(key.to_string());
        }
        self.timers.disarm(Timer::MenuUnanswered(call));
        match key {
            Some('1') => self.route(call, &SALES),
            Some('0') => self.route_to_anyone(call, &SUPPORT),
            Some('9') => self.end_call(call, None, None),
            _ => self.route(call, &SUPPORT),
        }
    }

    /// What an event says of the voice menu that the agent's call has come through, if it has and the event is
    /// one that says so.
    pub(super) fn ivr_param(&self, agent: AgentKey, event: EventName) -> Option<String> {
        let tells = matches!(
            event,
            EventName::AgentRinging
                | EventName::AgentAnswer
                | EventName::Conversation
                | EventName::After
        );
        let call = self.agents.get(agent).call.filter(|_| tells)?;
        let menu = self.calls.get(call)?.menu.as_ref()?;
        Some(json!({"ivrId": IVR.0, "keys": menu.keys.concat()}).to_string())
    }
}
