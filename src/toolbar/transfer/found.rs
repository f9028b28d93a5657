//! Who a call can be given to, as far as the platform has told: asked again while somebody looks.

use crate::browser::clock::Interval;
use crate::client::Client;
use agent::backend::vcall;
use agent::event::Incoming;
use agent::session::{Group, Received};
use agent::{Command, EventName, Fault};
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// How often it is asked who is ready, ms.
const AGAIN: i32 = 2000;

/// A colleague who is ready.
#[derive(Clone, PartialEq, Eq)]
pub struct Ready {
    /// Number.
    pub number: String,
    /// Name; empty where the platform gives none.
    pub name: String,
    /// The ids of the groups in which they are.
    pub groups: Vec<String>,
}

#[derive(Default)]
struct Inside {
    /// By group.
    ready: RefCell<Vec<(String, Vec<Ready>)>>,
    groups: RefCell<Option<Vec<Group>>>,
    changed: ArcTrigger,
    /// Somebody looks.
    open: Cell<bool>,
    /// The question that waits for its answer: its number, and what it is about.
    asked: RefCell<Option<(i64, Command)>>,
    to_ask: RefCell<VecDeque<Command>>,
    /// A question was not answered, so what is shown may be old.
    old: Cell<bool>,
    /// Requests that the platform refuses: to go on would only tell of it again and again.
    refused: RefCell<Vec<String>>,
    /// Names of whom a call was given to, by number.
    names: RefCell<Vec<(String, String)>>,
    target: RefCell<String>,
    /// A consultation that was begun here goes on, as far as the agent is concerned.
    consults: Cell<bool>,
    /// The focus goes on to the line of it.
    aimed: Cell<bool>,
}

/// What was found. Clones are the same.
#[derive(Clone, Default)]
pub struct Found(Rc<Inside>);

impl Found {
    /// Asks as long as what is being drawn stands.
    pub fn follow(&self, client: &Rc<Client>) {
        self.open(client);
        let (found, asking) = (self.clone(), client.clone());
        let tick = Interval::new(AGAIN, move || found.again(&asking));
        let kept = SendWrapper::new((self.clone(), tick));
        on_cleanup(move || {
            let (found, tick) = kept.take();
            found.close();
            drop(tick);
        });
    }

    /// Somebody looks from now on.
    fn open(&self, client: &Client) {
        self.0.open.set(true);
        self.0.old.set(false);
        self.0.refused.borrow_mut().clear();
        self.0.to_ask.borrow_mut().push_back(Command::GroupInfo);
        self.again(client);
    }

    /// Nobody looks any more.
    fn close(&self) {
        self.0.open.set(false);
        self.0.to_ask.borrow_mut().clear();
        // Who was ready then may not be ready next time.
        self.0.ready.borrow_mut().clear();
    }

    /// Asks once more, unless questions are still under way.
    fn again(&self, client: &Client) {
        if self.0.asked.borrow().is_some() {
            return;
        }
        let groups = client.with(|session| session.profile().groups.clone());
        let ask = groups
            .into_iter()
            .map(|group| Command::IdleAgent { group_id: group.id });
        self.0.to_ask.borrow_mut().extend(ask);
        self.ask(client);
    }

    /// Asks the next question: one at a time.
    fn ask(&self, client: &Client) {
        let refused = self.0.refused.borrow().clone();
        let mut to_ask = self.0.to_ask.borrow_mut();
        to_ask.retain(|command| !refused.iter().any(|name| name == command.request()));
        let next = to_ask.pop_front();
        drop(to_ask);
        let Some(command) = next.filter(|_| self.0.open.get()) else {
            return;
        };
        match client.request(command.clone()) {
            Ok(Some(sequence)) => *self.0.asked.borrow_mut() = Some((sequence, command)),
            _ => {
                self.0.to_ask.borrow_mut().clear();
                self.set_old(true);
            }
        }
    }

