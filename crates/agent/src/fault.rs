//! The catalogue of what can go wrong: code, sentence and remedy, in every language.
//!
//! Everything that tells of errors is made from this table: the objects that pages get, the toolbar's messages, and the
//! page of the documentation. What it says stands in the section `[errors]` of each language; Chinese texts that pages compare
//! with are exactly those of the original SDK.

use crate::language::{Lang, Word};

include!(concat!(env!("OUT_DIR"), "/errors.rs"));

/// One row of the catalogue; `{name}` stands for what a case fills in.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    row: &'static str,
    /// No [`Fault`] says it: the JavaScript of the package makes it, of the phone or while there is nothing else to.
    pub shell: bool,
}

impl Entry {
    /// The code for programs.
    pub fn code(&self) -> &'static str {
        part(self.row, 0)
    }

    /// The sentence.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        part(self.row, 1 + lang.place())
    }

    /// What to do.
    pub fn remedy(&self, lang: Lang) -> &'static str {
        part(self.row, 1 + Lang::COUNT + lang.place())
    }
}

/// A line of a row.
fn part(row: &'static str, at: usize) -> &'static str {
    row.split('\n').nth(at).unwrap_or_default()
}

/// What a case fills into its sentence. Not [`std::fmt::Display`], whose machinery is a kilobyte of every page.
trait Given {
    /// Appends it.
    fn put(&self, lang: Lang, out: &mut String);
}

impl Given for String {
    fn put(&self, _: Lang, out: &mut String) {
        out.push_str(self);
    }
}

impl Given for &str {
    fn put(&self, _: Lang, out: &mut String) {
        out.push_str(self);
    }
}

impl Given for Word {
    fn put(&self, lang: Lang, out: &mut String) {
        out.push_str(self.say(lang));
    }
}

macro_rules! numbers {
    ($($kind:ty)*) => { $(impl Given for $kind {
        fn put(&self, _: Lang, out: &mut String) {
            out.push_str(&(*self as i64).to_string());
        }
    })* };
}

numbers! { i64 u32 usize }

/// Whether a row has no name.
const fn nobody(names: &[&str]) -> bool {
    names.is_empty()
}

/// Code, sentences and remedies, a line each: one text takes less room in a page than five.
macro_rules! row {
    // Where several faults share a code.
    (($code:tt, $said:tt)) => {
        concat!($code, "\n", said!($said))
    };
    ($code:tt) => {
        row!(($code, $code))
    };
}

/// The code of a row.
macro_rules! code {
    (($code:tt, $said:tt)) => {
        $code
    };
    ($code:tt) => {
        $code
    };
}

impl Fault {
    const fn entry(&self) -> Entry {
        Entry {
            row: self.row(),
            shell: false,
        }
    }

    /// The code for programs.
    pub fn code(&self) -> &'static str {
        self.entry().code()
    }

    /// The sentence.
    pub fn message(&self, lang: Lang) -> String {
        self.filled_in(self.entry().sentence(lang), lang)
    }

    /// Another sentence, with what this case fills into its own.
    pub fn filled_in(&self, sentence: &str, lang: Lang) -> String {
        let mut pieces = sentence.split('{');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (wanted, text) = piece.split_once('}').unwrap_or(("", piece));
            self.fields(&mut |name, value| {
                if name == wanted {
                    value.put(lang, &mut out);
                }
            });
            out.push_str(text);
        }
        out
    }

    /// What to do.
    pub fn remedy(&self, lang: Lang) -> &'static str {
        self.entry().remedy(lang)
    }
}

macro_rules! faults {
    // What only the JavaScript makes has no name.
    ($(
        $(
            $(#[$doc:meta])*
            $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })?
        )?
        $(_)? = $row:tt;
    )*) => {
        /// Something that went wrong, for people and for programs.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Fault {
            $($($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $kind,)* })?,)?)*
        }

        /// The codes of all rows, a blank behind each: much smaller than the rows.
        pub const CODES: &str = concat!($(code!($row), " ",)*);

        /// Every row.
        pub const CATALOGUE: &[Entry] = &[
            $(Entry {
                row: row!($row),
                shell: nobody(&[$(stringify!($name))?]),
            },)*
        ];

        impl Fault {
            const fn row(&self) -> &'static str {
                match self {
                    $($(Fault::$name $({ $($field: _,)* })? => {
                        row!($row)
                    })?)*
                }
            }

            /// Hands name and value of each field to `take`.
            fn fields(&self, take: &mut dyn FnMut(&str, &dyn Given)) {
                match self {
                    $($(Fault::$name $({ $($field,)* })? => { $($(take(stringify!($field), $field);)*)? })?)*
                }
            }
        }
    };
}

