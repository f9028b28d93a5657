//! What a session starts with.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

/// How the agent talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "u8")]
pub enum LoginType {
    /// A SIP phone.
    #[default]
    SipPhone,
    /// A mobile.
    Mobile,
    /// The page itself.
    Browser,
    /// A SIM module of the platform's.
    SimModule,
}

impl From<LoginType> for u8 {
    fn from(of: LoginType) -> Self {
        of as Self + 1
    }
}

/// Options of a session, as `AgentSdkOptions` of the package: what is `None` stays as it is by default.
///
/// How the toolbar looks and speaks are properties of the component. Functions are given by its property `prepare`.
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// Address of the WebSocket, `ws://…` or `wss://…`.
    pub url: String,
    /// Virtual host of the message service.
    pub host: String,
    /// Account at the message service.
    pub connect_account: String,
    /// Its passcode.
    pub connect_password: Option<String>,
    /// Where answers come, such as `/topic`.
    pub subscribe_path: String,
    /// Short name of the company.
    pub company_short_name: Option<String>,
    /// The agent's number.
    pub agent_number: Option<String>,
    /// The agent's password. Better is none here, and a function `credentials` that `prepare` adds.
    pub agent_password: Option<String>,
    /// How the agent talks.
    pub login_type: LoginType,
    /// ms between an answered heartbeat and the next.
    pub ping_interval: Option<u32>,
    /// ms for the answer to a command.
    pub timeout: Option<u32>,
    /// Failed tries in a row until the agent is told.
    pub max_reconnect: Option<u32>,
    /// Ready by itself after an `After` that came without data.
    pub agent_auto_idle: Option<bool>,
    /// Seconds until then.
    pub agent_auto_idle_time: Option<u32>,
    /// Hide numbers in the toolbar. What handlers are told is never changed.
    pub phone_encryption: Option<bool>,
    /// The browser phone answers every call by itself.
    pub auto_answer: Option<bool>,
    /// Parts to switch off.
    pub features: Features,
    /// Texts to put in place of the toolbar's, by language and key.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Keys of the toolbar.
    pub shortcuts: Option<Shortcuts>,
    /// Whether a call that rings while nobody sees the page is told.
    pub notifications: Option<bool>,
    /// Whether a call that rings is read out by screen readers.
    pub ring_spoken: Option<bool>,
    /// Not ready after so many calls in a row that the agent let ring.
    pub busy_after_missed: Option<u32>,
    /// Seconds that a reason for not being ready may last before the toolbar shows it, by reason.
    pub busy_limits: BTreeMap<String, u32>,
    /// Callers that may wait in a group before the toolbar shows it, by the group's id.
    pub queue_limits: BTreeMap<String, u32>,
    /// Opened when somebody calls: an address with fields such as `{caller}`.
    pub screen_pop: Option<String>,
    /// Name of the window or frame that it is opened in.
    pub screen_pop_target: Option<String>,
    /// Numbers to call from.
    pub caller_ids: Vec<CallerId>,
    /// Tags of a note after a call.
    pub note_tags: Vec<String>,
    /// Whatever else the package takes, by the names that it has there.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// `Some(false)` switches a part off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Features {
    /// Placing calls.
    pub dial: Option<bool>,
    /// Letting the other party wait.
    pub hold: Option<bool>,
    /// Not being heard.
    pub mute: Option<bool>,
    /// Keys during a call.
    pub dtmf: Option<bool>,
    /// Giving a call away.
    pub transfer: Option<bool>,
    /// Asking somebody else during a call.
    pub consult: Option<bool>,
    /// Three in a call.
    pub conference: Option<bool>,
    /// All that only supervisors may do.
    pub supervisor: Option<bool>,
    /// Asking before the page is left during a call.
    pub leave_warning: Option<bool>,
    /// Keeping what happens, for a record.
    pub record: Option<bool>,
    /// Keeping calls and favourites.
    pub history: Option<bool>,
    /// Telling of a call while nobody sees the page.
    pub notifications: Option<bool>,
    /// The supervisor's wall.
    pub wall: Option<bool>,
    /// Keys of the toolbar.
    pub shortcuts: Option<bool>,
    /// Answering by itself.
    pub auto_answer: Option<bool>,
}

/// Keys of the toolbar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shortcuts {
    /// Where they count.
    pub scope: Scope,
    /// Other keys than the usual ones, by the button's name.
    pub keys: BTreeMap<String, String>,
}

/// Where the keys of the toolbar count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// While the focus is in the toolbar.
    #[default]
    Toolbar,
    /// In the whole page.
    Page,
    /// Nowhere.
    Off,
}

/// A number to call from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CallerId {
    /// The number.
    pub number: String,
    /// What it is called.
    pub name: String,
}

impl Options {
    /// As JSON, without what was not given: some of it would count as given if it were empty.
    pub(crate) fn json(&self) -> String {
        let mut all = serde_json::to_value(self).unwrap_or_default();
        drop_absent(&mut all);
        all.to_string()
    }
}

fn drop_absent(value: &mut Value) {
    if let Value::Object(members) = value {
        members.values_mut().for_each(drop_absent);
        members.retain(|_, value| match value {
            Value::Null => false,
            Value::Array(list) => !list.is_empty(),
            Value::Object(members) => !members.is_empty(),
            _ => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: &Options) -> Value {
        serde_json::from_str(&options.json()).expect("JSON")
    }

    #[test]
    fn what_is_not_given_is_not_there() {
        let given = Options {
            url: "ws://127.0.0.1:8088/ws".into(),
            login_type: LoginType::Browser,
            features: Features {
                consult: Some(false),
                ..Features::default()
            },
            texts: BTreeMap::from([(
                "en".to_owned(),
                BTreeMap::from([("READY".to_owned(), "Free".to_owned())]),
            )]),
            ring_spoken: Some(false),
            more: Map::from_iter([("echoNumber".to_owned(), Value::from("9196"))]),
            ..Options::default()
        };
        assert_eq!(
            read(&given),
            serde_json::json!({
                "url": "ws://127.0.0.1:8088/ws", "host": "", "connectAccount": "", "subscribePath": "",
                "loginType": 3, "features": { "consult": false }, "echoNumber": "9196",
                "texts": { "en": { "READY": "Free" } }, "ringSpoken": false,
            })
        );
    }

    #[test]
    fn every_name_is_one_of_the_package() {
        let types = include_str!("../../../pkg-config/index.d.ts");
        let names = serde_json::to_value(Options::default()).expect("JSON");
        let features = names.get("features").cloned().unwrap_or_default();
        for of in [names, features] {
            for name in of.as_object().expect("an object").keys() {
                let declared = [": ", "?: "].map(|colon| format!("\n  {name}{colon}"));
                assert!(declared.iter().any(|line| types.contains(line)), "{name}");
            }
        }
    }
}
