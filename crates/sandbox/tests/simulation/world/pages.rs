//! The pages' side: a driver of each session, and the person before it.

use super::World;
use crate::person::{Act, View};
use crate::pipe::Packet;
use agent::{Command, Emit, Fault, Input, Output};

/// More outputs at one moment than any session needs.
const MOST_OUTPUTS: usize = 10_000;

impl World {
    /// Opens a page, which connects.
    pub(super) fn open_page(&mut self, at: usize) -> Result<(), String> {
        self.browsers[at].open(&mut self.random);
        self.note(at, format_args!("opens a page"));
        self.counts.add("pages opened");
        self.tell(at, Input::Connect)
    }

    /// A machine wakes up, and the browser tells its page.
    pub(super) fn wake(&mut self, at: usize) -> Result<(), String> {
        let browser = &mut self.browsers[at];
        let Some((since, _)) = browser.sleep.take() else {
            return Ok(());
        };
        let slept = self.now - since;
        browser.promises.extend(slept);
        // Some machines stop the clock while they sleep.
        if self.random.chance(50) {
            browser.clocks.stood_still(slept);
        }
        self.note(at, format_args!("wakes up after {slept} ms"));
        self.tell(at, Input::Awake)
    }

    /// The person before a page does something.
    pub(super) fn act(&mut self, at: usize) -> Result<(), String> {
        self.browsers[at].acts_at = self.in_about(self.pace.person);
        let browser = &mut self.browsers[at];
        let Some(session) = &browser.session else {
            if browser.opens_at.is_none() && self.random.chance(20) {
                browser.opens_at = Some(self.now);
            }
            return Ok(());
        };
        let view = View {
            session,
            wants: browser.standing.wants,
            agent: browser.agent,
            cast: &self.cast,
        };
        match view.choose(&mut self.random) {
            Act::Wait => Ok(()),
            Act::Ask(command) => self.ask(at, command),
            Act::Send(command) => {
                self.note(at, format_args!("sends {command:?}"));
                self.try_to(at, Input::Command(command))
            }
            Act::LogIn => {
                self.note(at, format_args!("logs in"));
                self.browsers[at].standing.wants = true;
                self.try_to(at, Input::Login(None))
            }
            Act::Reload => {
                self.reload(at);
                Ok(())
            }
            Act::Leave => {
                self.note(at, format_args!("leaves"));
                self.try_to(at, Input::Break)
            }
            Act::Return | Act::LinkAnew => {
                self.note(at, format_args!("connects"));
                self.tell(at, Input::Connect)?;
                // An open link is ended first, with a logout.
                self.browsers[at].standing.wants = true;
                Ok(())
            }
            Act::Look => self.tell(at, Input::Awake),
            Act::Userdata(text) => self.tell(at, Input::Userdata(text)),
        }
    }

    /// A command in the promise form.
    pub(super) fn ask(&mut self, at: usize, command: Command) -> Result<(), String> {
        self.note(at, format_args!("asks for {command:?}"));
        self.try_to(at, Input::Request(command))
    }

    /// The page goes, and a new one comes soon.
    fn reload(&mut self, at: usize) {
        self.note(at, format_args!("reloads"));
        self.counts.add("pages reloaded");
        // Not every browser ends the socket of a page that it throws away.
        if self.random.chance(70) {
            self.close_socket(at);
        } else if let Some(link) = self.attached_link(at) {
            let link = &mut self.network.links[link];
            link.attached = false;
            link.up.abandon();
        }
        self.browsers[at].close();
        self.browsers[at].opens_at = Some(self.now + self.random.below(4000));
    }

    /// Something reaches a page.
    pub(super) fn reaches_page(&mut self, at: usize) -> Result<(), String> {
        let link = &mut self.network.links[at];
        let Some((packet, joined)) = link.down.take(self.now, &mut self.random) else {
            return Ok(());
        };
        if !link.attached {
            return Ok(());
        }
        if joined {
            self.counts.add("frames joined");
        }
        let browser = link.browser;
        match packet {
            Packet::Hello => self.tell(browser, Input::Opened),
            Packet::Bytes(bytes) => self.tell(browser, Input::Received(&bytes)),
            Packet::End => {
                link.attached = false;
                self.browsers[browser].link = None;
                self.tell(browser, Input::Closed)
            }
        }
    }

    /// Tells a page what happened, which it cannot refuse to hear.
    pub(super) fn tell(&mut self, at: usize, input: Input<'_>) -> Result<(), String> {
        match self.handle(at, input)? {
            Ok(_) => Ok(()),
            Err(fault) => Err(format!(
                "{}: refuses to hear what happened: {}",
                self.browsers[at].name,
                fault.code()
            )),
        }
    }

