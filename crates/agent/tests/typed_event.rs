//! Events with any members in any order: known ones are typed, unknown ones are kept.

use agent::EventName;
use agent::backend::vcall;
use agent::event::{Data, Incoming};
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        (-1e6f64..1e6).prop_map(Json::from),
        "[a-z0-9\"\\\\\n中]{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..4)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// Members of `data`: known and unknown ones, in any order.
fn data() -> impl Strategy<Value = Map<String, Json>> {
    let name = prop_oneof![
        prop::sample::select(Data::KEYS.to_vec()).prop_map(str::to_owned),
        "x[a-z\"\\\\\n中]{0,6}",
    ];
    prop::collection::vec((name, json()), 0..24)
        .prop_map(|members| members.into_iter().collect::<Map<String, Json>>())
}

/// The members of an event, in any order.
fn members() -> impl Strategy<Value = Map<String, Json>> {
    let unknown = prop::collection::vec(("x[a-z\"\\\\]{0,6}", json()), 0..4);
    let more = (any::<i32>(), 0..i64::MAX, json(), json(), json());
    (data(), unknown, more)
        .prop_flat_map(
            |(data, unknown, (sequence, time, userdata, ivr_param, agent_number))| {
                let mut members: Vec<(String, Json)> = unknown;
                for (name, value) in [
                    ("type", Json::from("event")),
                    ("event", Json::from("Conversation")),
                    ("nowState", Json::from("Mute")),
                    ("eventTime", Json::from(time)),
                    ("sequence", Json::from(sequence)),
                    ("userdata", userdata),
                    ("ivrParam", ivr_param),
                    ("agentNumber", agent_number),
                    ("data", Json::Object(data)),
                ] {
                    members.push((name.to_owned(), value));
                }
                Just(members).prop_shuffle()
            },
        )
        .prop_map(|members| members.into_iter().collect::<Map<String, Json>>())
}

fn parsed(raw: &str) -> Json {
    serde_json::from_str(raw).expect("a value is JSON")
}

proptest! {
    #[test]
    fn every_member_is_what_serde_json_sees(members in members()) {
        let written = Json::Object(members);
        for body in [written.to_string(), format!("{written:#}")] {
            let event = parsed(&body);
            let read = match vcall::read(&body) {
                Ok(Incoming::Event(read)) => read,
                other => return Err(TestCaseError::fail(format!("no event: {other:?} of {body}"))),
            };
            prop_assert_eq!(&*read.name, "Conversation");
            prop_assert_eq!(read.known, Some(EventName::Conversation));
            prop_assert_eq!(read.now_state.as_deref(), Some("Mute"));
            prop_assert_eq!(read.event_time, event["eventTime"].as_i64());
            prop_assert_eq!(Some(read.sequence), event["sequence"].as_i64());
            prop_assert_eq!(&parsed(read.userdata.raw()), &event["userdata"]);
            prop_assert_eq!(&parsed(read.ivr_param.raw()), &event["ivrParam"]);
            prop_assert_eq!(&parsed(read.agent_number.raw()), &event["agentNumber"]);
            prop_assert!(read.has_data);

            let mut seen = Map::new();
            for (name, value) in read.data.known() {
                prop_assert!(Data::KEYS.contains(&name));
                seen.insert(name.to_owned(), parsed(value.raw()));
            }
            for (name, value) in &read.data.unknown {
                let name = name.text().unwrap_or_default().into_owned();
                prop_assert!(!Data::KEYS.contains(&name.as_str()));
                seen.insert(name, parsed(value.raw()));
            }
            prop_assert_eq!(&Json::Object(seen), &event["data"]);
        }
    }
}

#[test]
fn every_key_has_its_own_field() {
    for key in Data::KEYS {
        let body = format!(r#"{{"type":"event","event":"X","data":{{"{key}":42}}}}"#);
        let Ok(Incoming::Event(event)) = vcall::read(&body) else {
            panic!("no event: {body}")
        };
        let known: Vec<(&str, Option<i64>)> =
            event.data.known().map(|(k, v)| (k, v.number())).collect();
        assert_eq!(known, [(*key, Some(42))]);
        assert!(event.data.unknown.is_empty());
    }
}

#[test]
fn of_two_members_of_a_name_the_last_counts() {
    let body = r#"{"type":"event","event":"Idle","event":"Busy","data":{"caller":"1"},"data":{"called":"2","called":"3"}}"#;
    let Ok(Incoming::Event(event)) = vcall::read(body) else {
        panic!("no event")
    };
    assert_eq!(event.known, Some(EventName::Busy));
    assert!(event.data.caller.is_none());
    assert_eq!(event.data.called.text().as_deref(), Some("3"));
}
