//! What the toolbar says, of the section `[toolbar]` of each language.

pub use agent::Word;

include!(concat!(env!("OUT_DIR"), "/words.rs"));
