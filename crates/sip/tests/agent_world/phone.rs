//! One user agent with somebody who has microphones and peer connections: it makes offers and answers when it is asked to.

use super::text::{Sent, flaw, sdp};
use sip::agent::{CallKey, Command, Config, End, Event, Input, Output, Refusal, UserAgent};
use sip::auth::Secret;
use sip::sdp::{Direction, direction};

/// The domain of every account.
pub const DOMAIN: &str = "example.com";
/// The password of every account.
pub const PASSWORD: &str = "open sesame";

/// A good configuration.
pub fn config(account: &str) -> Config {
    Config {
        account: account.into(),
        domain: DOMAIN.into(),
        display: String::new(),
        password: Secret::new(PASSWORD.into()),
        authorization_user: None,
        instance: format!("urn:uuid:f81d4fae-7dec-11d0-a765-00000000{account}"),
        product: "test phone".into(),
        expires: 600,
        secure: true,
        register: true,
        session_expires: 0,
        contact: None,
        reliable: false,
    }
}

/// What the two ends of a call have agreed upon, as one of them sees it.
#[derive(Clone, Debug, Default)]
pub struct Media {
    /// Ours, not answered yet.
    pub offer: Option<String>,
    /// Theirs, not answered yet.
    pub offered: Option<String>,
    /// Ours, agreed upon.
    pub local: Option<String>,
    /// Theirs, agreed upon.
    pub remote: Option<String>,
    /// An offer of ours is wanted, and nobody has given it yet.
    pub wanted: bool,
    /// We hold.
    pub holds: bool,
}

pub struct Phone {
    pub agent: UserAgent,
    pub account: String,
    /// What the owner was told, and when.
    pub events: Vec<(u64, Event)>,
    /// What was given to the socket.
    pub sent: Vec<Sent>,
    /// What came, each with how many texts had been sent before.
    pub heard: Vec<(usize, String)>,
    /// When a socket was asked for.
    pub opens: Vec<u64>,
    /// When the agent closed its socket.
    pub closes: Vec<u64>,
    /// Offers that are wanted, and answers to later offers, are made at once.
    pub prompt: bool,
    media: Vec<(CallKey, Media)>,
    /// The calls whose end was told.
    over: Vec<CallKey>,
    versions: u32,
}

impl Phone {
    pub fn new(config: Config, seed: u64) -> Phone {
        Phone {
            account: config.account.clone(),
            agent: UserAgent::new(config, seed),
            events: Vec::new(),
            sent: Vec::new(),
            heard: Vec::new(),
            opens: Vec::new(),
            closes: Vec::new(),
            prompt: true,
            media: Vec::new(),
            over: Vec::new(),
            versions: 0,
        }
    }

    /// Something happens; gives what the link has to do.
    pub fn handle(&mut self, input: Input<'_>, now: u64) -> Vec<Output> {
        if let Input::Received(bytes) = input {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.heard.push((self.sent.len(), text));
        }
        self.agent.handle(input, now);
        self.take(now)
    }

    /// The owner wants something; gives what the link has to do besides.
    pub fn command(
        &mut self,
        command: Command,
        now: u64,
    ) -> (Result<Option<CallKey>, Refusal>, Vec<Output>) {
        let done = self.agent.command(command.clone(), now);
        if done.is_ok() {
            self.note(command);
        }
        (done, self.take(now))
    }

    fn note(&mut self, command: Command) {
        match command {
            Command::Offer { call, sdp } => {
                let ours = self.media_of(call);
                ours.offer = Some(sdp);
                ours.wanted = false;
            }
            Command::Answer { call, sdp } => {
                let ours = self.media_of(call);
                match ours.offered.take() {
                    Some(theirs) => {
                        ours.local = Some(sdp);
                        ours.remote = Some(theirs);
                    }
                    // The INVITE brought none, so this is an offer.
                    None => ours.offer = Some(sdp),
                }
            }
            Command::Refuse { call, .. } => {
                let ours = self.media_of(call);
                ours.offered = None;
                ours.wanted = false;
            }
            _ => {}
        }
    }

