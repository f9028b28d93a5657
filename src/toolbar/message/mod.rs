//! Messages: what happened, what it means or what to do, and at most one button that does it.

mod fault;
mod toast;

pub use fault::of_fault;
pub use toast::toast;

use super::board::Board;
use super::dom::{El, el};
use super::icons::{self, icon};
use super::scene::Scene;
use super::shared::act::{Act, Face, act};
use super::shared::live::Urgency;
use super::shared::text::filled;
use super::words::{self, Word};
use crate::browser::{get, page};
use crate::client::Client;
use agent::session::Link;
use agent::{Fault, Input};
use std::rc::Rc;

/// So many tries in a row that did not get through are worth another sentence.
const MANY_TRIES: u32 = 10;

/// What the button of a message does; a fault may have one of its own, see [`fault`].
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    Nothing,
    Connect,
    Cancel,
    TryNow,
    SignIn,
    Close,
}

/// A button: its name, class and icon, and what it does.
type Press = (&'static str, &'static str, &'static str, Rc<dyn Fn()>);

/// What a message says at the moment.
struct Said {
    title: String,
    /// Read out instead of a title that counts; empty: the title is.
    spoken: String,
    hint: String,
    button: Word,
}

type Say = Rc<dyn Fn() -> Said>;

/// A message as it is drawn.
struct Message {
    class: &'static str,
    role: &'static str,
    /// Paths; empty: none.
    icon: &'static str,
    say: Say,
    press: Option<Press>,
}

/// The message of a scene, if it has one.
pub fn of_scene(board: &Board, client: &Rc<Client>, scene: Scene) -> Option<Vec<El>> {
    let shown = board.clone();
    let say = Rc::new(move || said(&shown, scene));
    saying(board, client, scene, is_offline(), say)
}

/// The same without the part: what is so, and the button.
pub fn of_plain_scene(board: &Board, client: &Rc<Client>, scene: Scene) -> Option<Vec<El>> {
    let shown = board.clone();
    let say = move || {
        let (title, hint, button) = match scene {
            Scene::Connecting { .. } => {
                (words::REACHING, Some(words::REACHING_HINT), words::CANCEL)
            }
            Scene::NoLink => (words::NO_LINK, Some(words::NO_LINK_HINT), words::CONNECT),
            Scene::SignedOut => (words::SIGN_IN_HINT, None, words::SIGN_IN),
            Scene::Kicked => (words::USED_ELSEWHERE, None, words::SIGN_IN),
            Scene::Locked => (words::LOCKED_TITLE, None, words::CLOSE),
            _ => (words::LOST, None, words::TRY_NOW),
        };
        let hint = hint.map_or(String::new(), |hint| shown.say(hint));
        plainly(shown.say(title), hint, button)
    };
    saying(board, client, scene, false, Rc::new(say))
}

fn saying(
    board: &Board,
    client: &Rc<Client>,
    scene: Scene,
    offline: bool,
    say: Say,
) -> Option<Vec<El>> {
    let (class, paths, deed) = match scene {
        Scene::NoLink => ("off", icons::UNLINK, Deed::Connect),
        Scene::Connecting { again: false } => ("off", "", Deed::Cancel),
        Scene::Waiting if offline => ("off", icons::UNLINK, Deed::TryNow),
        Scene::Connecting { again: true } => ("busy", "", Deed::Nothing),
        Scene::Waiting => ("busy", "", Deed::TryNow),
        Scene::SignedOut => ("off", "", Deed::SignIn),
        Scene::Kicked => ("bad", "", Deed::SignIn),
        Scene::Locked => ("bad", "", Deed::Nothing),
        _ => return None,
    };
    let message = Message {
        class,
        role: "status",
        icon: paths,
        say,
        press: press(board, client, deed),
    };
    Some(message.draw(board))
}

/// What is read out as it stands.
fn plainly(title: String, hint: String, button: Word) -> Said {
    Said {
        title,
        spoken: String::new(),
        hint,
        button,
    }
}

/// What went wrong, in the words of the catalogue, until the part says it in those of an agent.
pub fn of_plain_fault(board: &Board, client: &Rc<Client>, scene: Scene, fault: Fault) -> Vec<El> {
    let shown = board.clone();
    let (deed, button) = match scene {
        Scene::SignedOut => (Deed::SignIn, words::SIGN_IN_AGAIN),
        _ => (Deed::Close, words::CLOSE),
    };
    // The part draws it anew, which must not be read out once more.
    board.speak_of(title(board, scene, &fault), Urgency::Assertive);
    let said = move || {
        let title = title(&shown, scene, &fault);
        plainly(title, fault.remedy(shown.lang()).to_owned(), button)
    };
    let message = Message {
        class: "bad",
        role: "group",
        icon: icons::ALERT,
        say: Rc::new(said),
        press: press(board, client, deed),
    };
    message.draw(board)
}

/// What is said of a fault first; of a wrong number or password by ourselves, since the platform speaks one language.
fn title(board: &Board, scene: Scene, fault: &Fault) -> String {
    match is_wrong_sign_in(scene, fault) {
        true => board.say(words::WRONG_SIGN_IN),
        false => board.sentence(fault),
    }
}

/// Whether the platform refuses a sign-in for number or password. It has one number for whatever is wrong with a sign-in.
fn is_wrong_sign_in(scene: Scene, fault: &Fault) -> bool {
    let Fault::Refused { message, status: 1 } = fault else {
        return false;
    };
    scene == Scene::SignedOut && message.ends_with("密码错误")
}

/// Whether the browser has a network at all, as far as it knows.
pub fn is_offline() -> bool {
    get(&get(&page::window(), "navigator"), "onLine").as_bool() == Some(false)
}

fn said(board: &Board, scene: Scene) -> Said {
    let (title, hint, button) = match scene {
        Scene::Connecting { again } => {
            let hint = match again {
                true => after_loss(board),
                false => board.say(words::REACHING_HINT),
            };
            (board.say(words::REACHING), hint, words::CANCEL)
        }
        Scene::NoLink | Scene::Waiting => return lost(board, scene),
        Scene::SignedOut => (
            board.say(words::SIGN_IN_HINT),
            String::new(),
            words::SIGN_IN,
        ),
        Scene::Kicked => {
            let title = board.read(|p| filled(&board.say(words::KICKED), &p.agent));
            (title, board.say(words::KICKED_HINT), words::SIGN_IN_HERE)
        }
        _ => (
            board.say(words::LOCKED_TITLE),
            board.say(words::LOCKED_HINT),
            words::CLOSE,
        ),
    };
    plainly(title, hint, button)
}

/// No link, or a try in some seconds.
fn lost(board: &Board, scene: Scene) -> Said {
    // The browser's word is asked for again each second.
    let now = board.mono();
    let hint = |word| board.say(word);
    if is_offline() {
        return plainly(
            board.say(words::NO_NETWORK),
            hint(words::NO_NETWORK_HINT),
            words::RECONNECT_NOW,
        );
    }
    let gave_up = match board.notice() {
        Some(Fault::GaveUp { attempts }) => Some(attempts),
        _ => None,
    };
    let (failed, at) = board.read(|p| match p.link {
        Link::Waiting { failed, at } => (failed, at),
        _ => (0, 0),
    });
    let tries = gave_up.unwrap_or(failed);
    if tries >= MANY_TRIES || gave_up.is_some() {
        let title = filled(&board.say(words::GAVE_UP), &tries.to_string());
        return plainly(title, hint(words::GAVE_UP_HINT), words::TRY_AGAIN);
    }
    if scene == Scene::NoLink {
        return plainly(
            board.say(words::NO_LINK),
            hint(words::NO_LINK_HINT),
            words::CONNECT,
        );
    }
    let seconds = at.saturating_sub(now).div_ceil(1000).max(1).to_string();
    let [before, after] = [words::LOST_NEXT, words::LOST_SECONDS].map(|word| board.say(word));
    let attempt = filled(&board.say(words::LOST_TRY), &(failed + 1).to_string());
    Said {
        title: [before, seconds, after].concat(),
        spoken: board.say(words::LOST),
        hint: [attempt, after_loss(board)].concat(),
        button: words::TRY_NOW,
    }
}

/// What a lost link means for the agent.
fn after_loss(board: &Board) -> String {
    let in_call = board.read(|p| p.call.is_some());
    board.say(if in_call {
        words::CALL_NOT_AFFECTED
    } else {
        words::COMES_BACK
    })
}

impl Message {
    fn draw(self, board: &Board) -> Vec<El> {
        let live = |part: fn(Said) -> String| {
            let say = self.say.clone();
            move || part(say())
        };
        let counts = live(|said| said.spoken);
        let mut message = el("div", &["msg ", self.class].concat())
            .attr("part", "message")
            .attr("role", self.role);
        if !self.icon.is_empty() {
            message = message.with(icon("i s", self.icon));
        }
        let message = message
            .with(
                el("span", "ttl")
                    // What counts would be read out each second.
                    .live("aria-hidden", move || {
                        (!counts().is_empty()).then(|| "true".to_owned())
                    })
                    .say(live(|said| said.title)),
            )
            .with(el("span", "vh").say(live(|said| said.spoken)))
            .with(el("span", "txt sm").say(live(|said| said.hint)));
        let mut drawn = vec![message];
        if let Some(press) = self.press {
            drawn.push(button(board, press, &self.say));
        }
        drawn
    }
}

/// The button of a deed, if it has one.
fn press(board: &Board, client: &Rc<Client>, deed: Deed) -> Option<Press> {
    let (name, class, svg) = match deed {
        Deed::Nothing => return None,
        Deed::Connect => ("connect", "line", icons::REFRESH),
        Deed::Cancel => ("cancelConnect", "", icons::CROSS),
        Deed::TryNow => ("tryNow", "line", icons::REFRESH),
        Deed::SignIn => ("signIn", "solid", icons::LOGIN),
        Deed::Close => ("close", "line", icons::CHECK),
    };
    let (client, shut) = (client.clone(), board.clone());
    let run = move || {
        let input = match deed {
            Deed::Connect => Input::Connect,
            Deed::Cancel => Input::Break,
            Deed::TryNow => Input::Awake,
            _ => {
                shut.set_notice(None);
                if deed == Deed::SignIn {
                    client.click(client.login(None));
                }
                return;
            }
        };
        client.click(client.handle(input));
    };
    Some((name, class, svg, Rc::new(run)))
}

/// The one button; its word follows what is said.
fn button(board: &Board, (name, class, icon, run): Press, say: &Say) -> El {
    let label = say().button;
    let shown = Act {
        name,
        class,
        // One that has to be found first keeps its word.
        fold: if class == "solid" { "" } else { "k6" },
        face: Face { icon, label },
        request: "",
    };
    act(board, shown, move |_| run())
}
