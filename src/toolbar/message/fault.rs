//! What is said of a fault: in the agent's words where it can happen to an agent, else in those of the catalogue.

use super::super::board::Board;
use super::super::call::phone;
use super::super::dom::{El, el, watch};
use super::super::icons;
use super::super::own;
use super::super::scene::Scene;
use super::super::shared::live::Urgency;
use super::super::shared::text::filled;
use super::super::words::{self, Word};
use super::{Message, Press, Said, uncalled};
use crate::browser::page::soon;
use crate::client::{Client, Watch};
use crate::pairing::PhoneAct;
use agent::{Credentials, Fault};
use reactive_graph::graph::untrack;
use std::rc::Rc;

/// How an agent talks by a phone of their own, as a login says it.
const SIP_PHONE: &str = "1";

/// What the button of a fault does.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Deed {
    Register,
    /// Asks for the microphone again.
    Microphone,
    /// Opens the panel in which devices are chosen.
    Devices,
    CallAgain,
    /// Signs in anew, with a phone that needs no browser.
    OtherPhone,
    Close,
}

/// A fault that an agent can do something about.
pub(super) struct Known {
    title: Word,
    hint: Word,
    button: Word,
    pub(super) deed: Deed,
    /// Whom the agent wanted to call, where that failed.
    number: String,
}

/// What went wrong, until it is closed or the state changes.
pub fn of_fault(board: &Board, client: &Rc<Client>, scene: Scene, fault: Fault) -> Vec<El> {
    // It is told under the bar, where it can be closed as well.
    if uncalled::is(&fault) {
        return vec![el("div", "party")];
    }
    let known = known(client, &fault);
    if known.as_ref().is_some_and(Known::is_of_registration) {
        close_when_registered(board, client);
    }
    let press = match scene {
        Scene::SignedOut => super::press(board, client, super::Deed::SignIn),
        _ => Some(press(board, client, known.as_ref())),
    };
    // It may have been read out while the part was on its way; the next one will be news again.
    let was_said =
        untrack(|| board.spoken(Urgency::Assertive) == super::title(board, scene, &fault));
    if was_said {
        let board = board.clone();
        soon(move || board.speak_of(String::new(), Urgency::Assertive));
    }
    let shown = board.clone();
    let message = Message {
        class: "bad",
        role: if was_said { "group" } else { "alert" },
        icon: icons::ALERT,
        say: Rc::new(move || said(&shown, scene, &fault, known.as_ref())),
        press,
    };
    message.draw(board)
}

/// That no call arrives is not said any longer than it is true.
pub(super) fn close_when_registered(board: &Board, client: &Rc<Client>) {
    let (board, client) = (board.clone(), client.clone());
    watch(move || {
        if phone::facts(&board, &client).is_some_and(|phone| phone.registered) {
            let (board, client) = (board.clone(), client.clone());
            // What closes it takes this down, too; and the fault may be told before the phone's other facts are.
            soon(move || {
                if client.phone_facts().is_some_and(|phone| phone.registered) {
                    board.set_notice(None);
                }
            });
        }
    });
}

/// The button of a fault; of one that is not known it closes the message.
pub(super) fn press(board: &Board, client: &Rc<Client>, known: Option<&Known>) -> Press {
    let deed = known.map_or(Deed::Close, |known| known.deed);
    let (name, icon) = match deed {
        Deed::Register | Deed::Microphone => ("register", icons::REFRESH),
        Deed::Devices => ("chooseDevice", icons::HEADSET),
        Deed::CallAgain => ("callAgain", icons::PHONE),
        Deed::OtherPhone => ("otherPhone", icons::PHONE),
        Deed::Close => ("close", icons::CHECK),
    };
    let (board, client) = (board.clone(), client.clone());
    let run = move || {
        board.set_notice(None);
        match deed {
            // What goes wrong becomes the next message.
            Deed::Microphone if is_ours(&client) => {
                for open in [true, false] {
                    let _ = client.phone_do(PhoneAct::Listen(open));
                }
            }
            Deed::Register | Deed::Microphone => {
                let _ = client.phone_do(PhoneAct::Register);
            }
            Deed::Devices => board.panel(Some("link")),
            Deed::CallAgain => uncalled::again(&client),
            Deed::OtherPhone => {
                let who = Credentials {
                    login_type: SIP_PHONE.to_owned(),
                    ..client.credentials()
                };
                client.click(client.login(Some(who)));
            }
            Deed::Close => {}
        }
    };
    (name, "line", icon, Rc::new(run))
}

