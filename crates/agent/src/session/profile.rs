//! What the platform said of the agent when they logged in.

use crate::backend::vcall;
use crate::config::Secret;
use crate::event::Data;
use crate::json::Value;

/// What the platform said of the agent when they logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// A supervisor.
    pub supervisor: bool,
    /// Reasons for not being ready.
    pub busy_types: Vec<String>,
    /// May place calls.
    pub may_call: bool,
    /// The platform is to be asked again and again how many callers wait.
    pub queue_counter: bool,
    /// The agent's skill groups.
    pub groups: Vec<Group>,
    /// IVRs that a call can be transferred to.
    pub ivrs: Vec<Group>,
    /// What a browser phone needs to register.
    pub phone: PhoneProfile,
}

/// A skill group or an IVR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its name; empty where the platform gives none.
    pub name: String,
    /// The agent's main group.
    pub main: bool,
}

/// What a browser phone needs to register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneProfile {
    /// Host of the SIP socket.
    pub host: String,
    /// Its whole address; empty where the platform gives none.
    pub url: String,
    /// SIP domain.
    pub domain: String,
    /// SIP user.
    pub account: String,
    /// SIP password.
    pub password: Secret,
}

impl Default for Profile {
    fn default() -> Self {
        Profile {
            supervisor: false,
            busy_types: Vec::new(),
            may_call: true,
            queue_counter: false,
            groups: Vec::new(),
            ivrs: Vec::new(),
            phone: PhoneProfile::default(),
        }
    }
}

impl Profile {
    pub(super) fn read(data: &Data<'_>) -> Self {
        let text = |value: Value<'_>, other: Value<'_>| {
            value
                .text()
                .filter(|t| !t.is_empty())
                .or_else(|| other.text())
                .unwrap_or_default()
                .into_owned()
        };
        // The ids' order counts: the first is the one that is watched where no other is named.
        let mut named = list(data.group_info_list);
        let ids = data.group_id_list.items().filter_map(Value::text);
        let mut groups: Vec<Group> = ids
            .map(|id| match named.iter().position(|g| g.id == id) {
                Some(at) => named.remove(at),
                None => Group {
                    id: id.into_owned(),
                    name: String::new(),
                    main: false,
                },
            })
            .collect();
        groups.append(&mut named);
        Profile {
            supervisor: data.agent_type.number() == Some(1),
            busy_types: vcall::busy_types(&data.busy_type.text().unwrap_or_default()),
            may_call: data.agent_make_call.number() != Some(0),
            queue_counter: data.queue_num.number() != Some(0),
            groups,
            ivrs: list(data.ivr_list),
            phone: PhoneProfile {
                host: text(data.register_sip_ip, Value::default()),
                url: text(data.register_sip_url, Value::default()),
                domain: text(data.webrtc_domain, data.domain),
                account: text(data.webrtc_sip_id, data.sip_id),
                password: text(data.webrtc_sip_password, data.sip_password).into(),
            },
        }
    }
}

fn list(of: Value<'_>) -> Vec<Group> {
    of.items()
        .map(|item| Group {
            id: item.get("id").string(),
            name: item.get("name").string(),
            main: matches!(item.get("isMaster").text().as_deref(), Some("true" | "1")),
        })
        .collect()
}