    fn take(&mut self, now: u64) -> Vec<Output> {
        let mut deeds = Vec::new();
        while let Some(output) = self.agent.poll_output() {
            match output {
                Output::Event(event) => {
                    self.events.push((now, event.clone()));
                    self.check(&event);
                    deeds.extend(self.react(event, now));
                    continue;
                }
                Output::Send(ref text) => {
                    if let Some(flaw) = flaw(text) {
                        panic!(
                            "{} sends what is no good at {now} ms: {flaw}\n{text}",
                            self.account
                        );
                    }
                    self.sent.push(Sent {
                        at: now,
                        text: text.clone(),
                    });
                }
                Output::Open => self.opens.push(now),
                Output::Close => self.closes.push(now),
            }
            deeds.push(output);
        }
        deeds
    }

    /// What holds whatever happens: a call that is over is not spoken of any more, and in one direction no more than one
    /// offer is open (RFC 3264 section 4).
    fn check(&mut self, event: &Event) {
        let Some(call) = call_of(event) else {
            return;
        };
        assert!(
            !self.over.contains(&call),
            "{} is told of a call that is over: {event:?}",
            self.account
        );
        let ours = self.media_of(call);
        match event {
            Event::OfferWanted { .. } => assert_eq!(ours.offer, None, "an offer of ours is open"),
            Event::Offered { .. } => assert_eq!(ours.offered, None, "an offer of theirs is open"),
            Event::Ended { .. } => self.over.push(call),
            _ => {}
        }
    }