faults! {
    // `init` without options.
    _ = "OPTIONS_MISSING";
    /// A required option is absent.
    OptionMissing {
        /// Its name.
        field: &'static str,
    } = "OPTION_MISSING";
    /// An option that cannot work.
    OptionWrong {
        /// Its name.
        field: &'static str,
        /// What is expected.
        expected: Word,
    } = "OPTION_WRONG";
    /// The page's `credentials` gave nothing that can log in.
    CredentialsFailed {
        /// Why.
        message: String,
    } = "CREDENTIALS_FAILED";
    /// No link.
    NotConnected = "NOT_CONNECTED";
    /// Not logged in.
    NotLoggedIn = "NOT_LOGGED_IN";
    /// A command is not possible in the present state.
    NotAllowed {
        /// The request's name.
        request: String,
        /// What the agent is doing.
        doing: Word,
    } = "NOT_ALLOWED";
    /// A command for supervisors only.
    NotSupervisor {
        /// The request's name.
        request: String,
    } = "NOT_SUPERVISOR";
    /// A part that the page has switched off.
    FeatureOff {
        /// Its name in `features`.
        feature: &'static str,
    } = "FEATURE_OFF";
    /// The watched agent is not in a conversation.
    NotInConversation = "NOT_IN_CONVERSATION";
    /// No answer in time.
    CommandTimeout {
        /// The request's name.
        request: String,
    } = "COMMAND_TIMEOUT";
    /// Accepted, but what should follow never came.
    NoOutcome {
        /// The request's name.
        request: String,
    } = "NO_OUTCOME";
    /// The link was lost before the outcome was known.
    LinkLost {
        /// The request's name.
        request: String,
    } = "LINK_LOST";
    /// The call ended before the outcome.
    CallEnded {
        /// The request's name.
        request: String,
        /// Number of the cause.
        cause: u32,
    } = "CALL_ENDED";
    /// The platform tried and failed.
    CommandFailed {
        /// The request's name.
        request: String,
        /// The event that said so.
        event: String,
        /// The platform's words; may be empty.
        cause: String,
    } = "COMMAND_FAILED";
    /// The platform refused a command.
    Refused {
        /// The platform's words.
        message: String,
        /// The platform's number.
        status: i64,
    } = "REFUSED";
    /// The platform refused a command without a word.
    RefusedSilently {
        /// The platform's number.
        status: i64,
    } = ("REFUSED", "REFUSED_SILENTLY");
    // `send` without a command.
    _ = "COMMAND_EMPTY";
    // `send` with something else.
    _ = "COMMAND_INVALID";
    /// Nobody to call.
    CalledEmpty = "CALLED_EMPTY";
    /// The dial field is empty.
    DialEmpty = "DIAL_EMPTY";
    /// Nobody to transfer to.
    TransferEmpty = "TRANSFER_EMPTY";
    /// Nobody to consult.
    ConsultEmpty = "CONSULT_EMPTY";
    /// No agent to act on.
    TargetEmpty = "TARGET_EMPTY";
    /// No group.
    GroupEmpty = "GROUP_EMPTY";
    /// A filter without a group, of an agent without one.
    FilterNeedsGroup = "FILTER_NEEDS_GROUP";
    /// `setUserdata` without a value.
    UserdataInvalid {
        /// What was given.
        given: String,
    } = "USERDATA_INVALID";
    /// Calls rang until they ended, and nobody took them.
    MissedCalls {
        /// How many in a row.
        count: u32,
    } = "MISSED_CALLS";
    /// `break` during a call.
    InCall = "IN_CALL";
    // `answer` without a browser phone.
    _ = "CANNOT_ANSWER";
    /// The browser phone is not registered.
    PhoneNotRegistered = "PHONE_NOT_REGISTERED";
    /// Registration of the browser phone failed.
    PhoneRegistrationFailed = "PHONE_REGISTRATION_FAILED";
    /// The browser phone lost its link.
    PhoneDisconnected = "PHONE_DISCONNECTED";
    /// The browser phone said what is wrong.
    Phone {
        /// Its own code; empty: it has none.
        code: String,
        /// Its words.
        message: String,
    } = "PHONE";
    /// Nothing to register with.
    PhoneParameters = "PHONE_PARAMETERS";
    /// A page that may not use the microphone.
    PhoneInsecure = "PHONE_INSECURE";
    /// A browser without a microphone.
    PhoneUnsupported = "PHONE_UNSUPPORTED";
    // A phone without options.
    _ = "PHONE_OPTIONS_MISSING";
    // The page may not use the microphone.
    _ = "MICROPHONE_DENIED";
    // A policy of the page, or the iframe that it is in, keeps the microphone from it.
    _ = "MICROPHONE_FORBIDDEN";
    // There is no microphone, or not the one that was asked for.
    _ = "MICROPHONE_MISSING";
    // The browser could not give sound or make a connection.
    _ = "MEDIA_FAILED";
    // No call to do this with.
    _ = "NO_CALL";
    // The call is not in the state for this.
    _ = "CALL_NOT_READY";
    // Something else than one key.
    _ = "DTMF_INVALID";
    // The browser does not play the ring tone before somebody has touched the page.
    _ = "RING_BLOCKED";
    // The other side did not let a held call go on.
    _ = "HOLD_REFUSED";
    // A step of the pre-call check took too long.
    _ = "CHECK_TIMEOUT";
    // The pre-call check met no STUN server.
    _ = "CHECK_NO_STUN";
    // The pre-call check was given no relay.
    _ = "CHECK_NO_TURN";
    // The pre-call check found no way out of the machine.
    _ = "CHECK_NO_CANDIDATE";
    // The echo call of the pre-call check was silent.
    _ = "CHECK_NO_ECHO";
    // Warning: the browser does not play the other party before somebody has touched the page.
    _ = "WARN_AUDIO_BLOCKED";
    // Warning: the microphone gives no sound.
    _ = "WARN_MICROPHONE_SILENT";
    // Warning: nothing is heard of the other party.
    _ = "WARN_NO_INCOMING_AUDIO";
    // Warning: packets are lost.
    _ = "WARN_LOSS";
    // Warning: packets come unevenly.
    _ = "WARN_JITTER";
    // Warning: packets take long.
    _ = "WARN_ROUND_TRIP";
    // Warning: the call sounds bad.
    _ = "WARN_MOS";
    // Warning: media no longer get through.
    _ = "WARN_MEDIA_LOST";
    // The file that has the phone cannot be had.
    _ = "PHONE_MISSING";
    // The phone's program failed, and another took over.
    _ = "PHONE_CRASHED";
    // It failed twice in a short time.
    _ = "PHONE_STOPPED";
    /// The socket never opened, or closed before the broker answered.
    ConnectFailed {
        /// Where to.
        url: String,
    } = "CONNECT_FAILED";
    /// The broker did not answer in time.
    ConnectTimeout {
        /// Where to.
        url: String,
    } = "CONNECT_TIMEOUT";
    /// So many tries failed in a row.
    GaveUp {
        /// How many.
        attempts: u32,
    } = "GAVE_UP";
    /// Nothing came for too long.
    Silent = "LINK_SILENT";
    /// The broker's ERROR frame.
    Broker {
        /// Its words.
        message: String,
    } = "BROKER_ERROR";
    /// A message that is not JSON.
    NotJson {
        /// Where it stops being JSON, bytes.
        offset: usize,
    } = "NOT_JSON";
    /// A state event without a state.
    NoState {
        /// The event's name.
        event: String,
    } = "NO_STATE";
    /// A frame over the limit.
    FrameTooLarge = "FRAME_TOO_LARGE";
    /// A frame that breaks the protocol.
    BadFrame {
        /// What is wrong with it.
        why: &'static str,
    } = "BAD_FRAME";
    /// A text that cannot be put into a header.
    BadHeader = "BAD_HEADER";
    // The SDK was started anew or ended meanwhile.
    _ = "REPLACED";
    // The program failed twice in a short time.
    _ = "CRASHED";
}
