//! What the mixer is told: the parties of each call, what each sounds like, and who hears whom.

/// The name of a leg: one phone in one call. It is never used twice, so that what a dead leg left behind cannot
/// reach a living one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LegId(pub String);

/// A call: its parties and who of them hears whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPlan {
    /// What the call is called wherever its parties are told of.
    pub call_id: String,
    /// All who take part.
    pub parties: Vec<PlanParty>,
    /// Pairs of places in `parties`: the first hears the second. What names nobody, or one and the same party
    /// twice, says nothing.
    pub hears: Vec<(usize, usize)>,
}

/// A party of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanParty {
    /// Agent number or outside number.
    pub who: String,
    /// Where the party's sound comes from and goes to.
    pub sound: Sound,
}

/// Where a party's sound comes from and goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sound {
    /// A phone: a microphone and a speaker at the far end of a leg. The leg may come later than the plan.
    Phone(LegId),
    /// A person who says nothing but one tone, of so many Hz, and takes in whatever is to be heard.
    Tone(u32),
    /// A person who repeats what is to be heard so many seconds later. With 0 s, in the next frame.
    Echo(u32),
    /// Somebody without any audio of ours, such as an agent with a phone on the desk.
    None,
}