impl Known {
    /// Whether it is over as soon as the phone is registered.
    pub(super) fn is_of_registration(&self) -> bool {
        self.title == words::PHONE_LOST
    }
}

/// Whether the phone holds back its ring tone, and says only that something is wrong.
fn holds_back(client: &Client, fault: &Fault) -> bool {
    let phone = matches!(fault, Fault::Phone { .. });
    phone && client.phone_facts().is_some_and(|facts| facts.ring_blocked)
}

/// Whether there is a phone that lets the agent choose and try its devices.
fn is_ours(client: &Client) -> bool {
    client.phone_facts().is_some_and(|phone| phone.own)
}

pub(super) fn known(client: &Client, fault: &Fault) -> Option<Known> {
    use words::*;
    let (title, hint, button, deed) = match own::code(fault) {
        "PHONE_NOT_REGISTERED" | "PHONE_REGISTRATION_FAILED" | "PHONE_DISCONNECTED" => {
            (PHONE_LOST, PHONE_LOST_HINT, REGISTER, Deed::Register)
        }
        "MICROPHONE_DENIED" => (MIC_BLOCKED, MIC_BLOCKED_HINT, RETRY, Deed::Microphone),
        "MICROPHONE_FORBIDDEN" => (MIC_BLOCKED, MIC_FORBIDDEN_HINT, RETRY, Deed::Microphone),
        "MICROPHONE_MISSING" => match is_ours(client) {
            true => (NO_HEADSET, NO_HEADSET_HINT, CHOOSE_DEVICE, Deed::Devices),
            false => (NO_HEADSET, NO_HEADSET_HINT, RETRY, Deed::Register),
        },
        "PHONE_INSECURE" => (NOT_HTTPS, NOT_HTTPS_HINT, OTHER_PHONE, Deed::OtherPhone),
        // The press itself is what the browser waits for.
        code if code == "RING_BLOCKED" || holds_back(client, fault) => {
            (RING_HELD, RING_HELD_HINT, TURN_ON_SOUND, Deed::Close)
        }
        "DIAL_EMPTY" => (NO_NUMBER, NO_NUMBER_HINT, CLOSE, Deed::Close),
        "COMMAND_TIMEOUT" => (LATE, LATE_HINT, CLOSE, Deed::Close),
        "MISSED_CALLS" => (MISSED, MISSED_HINT, CLOSE, Deed::Close),
        _ if uncalled::is(fault) => (CALL_FAILED, CAN_CALL_AGAIN, CALL_AGAIN, Deed::CallAgain),
        _ => return None,
    };
    Some(Known {
        title,
        hint,
        button,
        deed,
        number: client.with(|session| {
            let made = session.made();
            made.map_or(String::new(), |call| call.called.clone())
        }),
    })
}

/// What is said of it.
pub(super) fn said(board: &Board, scene: Scene, fault: &Fault, known: Option<&Known>) -> Said {
    let signed_out = scene == Scene::SignedOut;
    let (title, hint) = match (known, fault) {
        (Some(known), Fault::MissedCalls { count }) => {
            let title = filled(&board.say(known.title), &count.to_string());
            (title, board.say(known.hint))
        }
        (Some(known), _) if known.deed == Deed::CallAgain => {
            let why = uncalled::why(board, fault);
            let title = Some(why).filter(|why| !why.is_empty());
            (
                title.unwrap_or_else(|| board.say(known.title)),
                uncalled::hint(board, &known.number),
            )
        }
        (Some(known), _) => (board.say(known.title), board.say(known.hint)),
        // A number of the platform's says nothing to an agent who cannot sign in.
        (None, Fault::Refused { .. } | Fault::RefusedSilently { .. }) if signed_out => {
            let hint = match super::is_wrong_sign_in(scene, fault) {
                true => words::WRONG_SIGN_IN_HINT,
                false => words::REFUSED_HINT,
            };
            (super::title(board, scene, fault), board.say(hint))
        }
        (None, _) => (board.sentence(fault), own::remedy(board, fault)),
    };
    Said {
        title,
        spoken: String::new(),
        hint,
        button: match known {
            _ if signed_out => words::SIGN_IN_AGAIN,
            Some(known) => known.button,
            None => words::CLOSE,
        },
    }
}
