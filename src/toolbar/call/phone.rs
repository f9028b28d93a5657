//! What the browser phone says of the calls on it.

use super::super::board::Board;
use crate::client::Client;
use crate::pairing::{PhoneCall, PhoneFacts};
use agent::{EventName, State};

/// What there is to show of it.
pub fn facts(board: &Board, _client: &Client) -> Option<PhoneFacts> {
    board.phone(|phone| phone.cloned())
}

/// Whether the call that rings can be answered here. On a phone of the page's one cannot see whether it rings: then what the
/// platform says counts.
pub fn can_answer(board: &Board, client: &Client) -> bool {
    if client.login_type() != 3 {
        return false;
    }
    let told = board.read(|p| p.state == State::Told(EventName::AgentRinging));
    board.phone(|phone| {
        phone.is_some_and(|phone| match phone.own {
            true => phone.calls.iter().any(rings),
            false => phone.registered && told,
        })
    })
}

/// The call that rings beside one that goes on.
pub fn second(phone: &PhoneFacts) -> Option<&PhoneCall> {
    let talks = phone.calls.iter().any(|call| call.state == "talking");
    phone.calls.iter().find(|call| talks && rings(call))
}

fn rings(call: &PhoneCall) -> bool {
    call.inbound && call.state == "ringing"
}