    fn react(&mut self, event: Event, now: u64) -> Vec<Output> {
        match event {
            Event::Incoming { call, sdp, .. } => self.media_of(call).offered = sdp,
            Event::Answered { call, sdp } => {
                let ours = self.media_of(call);
                // A fork that wins late repeats what an early answer may have said.
                if let Some(offer) = ours.offer.take() {
                    ours.local = Some(offer);
                }
                ours.remote = Some(sdp);
            }
            Event::OfferFailed { call, .. } => {
                let ours = self.media_of(call);
                ours.offer = None;
                ours.offered = None;
                ours.wanted = false;
            }
            Event::OfferWanted { call } if !self.prompt => self.media_of(call).wanted = true,
            Event::OfferWanted { call } => {
                let sdp = self.next_offer(call);
                let (done, deeds) = self.command(Command::Offer { call, sdp }, now);
                self.assert_done(done, call, "an offer was wanted");
                return deeds;
            }
            Event::Offered { call, sdp } => {
                self.media_of(call).offered = Some(sdp);
                if self.prompt {
                    let sdp = self.next_answer(call);
                    let (done, deeds) = self.command(Command::Answer { call, sdp }, now);
                    self.assert_done(done, call, "an offer was there");
                    return deeds;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// What the agent asked for it has to take, unless the call ended in the same moment.
    fn assert_done(&self, done: Result<Option<CallKey>, Refusal>, call: CallKey, why: &str) {
        let gone = self.agent.call(call).is_none();
        assert!(
            gone || done == Ok(None),
            "{}: {why}: {done:?}",
            self.account
        );
    }

    /// The next offer for a call: a hold where we hold.
    pub fn next_offer(&mut self, call: CallKey) -> String {
        let way = if self.media_of(call).holds {
            Direction::SendOnly
        } else {
            Direction::SendRecv
        };
        self.describe(way)
    }

    /// The answer to what is offered (RFC 3264 section 6.1), or an offer where nothing is.
    pub fn next_answer(&mut self, call: CallKey) -> String {
        let ours = self.media_of(call);
        let holds = ours.holds;
        let Some(theirs) = ours.offered.clone() else {
            return self.next_offer(call);
        };
        let way = match (direction(&theirs), holds) {
            (Direction::SendRecv, false) => Direction::SendRecv,
            (Direction::SendRecv | Direction::RecvOnly, _) => Direction::SendOnly,
            (Direction::SendOnly, false) => Direction::RecvOnly,
            _ => Direction::Inactive,
        };
        self.describe(way)
    }

    fn describe(&mut self, way: Direction) -> String {
        self.versions += 1;
        sdp(&self.account, self.versions, way.name())
    }

    /// What a call has agreed upon, as far as this end knows.
    pub fn media_of(&mut self, call: CallKey) -> &mut Media {
        let at = self.media.iter().position(|(key, _)| *key == call);
        let at = at.unwrap_or_else(|| {
            self.media.push((call, Media::default()));
            self.media.len() - 1
        });
        &mut self.media[at].1
    }

    /// Forgets what happened so far.
    pub fn clear(&mut self) {
        self.events.clear();
        self.sent.clear();
        self.heard.clear();
        self.opens.clear();
        self.closes.clear();
    }

    // ── what a test asks ─────────────────────────────────────────────────────────────────────────────────────────

    /// What was sent, as `INVITE` or `200 INVITE`, without registration and signs of life.
    pub fn labels(&self) -> Vec<String> {
        let labels = self.sent.iter().map(Sent::label);
        let quiet = |label: &String| {
            label.ends_with("REGISTER") || label.ends_with("OPTIONS") || label == "line ends"
        };
        labels.filter(|label| !quiet(label)).collect()
    }

    /// Everything of that label that was sent, the oldest first.
    pub fn all(&self, label: &str) -> Vec<Sent> {
        let all = self.sent.iter().filter(|sent| sent.label() == label);
        all.cloned().collect()
    }

    /// The last of that label that was sent.
    pub fn last(&self, label: &str) -> Sent {
        let last = self.all(label).pop();
        last.unwrap_or_else(|| panic!("{} sent no {label}: {:?}", self.account, self.labels()))
    }

    /// What the owner was told, without the times.
    pub fn told(&self) -> Vec<Event> {
        self.events.iter().map(|(_, event)| event.clone()).collect()
    }

    /// How often the owner was told this.
    pub fn count(&self, wanted: &Event) -> usize {
        self.events
            .iter()
            .filter(|(_, event)| event == wanted)
            .count()
    }

    /// When the owner was told something, the first time.
    pub fn when(&self, wanted: &dyn Fn(&Event) -> bool) -> Option<u64> {
        let found = self.events.iter().find(|(_, event)| wanted(event));
        found.map(|(at, _)| *at)
    }

    /// The last call that came in.
    pub fn incoming(&self) -> CallKey {
        let found = self.events.iter().rev().find_map(|(_, event)| match event {
            Event::Incoming { call, .. } => Some(*call),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("nobody called {}: {:?}", self.account, self.told()))
    }

    /// How a call ended; it has to end once.
    pub fn ended(&self, wanted: CallKey) -> Option<(End, u16)> {
        let mut found = self.events.iter().filter_map(|(_, event)| match event {
            Event::Ended {
                call, by, status, ..
            } if *call == wanted => Some((*by, *status)),
            _ => None,
        });
        let ended = found.next();
        assert_eq!(found.next(), None, "{} ended twice", self.account);
        ended
    }

    /// What both ends have agreed upon: the two descriptions.
    pub fn agreed(&mut self, call: CallKey) -> (Option<String>, Option<String>) {
        let media = self.media_of(call);
        (media.local.clone(), media.remote.clone())
    }

    /// Which way the audio of a call flows, as our own description says.
    pub fn way(&mut self, call: CallKey) -> Direction {
        direction(self.media_of(call).local.as_deref().expect("a description"))
    }
}

/// The call that an event is about.
fn call_of(event: &Event) -> Option<CallKey> {
    match event {
        Event::Incoming { call, .. }
        | Event::OfferWanted { call }
        | Event::Progress { call, .. }
        | Event::Answered { call, .. }
        | Event::Established { call }
        | Event::Offered { call, .. }
        | Event::OfferFailed { call, .. }
        | Event::Transferring { call, .. }
        | Event::Referred { call, .. }
        | Event::Dtmf { call, .. }
        | Event::Info { call, .. }
        | Event::TrickleSupported { call }
        | Event::Ended { call, .. } => Some(*call),
        Event::Opened
        | Event::Lost
        | Event::Registered { .. }
        | Event::Unregistered { .. }
        | Event::RegistrationFailed { .. }
        | Event::Message { .. } => None,
    }
}
