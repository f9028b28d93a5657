//! What the controls read: a picture of the session, the language, the time.

use super::scene::Scene;
use agent::session::{Call, Link, WrapUp};
use agent::{Fault, Lang, Session, State};
use leptos::prelude::*;

/// The picture of a session. The controls show it and nothing else.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// The link.
    pub link: Link,
    /// How long the last answer took, ms.
    pub latency: Option<u64>,
    /// The agent's state.
    pub state: State,
    /// Since when, ms of the clock that never goes back.
    pub since: u64,
    /// Why the agent is not ready.
    pub busy_type: String,
    /// Reasons to choose from.
    pub busy_types: Vec<String>,
    /// Whether the agent may place calls.
    pub may_call: bool,
    /// The present call.
    pub call: Option<Call>,
    /// The last call.
    pub wrap_up: Option<WrapUp>,
    /// The agent's number.
    pub agent: String,
}

impl Picture {
    fn of(session: &Session) -> Self {
        let profile = session.profile();
        Picture {
            link: session.link(),
            latency: session.latency(),
            state: session.state().clone(),
            since: session.state_since(),
            busy_type: session.busy_type().to_owned(),
            busy_types: profile.busy_types.clone(),
            may_call: profile.may_call,
            call: session.call().cloned(),
            wrap_up: session.wrap_up().cloned(),
            agent: session.config().credentials.agent_number.clone(),
        }
    }
}

/// Where the picture hangs. Clones show the same one.
#[derive(Clone)]
pub struct Board {
    /// The picture.
    pub picture: ArcRwSignal<Picture>,
    /// The language.
    pub lang: ArcRwSignal<Lang>,
    /// ms of the clock that never goes back, moved once a second for all clocks at once.
    pub tick: ArcRwSignal<u64>,
    /// What went wrong last, until the state changes or the agent closes it.
    pub notice: ArcRwSignal<Option<Fault>>,
    /// When the set of controls changed last.
    changed: ArcRwSignal<u64>,
}

impl Board {
    /// A board for a session.
    pub fn new(session: &Session, lang: Lang, now: u64) -> Self {
        Board {
            picture: ArcRwSignal::new(Picture::of(session)),
            lang: ArcRwSignal::new(lang),
            tick: ArcRwSignal::new(now),
            notice: ArcRwSignal::new(None),
            changed: ArcRwSignal::new(0),
        }
    }

    /// Takes a new picture where something changed.
    pub fn follow(&self, session: &Session) {
        let new = Picture::of(session);
        let old = self.picture.get_untracked();
        if old == new {
            return;
        }
        if Scene::of(&old) != Scene::of(&new) {
            let now = crate::browser::clock::now().mono;
            self.changed.set(now);
            self.tick.set(now);
            self.notice.set(None);
        }
        self.picture.set(new);
    }

    /// Shows what went wrong.
    pub fn notice(&self, fault: Fault) {
        self.notice.set(Some(fault));
    }

    /// Speaks another language from now on.
    pub fn set_lang(&self, lang: Lang) {
        self.lang.set(lang);
    }

    /// Whether a press is likely to be meant for a control that was here a moment ago.
    pub fn too_early(&self) -> bool {
        crate::browser::clock::now().mono < self.changed.get_untracked() + 400
    }

    /// A text in the present language.
    pub fn say(&self, word: super::words::Word) -> &'static str {
        word.say(self.lang.get())
    }
}

/// `mm:ss`, from an hour on `h:mm:ss`.
pub fn clock(ms: u64) -> String {
    let s = ms / 1000;
    let two = |out: &mut String, n: u64| {
        if n < 10 {
            out.push('0');
        }
        out.push_str(&n.to_string());
    };
    let mut out = String::new();
    if s >= 3600 {
        out.push_str(&(s / 3600).to_string());
        out.push(':');
    }
    two(&mut out, s / 60 % 60);
    out.push(':');
    two(&mut out, s % 60);
    out
}