    /// Keeps what a message tells of those who are ready, and of groups.
    pub fn hear(&self, received: &Received) {
        let Some(EventName::GroupInfo | EventName::IdleAgent) = received.known else {
            return;
        };
        let Ok(Incoming::Event(event)) = vcall::read(&received.body) else {
            return;
        };
        // Platforms that do not say which question an answer belongs to send 0.
        let asked = self.0.asked.borrow().clone();
        let asked = asked.filter(|(own, _)| [0, *own].contains(&received.sequence));
        match (asked, received.known) {
            (Some((_, Command::IdleAgent { group_id })), Some(EventName::IdleAgent)) => {
                let agents = event.data.agent_list.items().map(|agent| Ready {
                    number: agent.get("agentNumber").string(),
                    name: agent.get("agentName").string(),
                    groups: vec![group_id.clone()],
                });
                let agents = agents.collect();
                let mut ready = self.0.ready.borrow_mut();
                match ready.iter_mut().find(|(group, _)| *group == group_id) {
                    Some((_, known)) => *known = agents,
                    None => ready.push((group_id, agents)),
                }
            }
            (Some((_, Command::GroupInfo)), Some(EventName::GroupInfo)) => {
                let groups = event.data.group_list.items().map(|group| Group {
                    id: group.get("id").string(),
                    name: group.get("name").string(),
                    main: false,
                });
                *self.0.groups.borrow_mut() = Some(groups.collect());
            }
            // The page's own question.
            _ => return,
        }
        self.0.changed.notify();
    }

    /// A request has its outcome: the next question can be asked.
    pub fn settled(&self, client: &Client, sequence: i64, result: &Result<(), Fault>) {
        let asked = self.0.asked.borrow().clone();
        let Some((_, command)) = asked.filter(|(own, _)| *own == sequence) else {
            return;
        };
        *self.0.asked.borrow_mut() = None;
        if let Err(Fault::Refused { .. } | Fault::RefusedSilently { .. }) = result {
            let mut refused = self.0.refused.borrow_mut();
            refused.push(command.request().to_owned());
        }
        // Where no groups are told there are those of the agent, which do not grow old.
        if command != Command::GroupInfo {
            self.set_old(result.is_err());
        }
        self.ask(client);
    }

    fn set_old(&self, old: bool) {
        if self.0.old.replace(old) != old {
            self.0.changed.notify();
        }
    }

    /// Whether the last question went unanswered.
    pub fn is_old(&self) -> bool {
        self.0.changed.track();
        self.0.old.get()
    }

    /// Who is ready, each once, in the order in which the platform tells them.
    pub fn ready(&self) -> Vec<Ready> {
        self.0.changed.track();
        let mut all: Vec<Ready> = Vec::new();
        for (_, agents) in &*self.0.ready.borrow() {
            for agent in agents {
                match all.iter_mut().find(|known| known.number == agent.number) {
                    Some(known) => known.groups.extend(agent.groups.iter().cloned()),
                    None => all.push(agent.clone()),
                }
            }
        }
        all
    }

    /// All groups, where the platform has told them.
    pub fn groups(&self) -> Option<Vec<Group>> {
        self.0.changed.track();
        self.0.groups.borrow().clone()
    }

    /// Somebody was chosen for a call: a number or an id, and what people call it; empty: nothing else. `asks`: they are
    /// asked first.
    pub fn aim(&self, target: &str, title: &str, asks: bool) {
        let mut names = self.0.names.borrow_mut();
        names.retain(|(known, _)| known != target);
        names.push((target.to_owned(), title.to_owned()));
        target.clone_into(&mut self.0.target.borrow_mut());
        self.0.aimed.set(asks);
        self.0.consults.set(asks);
    }

    /// What people call a number or an id that was chosen here; empty: it was not.
    pub fn title(&self, target: &str) -> String {
        let names = self.0.names.borrow();
        let known = names.iter().find(|(known, _)| known == target);
        known.map(|(_, title)| title.clone()).unwrap_or_default()
    }

    /// What people call whoever was chosen last.
    pub fn last_title(&self) -> String {
        self.title(&self.0.target.borrow())
    }

    /// The agent called a consultation off.
    pub fn call_off(&self) {
        self.0.consults.set(false);
    }

    /// Whether the end of a consultation is news: it was begun here, and the agent has not called it off.
    pub fn consults(&self) -> bool {
        self.0.consults.get()
    }

    /// Whether the focus goes on to the controls that come; asked once.
    pub fn take_focus(&self) -> bool {
        self.0.aimed.replace(false)
    }
}
