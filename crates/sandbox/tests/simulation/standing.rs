//! What a page has been told of its login; by that it is known what it has to show.

use agent::{Emit, EventName, State};

#[derive(Debug)]
pub struct Standing {
    /// It is to be logged in: nobody has kicked it or logged it out since it last asked for that.
    pub wants: bool,
    /// A login or reconnect has succeeded over the present link.
    pub welcomed: bool,
    /// What it shows while it is not to be logged in.
    pub shows: State,
}

impl Standing {
    /// A page that has just been opened and is about to connect.
    pub fn new() -> Self {
        Self {
            wants: true,
            welcomed: false,
            shows: State::Closed,
        }
    }

    /// Takes what the page was told.
    pub fn follow(&mut self, emit: &Emit) {
        match emit {
            Emit::Open(_) => {
                self.welcomed = false;
                self.shows = State::Connected;
            }
            Emit::Close => {
                self.welcomed = false;
                self.shows = State::Closed;
            }
            Emit::Disconnect => self.leave(State::Disconnected),
            Emit::Received(received) => match received.event.as_deref() {
                Some("Login" | "Reconnect") => (self.wants, self.welcomed) = (true, true),
                Some("Kick") => self.leave(State::Told(EventName::Kick)),
                Some("Logout") => self.leave(State::Told(EventName::Logout)),
                _ => {}
            },
            _ => {}
        }
    }

    fn leave(&mut self, shows: State) {
        (self.wants, self.welcomed) = (false, false);
        self.shows = shows;
    }
}