    /// Has a page do what a person wants, which it may refuse.
    fn try_to(&mut self, at: usize, input: Input<'_>) -> Result<(), String> {
        if let Err(fault) = self.handle(at, input)? {
            self.counts.add("wishes refused at once");
            self.note(at, format_args!("is refused: {}", fault.code()));
        }
        Ok(())
    }

    fn handle(
        &mut self,
        at: usize,
        input: Input<'_>,
    ) -> Result<Result<Option<i64>, Fault>, String> {
        let browser = &mut self.browsers[at];
        let Some(session) = &mut browser.session else {
            return Ok(Ok(None));
        };
        let asked = match &input {
            Input::Request(command) => Some(command.request().to_owned()),
            _ => None,
        };
        let result = session.handle(input, browser.clocks.show(self.now));
        if let (Some(request), Ok(Some(sequence))) = (asked, &result) {
            self.counts.add("requests");
            browser.promises.add(*sequence, request, self.now);
        }
        self.perform(at)
            .map_err(|why| format!("{}: {why}", self.browsers[at].name))?;
        Ok(result)
    }

    /// Does what a session says.
    fn perform(&mut self, at: usize) -> Result<(), String> {
        for _ in 0..MOST_OUTPUTS {
            let session = self.browsers[at].session.as_mut();
            let Some(output) = session.and_then(|session| session.poll_output()) else {
                return Ok(());
            };
            match output {
                Output::OpenSocket => {
                    self.close_socket(at);
                    let link = self.network.open(at, self.now, &mut self.random);
                    self.browsers[at].link = Some(link);
                }
                Output::Send(text) => self.page_sends(at, text)?,
                Output::CloseSocket => self.close_socket(at),
                Output::SaveToken(token) => self.browsers[at].kept.token = token,
                Output::SaveClock(clock) => self.browsers[at].kept.clock = clock,
                Output::Emit(emit) => self.page_is_told(at, &emit)?,
                // What only pages with other options are asked.
                _ => {}
            }
        }
        Err("the session wants more and more".to_owned())
    }

    fn page_sends(&mut self, at: usize, text: String) -> Result<(), String> {
        let browser = &mut self.browsers[at];
        if let Some(request) = browser.journal.sent(&text)? {
            if matches!(request, "login" | "reconnect") && !browser.standing.wants {
                return Err(format!(
                    "sends {request} by itself after {}",
                    browser.standing.shows.as_str()
                ));
            }
            if request != "heartbeat" {
                self.last_news = self.now;
                self.trace
                    .note(self.now, &browser.name, format_args!("→ {request}"));
            }
        }
        if let Some(link) = self.attached_link(at) {
            let packet = Packet::Bytes(text.into_bytes());
            if self.network.links[link]
                .up
                .send(packet, self.now, &mut self.random)
            {
                self.counts.add("frames split");
            }
        }
        Ok(())
    }

    fn page_is_told(&mut self, at: usize, emit: &Emit) -> Result<(), String> {
        let browser = &mut self.browsers[at];
        browser.standing.follow(emit);
        let name = browser.name.as_str();
        match emit {
            Emit::Settled { sequence, result } => {
                browser.promises.settle(*sequence)?;
                self.counts.add(match result {
                    Ok(()) => "requests done",
                    Err(_) => "requests failed",
                });
                let outcome = result.as_ref().map_err(|fault| fault.code());
                self.trace
                    .note(self.now, name, format_args!("{sequence} is {outcome:?}"));
            }
            Emit::Received(received) => {
                let (event, state) = (&received.event, &received.state);
                match event {
                    Some(event) => self.trace.note(
                        self.now,
                        name,
                        format_args!("← {event}, {}", state.as_deref().unwrap_or("no state")),
                    ),
                    // Responses hold no secret.
                    None if received.body.contains("heartbeat") => {}
                    None => {
                        self.trace
                            .note(self.now, name, format_args!("← {}", received.body));
                    }
                }
            }
            Emit::Exception(fault) => {
                self.trace
                    .note(self.now, name, format_args!("exception {}", fault.code()));
            }
            Emit::Open(_) => self.trace.note(self.now, name, format_args!("link open")),
            Emit::Close => self.trace.note(self.now, name, format_args!("link closed")),
            _ => {}
        }
        Ok(())
    }

    /// The page closes its socket, if it has one: what it sent before still arrives.
    fn close_socket(&mut self, at: usize) {
        if let Some(link) = self.attached_link(at) {
            let link = &mut self.network.links[link];
            link.attached = false;
            link.up.finish(self.now, &mut self.random);
        }
        self.browsers[at].link = None;
    }

    /// The place of the link whose socket a page holds.
    pub(super) fn attached_link(&self, at: usize) -> Option<usize> {
        self.network.find(self.browsers[at].link?)
    }

    pub(super) fn note(&self, at: usize, what: std::fmt::Arguments<'_>) {
        self.trace.note(self.now, &self.browsers[at].name, what);
    }
}
