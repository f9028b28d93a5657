//! Every command on the wire: its members, their order, and the way back from what was written.

mod world;

use agent::backend::vcall;
use agent::command::{MakeCall, Supervise};
use agent::json::{Value, quote};
use agent::{Command, Credentials, Secret};
use proptest::prelude::*;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use world::commands::every_command;
use world::{ROUTING_KEY, config};

/// The number of every command here.
const SEQUENCE: i64 = 1_795_308_103_214;

fn body(command: &Command) -> String {
    let credentials = config().credentials;
    vcall::write(command, SEQUENCE, &credentials, ROUTING_KEY, None)
}

/// What a request's members say again.
fn read_back(body: &str) -> Command {
    let members = Value::parse(body).expect("JSON");
    let request = members.get("request").text().expect("a request has a name");
    Command::read(&request, members)
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(&mut json, text);
    json
}

fn call(called: &str, called_type: &str) -> MakeCall {
    MakeCall {
        called_type: called_type.into(),
        ..MakeCall::outside(called.into())
    }
}

fn transfer(target: &str, target_type: &str, mode: &str) -> Command {
    Command::TransferCall {
        target: target.into(),
        target_type: target_type.into(),
        mode: mode.into(),
    }
}

fn consult(target: &str, target_type: Option<&str>) -> Command {
    Command::ConsultCall {
        target: target.into(),
        target_type: target_type.map(str::to_owned),
    }
}

fn members(members: &[(&str, &str)]) -> Vec<(String, String)> {
    let members = members.iter();
    members
        .map(|(name, json)| ((*name).to_owned(), (*json).to_owned()))
        .collect()
}

