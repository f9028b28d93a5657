//! Who works in the sandbox's company: agents, skill groups, the voice menu and the busy types.
//!
//! Everything here is fixed, so that a demo, a test and a written example all speak of the same people.

/// Short name of the only company, as `companyShortName` of a login and `companyId` of an event.
pub const COMPANY: &str = "demo";

/// Password of every agent.
pub const PASSWORD: &str = "123456";

/// SIP domain of all phones. The top-level domain `invalid` never resolves (RFC 2606 section 2).
pub const SIP_DOMAIN: &str = "sandbox.invalid";

/// Busy types that the toolbar offers, comma-separated as the protocol wants them.
pub const BUSY_TYPES: &str = "小休,会议,培训";

/// The voice menu: identifier and name.
pub const IVR: (&str, &str) = ("ivr-main", "主菜单");

/// A skill group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Identifier, e.g. `g-sales`.
    pub id: &'static str,
    /// Name shown to people.
    pub name: &'static str,
    /// Wrap-up: whether the agent's client goes idle by itself after a call, and after how many seconds.
    pub auto_idle: Option<u32>,
    members: &'static [&'static str],
}

impl Group {
    /// The group with this identifier.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        GROUPS.iter().find(|group| group.id == id)
    }

    /// Whether the person with this agent number belongs to the group.
    #[must_use]
    pub fn has(&self, number: &str) -> bool {
        self.members.contains(&number)
    }
}

/// The sales people. They have ten seconds for wrapping up.
pub const SALES: Group = Group {
    id: "g-sales",
    name: "销售组",
    auto_idle: Some(10),
    members: &["1000", "1001", "1002", "1003", "1004", "1005"],
};

/// The support people. They wrap up as long as they like.
pub const SUPPORT: Group = Group {
    id: "g-support",
    name: "客服组",
    auto_idle: None,
    members: &["1000", "1004", "1005", "1006", "1007", "1008", "1009"],
};

/// All skill groups. Where a person belongs to several, the first in this order is the main one.
pub const GROUPS: [Group; 2] = [SALES, SUPPORT];

/// An employee who may log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Agent number, e.g. `1001`.
    pub number: &'static str,
    /// Name shown to people.
    pub name: &'static str,
    /// Whether the person supervises others (`agentType` 1).
    pub supervisor: bool,
}

/// All people of the company, by number.
pub const PEOPLE: [Person; 10] = [
    person("1000", "周主管", true),
    person("1001", "林静", false),
    person("1002", "陈浩", false),
    person("1003", "王芳", false),
    person("1004", "李强", false),
    person("1005", "张敏", false),
    person("1006", "刘洋", false),
    person("1007", "赵磊", false),
    person("1008", "孙悦", false),
    person("1009", "何欣", false),
];

const fn person(number: &'static str, name: &'static str, supervisor: bool) -> Person {
    Person {
        number,
        name,
        supervisor,
    }
}

impl Person {
    /// Identifier used in events, e.g. `id-1001`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("id-{}", self.number)
    }

    /// Account of the desk phone, e.g. `21001`.
    #[must_use]
    pub fn sip_id(&self) -> String {
        format!("2{}", self.number)
    }

    /// Account of the browser phone, e.g. `w21001`.
    #[must_use]
    pub fn webrtc_sip_id(&self) -> String {
        format!("w2{}", self.number)
    }

    /// Password of both phone accounts, e.g. `sip-1001`.
    #[must_use]
    pub fn sip_password(&self) -> String {
        format!("sip-{}", self.number)
    }

    /// The groups of this person, the main one first.
    pub fn groups(&self) -> impl Iterator<Item = &'static Group> {
        let number = self.number;
        GROUPS.iter().filter(move |group| group.has(number))
    }

    /// Seconds after which the client goes idle after a call, from the main group.
    #[must_use]
    pub fn auto_idle(&self) -> Option<u32> {
        self.groups().next().and_then(|group| group.auto_idle)
    }
}
