//! What the platform counts instead of naming it.

/// A choice that is a number.
pub struct Numbers {
    /// Its name as a type.
    pub name: &'static str,
    /// What it says; the numbers with their meanings go on after a colon.
    pub about: &'static str,
    /// Each number and what it means.
    pub values: &'static [(u8, &'static str)],
}

/// Every one that a page may give as a number or as that number in a text.
pub const NUMBERS: &[Numbers] = &[
    Numbers {
        name: "LoginType",
        about: "How the agent talks",
        values: &[
            (1, "SIP phone"),
            (2, "mobile"),
            (3, "browser phone"),
            (4, "SIM module (of the platform; as 1 here)"),
        ],
    },
    Numbers {
        name: "CalledType",
        about: "Whom to call",
        values: &[(1, "agent"), (2, "outside number")],
    },
    Numbers {
        name: "TargetType",
        about: "Whom to transfer to or consult",
        values: &[
            (1, "agent"),
            (2, "outside number"),
            (3, "skill group"),
            (4, "IVR"),
        ],
    },
];

impl Numbers {
    /// The type, with its description.
    pub fn declare(&self) -> String {
        let meanings: Vec<String> = self
            .values
            .iter()
            .map(|(number, meaning)| format!("{number} {meaning}"))
            .collect();
        let numbers = self.values.iter().map(|(number, _)| number.to_string());
        let texts = self.values.iter().map(|(number, _)| format!("'{number}'"));
        let all: Vec<String> = numbers.chain(texts).collect();
        format!(
            "/** {}: {}. Platforms and pages say it as a text as well. */\nexport type {} = {};\n",
            self.about,
            meanings.join(", "),
            self.name,
            all.join(" | ")
        )
    }
}

/// All of it.
pub(crate) fn declare() -> Vec<String> {
    NUMBERS.iter().map(Numbers::declare).collect()
}