/// Each command with its members as they stand on the wire, after request and sequence.
fn written() -> Vec<(Command, &'static str)> {
    let full = MakeCall {
        caller: Some("02100".into()),
        call_id: Some("cid-1".into()),
        contact_id: Some("contact-1".into()),
        ..call("1002", "1")
    };
    let busy = |busy_type: Option<&str>| Command::Busy {
        busy_type: busy_type.map(str::to_owned),
    };
    let filter = [
        ("groupId", "\"g9\""),
        ("agentNumber", "\"1002\""),
        ("callDirection", "0"),
        ("agentName", "\"\""),
    ];
    let mut all = vec![
        (
            Command::Login,
            r#","agentNumber":"1001","password":"secret","companyShortName":"demo","loginType":1,"routingKey":"6ceca7e5-81b2-4146-89c2-e59a69a92f15""#,
        ),
        (Command::Reconnect, ""),
        (Command::Logout, ""),
        (Command::Heartbeat, ""),
        (Command::Idle, ""),
        (busy(None), ""),
        (busy(Some("小休")), r#","busyType":"小休""#),
        (busy(Some("")), r#","busyType":"""#),
        (
            Command::MakeCall(call("13800138000", "2")),
            r#","called":"13800138000","calledType":2"#,
        ),
        (
            Command::MakeCall(full),
            r#","called":"1002","calledType":1,"callId":"cid-1","contactId":"contact-1","caller":"02100""#,
        ),
        (Command::CancelCall, ""),
        (Command::Hold, ""),
        (Command::UnHold, ""),
        (Command::Mute, ""),
        (Command::Unmute, ""),
        (
            transfer("13800138000", "2", "1"),
            r#","transferType":2,"transferId":"13800138000","transferMode":1"#,
        ),
        (
            transfer("g1", "\"3\"", "\"0\""),
            r#","transferType":"3","transferId":"g1","transferMode":"0""#,
        ),
        (Command::TransferCancel, ""),
        (
            consult("1002", Some("1")),
            r#","consultType":1,"consultId":"1002""#,
        ),
        (consult("1002", None), r#","consultId":"1002""#),
        (Command::ConsultCancel, ""),
        (Command::ConsultTransfer, ""),
        (Command::TripartiteTalk, ""),
        (Command::SendDtmf { digits: "5".into() }, r#","dtmf":"5""#),
        (Command::Surveillance { filter: Vec::new() }, ""),
        (
            Command::Surveillance {
                filter: members(&filter),
            },
            r#","groupId":"g9","agentNumber":"1002","callDirection":0,"agentName":"""#,
        ),
        (Command::GroupInfo, ""),
        (
            Command::IdleAgent {
                group_id: "g1".into(),
            },
            r#","groupId":"g1""#,
        ),
        (Command::GroupQueueNum, ""),
        (
            Command::Other {
                request: "anything".into(),
                members: members(&[("b", "[1,{}]"), ("a", "null"), ("b\"", "-0.5e3")]),
            },
            r#","b":[1,{}],"a":null,"b\"":-0.5e3"#,
        ),
        (
            Command::Other {
                request: "".into(),
                members: Vec::new(),
            },
            "",
        ),
    ];
    for what in Supervise::ALL {
        let command = Command::Supervise(*what, "1002".into());
        all.push((command, r#","beAgentNumber":"1002""#));
    }
    all
}

#[test]
fn the_members_of_every_request_stand_in_the_protocols_order() {
    for (command, members) in written() {
        let request = quoted(command.request());
        let expected = format!("{{\"request\":{request},\"sequence\":{SEQUENCE}{members}}}");
        assert_eq!(body(&command), expected);
    }
}

#[test]
fn every_kind_of_command_is_among_them() {
    let names = |commands: Vec<Command>| -> BTreeSet<String> {
        let names = commands.iter().map(|c| c.request().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    let written = written().into_iter().map(|(command, _)| command).collect();
    assert_eq!(names(written), names(every_command()));
}

#[test]
fn requests_have_the_protocols_names() {
    let names: BTreeSet<String> = every_command()
        .iter()
        .map(|command| command.request().to_owned())
        .collect();
    let expected = [
        "login",
        "reconnect",
        "logout",
        "heartbeat",
        "idle",
        "busy",
        "makeCall",
        "cancelCall",
        "hold",
        "unHold",
        "mute",
        "unmute",
        "transferCall",
        "transferCancel",
        "consultCall",
        "consultCancel",
        "consultTransfer",
        "tripartiteTalk",
        "surveillance",
        "forceIdle",
        "forceBusy",
        "forceLogout",
        "listen",
        "whisper",
        "forceBreak",
        "forceInsert",
        "intercept",
        "groupInfo",
        "idleAgent",
        "groupQueueNum",
        "sendDTMF",
        "anything",
    ];
    assert_eq!(names, BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn every_command_is_read_back_from_what_was_written() {
    for (command, _) in written() {
        assert_eq!(read_back(&body(&command)), command);
    }
}

#[test]
fn only_a_login_and_a_reconnect_go_out_without_a_token() {
    for command in every_command() {
        let free = matches!(command, Command::Login | Command::Reconnect);
        assert_eq!(command.needs_login(), !free, "{command:?}");
    }
}

#[test]
fn what_a_page_leaves_out_has_the_originals_default() {
    let read =
        |request: &str, members: &str| Command::read(request, Value::parse(members).expect("JSON"));
    assert_eq!(
        read("makeCall", r#"{"called":"138"}"#),
        Command::MakeCall(MakeCall::outside("138".into()))
    );
    assert_eq!(
        read("transferCall", r#"{"transferId":"138"}"#),
        transfer("138", "2", "1")
    );
    assert_eq!(
        read("consultCall", r#"{"consultId":"1002"}"#),
        consult("1002", None)
    );
    for nothing in ["{}", "null", "[]", "1", "\"text\""] {
        assert_eq!(read("busy", nothing), Command::Busy { busy_type: None });
        assert_eq!(
            read("makeCall", nothing),
            Command::MakeCall(MakeCall::outside(String::new()))
        );
        assert_eq!(
            read("listen", nothing),
            Command::Supervise(Supervise::Listen, String::new())
        );
        assert_eq!(
            read("new", nothing),
            Command::Other {
                request: "new".into(),
                members: Vec::new()
            }
        );
    }
}

#[test]
fn a_page_may_give_numbers_for_texts_and_texts_for_numbers() {
    let members =
        r#"{"called":13800138000,"calledType":"1","caller":2100,"callId":7,"contactId":true}"#;
    let read = Command::read("makeCall", Value::parse(members).expect("JSON"));
    let expected = MakeCall {
        called: "13800138000".into(),
        called_type: "\"1\"".into(),
        caller: Some("2100".into()),
        call_id: Some("7".into()),
        contact_id: Some("true".into()),
    };
    assert_eq!(read, Command::MakeCall(expected));
}

#[test]
fn the_name_of_a_request_counts_letter_by_letter() {
    for name in ["Login", "unMute", "UnHold", "senddtmf", " idle", "listen "] {
        let read = Command::read(name, Value::default());
        let expected = Command::Other {
            request: name.into(),
            members: Vec::new(),
        };
        assert_eq!(read, expected);
    }
}

// ── any texts ────────────────────────────────────────────────────────────────────────────────────────────────────

fn text() -> impl Strategy<Value = String> {
    let odd = vec![
        '"', '\\', '/', '\u{8}', '\u{c}', '\n', '\r', '\t', '\0', '\u{1f}', '\u{7f}', '中', '😀',
        ',', ':', '{', '}', '[', ']', '\u{2028}', '\u{feff}', '0',
    ];
    let joined = |chars: Vec<char>| chars.into_iter().collect::<String>();
    prop_oneof![
        "[a-zA-Z0-9]{0,8}",
        prop::collection::vec(any::<char>(), 0..8).prop_map(joined),
        prop::collection::vec(prop::sample::select(odd), 0..8).prop_map(joined),
    ]
}

/// JSON of a number or of a string, as pages give types and modes.
fn number_or_string() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        (-1e6f64..1e6).prop_map(|n| Json::from(n).to_string()),
        text().prop_map(|t| quoted(&t)),
    ]
}

/// Any JSON.
fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        number_or_string(),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((text(), inner), 0..4).prop_map(|members| {
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|(name, json)| format!("{}:{json}", quoted(name)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// Members with any names but the two that every request has.
fn any_members() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = text().prop_filter("every request has it", |name| {
        name != "request" && name != "sequence"
    });
    prop::collection::vec((name, json()), 0..6)
}

fn any_command() -> impl Strategy<Value = Command> {
    let maybe = || prop::option::of(text());
    let bare: Vec<Command> = every_command()
        .into_iter()
        .filter(|command| *command == Command::read(command.request(), Value::default()))
        .collect();
    let known: Vec<String> = every_command()
        .iter()
        .map(|command| command.request().to_owned())
        .collect();
    let other = text().prop_filter("it has a name of ours", move |name| !known.contains(name));
    prop_oneof![
        prop::sample::select(bare),
        maybe().prop_map(|busy_type| Command::Busy { busy_type }),
        (text(), number_or_string(), maybe(), maybe(), maybe()).prop_map(
            |(called, called_type, caller, call_id, contact_id)| {
                Command::MakeCall(MakeCall {
                    called,
                    called_type,
                    caller,
                    call_id,
                    contact_id,
                })
            }
        ),
        (text(), number_or_string(), number_or_string()).prop_map(|(target, target_type, mode)| {
            Command::TransferCall {
                target,
                target_type,
                mode,
            }
        }),
        (text(), prop::option::of(number_or_string())).prop_map(|(target, target_type)| {
            Command::ConsultCall {
                target,
                target_type,
            }
        }),
        text().prop_map(|digits| Command::SendDtmf { digits }),
        any_members().prop_map(|filter| Command::Surveillance { filter }),
        (prop::sample::select(Supervise::ALL.to_vec()), text())
            .prop_map(|(what, agent)| Command::Supervise(what, agent)),
        text().prop_map(|group_id| Command::IdleAgent { group_id }),
        (other, any_members()).prop_map(|(request, members)| Command::Other { request, members }),
    ]
}

proptest! {
    #[test]
    fn any_command_is_json_and_is_read_back(command in any_command()) {
        let body = body(&command);
        let json: Json = serde_json::from_str(&body).expect("a body is JSON");
        prop_assert_eq!(json["request"].as_str(), Some(command.request()));
        prop_assert_eq!(json["sequence"].as_i64(), Some(SEQUENCE));
        prop_assert_eq!(read_back(&body), command);
    }

    #[test]
    fn userdata_comes_last_and_changes_nothing_else(command in any_command(), userdata in text()) {
        let plain = body(&command);
        let with = vcall::write(&command, SEQUENCE, &config().credentials, ROUTING_KEY, Some(&userdata));
        if command == Command::Heartbeat {
            prop_assert_eq!(with, plain);
        } else {
            let open = plain.strip_suffix('}').expect("an object");
            prop_assert_eq!(with, format!("{open},\"userdata\":{}}}", quoted(&userdata)));
        }
    }

    #[test]
    fn any_credentials_make_a_login_that_is_json(
        agent_number in text(),
        password in text(),
        company in text(),
        login_type in number_or_string(),
        routing_key in text(),
    ) {
        let credentials = Credentials {
            company: company.clone(),
            agent_number: agent_number.clone(),
            password: Secret::from(password.clone()),
            login_type: login_type.clone(),
        };
        let body = vcall::write(&Command::Login, SEQUENCE, &credentials, &routing_key, None);
        let json: Json = serde_json::from_str(&body).expect("a body is JSON");
        let texts = [
            ("agentNumber", agent_number),
            ("password", password),
            ("companyShortName", company),
            ("routingKey", routing_key),
        ];
        for (name, text) in texts {
            prop_assert_eq!(json[name].as_str(), Some(text.as_str()));
        }
        let members = Value::parse(&body).expect("JSON");
        prop_assert_eq!(members.get("loginType").raw(), login_type);
        prop_assert_eq!(read_back(&body), Command::Login);
    }

    #[test]
    fn any_request_with_any_members_is_some_command(request in text(), members in json()) {
        let read = Command::read(&request, Value::parse(&members).expect("JSON"));
        prop_assert_eq!(read.request(), request);
    }
}
