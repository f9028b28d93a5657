//! The ladder of a call: what went over the link and when, for people who look for a fault, and without secrets.

mod agent_world;

use agent_world::{Asks, PASSWORD, Peer, Phone, Solo, World, sdp, some, two};
use serde_json::Value;
use sip::Name;
use sip::agent::{CallKey, Command};
use sip::auth::Algorithm;

const SECOND: u64 = 1_000;

fn entries(phone: &Phone, call: CallKey) -> Vec<Value> {
    let text = phone.agent.trace(call).expect("a trace");
    let parsed: Value =
        serde_json::from_str(&text).unwrap_or_else(|wrong| panic!("{wrong}: {text}"));
    parsed.as_array().expect("an array").clone()
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name}: {entry}"))
}

/// `> INVITE`, `< 200`, `note`.
fn ladder(phone: &Phone, call: CallKey) -> Vec<String> {
    let all = entries(phone, call);
    let rungs = all.iter().map(|entry| {
        let arrow = match text(entry, "way") {
            "sent" => ">",
            "received" => "<",
            "note" => return "note".to_owned(),
            other => panic!("{other}"),
        };
        let line = text(entry, "line");
        let what = match line.strip_prefix("SIP/2.0 ") {
            Some(answer) => &answer[..3],
            None => line.split(' ').next().expect("a method"),
        };
        format!("{arrow} {what}")
    });
    rungs.collect()
}

#[test]
fn a_trace_is_the_ladder_of_its_call() {
    let mut world = two();
    let began = world.now;
    let (ours, theirs) = world.ring(0, 1);
    world.answer(1, theirs);
    world.run(SECOND);
    world.hold(0, ours, true);
    world.run(SECOND);
    world.order(0, Command::Hangup { call: ours });
    world.run(SECOND);
    let said = |ladder: Vec<String>| -> Vec<String> {
        let said = ladder.into_iter().filter(|rung| !rung.ends_with(" 100"));
        said.collect()
    };
    assert_eq!(
        said(ladder(&world.phones[0], ours)),
        [
            "> INVITE", "< 407", "> ACK", "> INVITE", "< 180", "< 200", "> ACK", "> INVITE",
            "< 200", "> ACK", "> BYE", "< 200"
        ]
    );
    assert_eq!(
        said(ladder(&world.phones[1], theirs)),
        [
            "< INVITE", "> 180", "> 200", "< ACK", "< INVITE", "> 200", "< ACK", "< BYE", "> 200"
        ]
    );
    let all = entries(&world.phones[0], ours);
    let times: Vec<u64> = all
        .iter()
        .map(|entry| entry["at"].as_u64().expect("a time"))
        .collect();
    assert_eq!(times[0], began);
    assert!(times.is_sorted());
    assert!(times.iter().all(|at| *at <= world.now));
}

#[test]
fn an_entry_says_what_one_looks_for() {
    let mut world = two();
    let (ours, _) = world.talk(0, 1);
    world.hold(0, ours, true);
    world.run(SECOND);
    let hold = world.phones[0].last("INVITE");
    let all = entries(&world.phones[0], ours);
    let entry = all
        .iter()
        .rfind(|entry| text(entry, "line").starts_with("INVITE"));
    let entry = entry.expect("the hold");
    assert_eq!(entry["at"], hold.at);
    assert_eq!(text(entry, "cseq"), hold.header(Name::CSeq));
    assert_eq!(text(entry, "direction"), "sendonly");
    assert_eq!(
        text(entry, "ufrag"),
        sip::sdp::ufrag(hold.body()).expect("ICE")
    );
    let answer = all.iter().rfind(|entry| entry["status"] == 200);
    let answer = answer.expect("its answer");
    assert_eq!(text(answer, "way"), "received");
    assert_eq!(text(answer, "direction"), "recvonly");
    assert!(text(answer, "line").starts_with("SIP/2.0 200"));
}

/// Every proof that a phone sent.
fn proofs(phone: &Phone) -> Vec<String> {
    let values = phone.sent.iter().flat_map(|sent| {
        [
            sent.header(Name::Authorization),
            sent.header(Name::ProxyAuthorization),
        ]
    });
    let proofs = values.filter_map(|value| {
        let (_, rest) = value.split_once("response=\"")?;
        Some(rest.split('"').next()?.to_owned())
    });
    proofs.collect()
}

#[test]
fn no_trace_holds_a_proof_a_password_or_an_ice_password() {
    for algorithm in [Algorithm::Md5, Algorithm::Sha256] {
        let mut world = World::new(2, &|_| {});
        world.proxy.ask_for(&[algorithm]);
        world.proxy.asks = Asks::All;
        for who in 0..2 {
            world.order(who, Command::Register);
        }
        world.run(SECOND);
        let (ours, theirs) = world.ring(0, 1);
        world.answer(1, theirs);
        world.run(SECOND);
        for (who, call) in [(0, ours), (1, theirs)] {
            let phone = &world.phones[who];
            let proofs = proofs(phone);
            assert!(!proofs.is_empty());
            for key in [CallKey(0), call] {
                let trace = phone.agent.trace(key).expect("a trace");
                assert!(!trace.contains(PASSWORD));
                assert!(!trace.contains("hush"), "{trace}");
                assert!(proofs.iter().all(|proof| !trace.contains(proof)), "{trace}");
                assert!(!trace.contains("response="), "{trace}");
            }
        }
        // That there was a proof is seen all the same, and nothing else is missing.
        let registrations = world.phones[0].agent.trace(CallKey(0)).expect("a trace");
        assert!(registrations.contains("Authorization: *"));
        let all = entries(&world.phones[0], ours);
        let sent = &world.phones[0].last("INVITE").text;
        let shown = all
            .iter()
            .rfind(|entry| text(entry, "line").starts_with("INVITE"));
        let shown = text(shown.expect("an INVITE"), "text");
        assert_eq!(
            shown.len(),
            sent.len(),
            "the length that a header names is true"
        );
        for (shown, sent) in shown.lines().zip(sent.lines()) {
            let secret = sent.starts_with("Proxy-Authorization") || sent.starts_with("a=ice-pwd");
            assert_eq!(shown == sent, !secret, "{shown}");
        }
    }
}

#[test]
fn registration_and_signs_of_life_have_a_trace_of_their_own() {
    let mut world = World::new(1, &|_| {});
    world.order(0, Command::Register);
    world.run(60 * SECOND);
    let ladder = ladder(&world.phones[0], CallKey(0));
    assert_eq!(ladder[..4], ["> REGISTER", "< 401", "> REGISTER", "< 200"]);
    assert!(ladder.contains(&"> OPTIONS".to_owned()));
}

#[test]
fn what_cannot_be_read_is_noted() {
    let mut solo = Solo::new();
    let before = entries(&solo.phone, CallKey(0)).len();
    solo.receive("GARBAGE \"with quotes\" and \\ and \u{1}\r\n\r\n");
    solo.receive_bytes(&[0xff, 0xfe, 0x00, 0x80]);
    assert!(entries(&solo.phone, CallKey(0)).len() > before);
}

#[test]
fn any_text_and_any_bytes_make_good_json() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let odd = "quotes \" backslash \\ tab \t bell \u{7} line \r\n nul \0 音 😀 \u{2028} </script>";
    solo.order(Command::Note {
        call,
        text: odd.into(),
    });
    let note = entries(&solo.phone, call).pop().expect("a note");
    assert_eq!(text(&note, "way"), "note");
    assert_eq!(text(&note, "line"), odd);
    let info = peer.request("INFO", &[], Some(("application/octets", odd)));
    solo.receive(&info);
    let shown = entries(&solo.phone, call);
    assert!(shown.iter().any(|entry| entry["text"] == info.as_str()));
    let marked = peer.request("INFO", &[], Some(("application/octets", "@@@@")));
    let mut bytes = marked.into_bytes();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&[0xff, 0xc3, 0x28, 0x00]);
    solo.receive_bytes(&bytes);
    assert!(entries(&solo.phone, call).len() > shown.len());
}

#[test]
fn a_note_stands_where_it_was_made() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    let note = |text: &str| Command::Note {
        call,
        text: text.into(),
    };
    solo.order(note("gathering begins"));
    solo.run(300);
    solo.order(note("gathering ends"));
    solo.order(Command::Reoffer { call });
    let ladder = ladder(&solo.phone, call);
    assert_eq!(ladder[ladder.len() - 3..], ["note", "note", "> INVITE"]);
    let all = entries(&solo.phone, call);
    let at = |back: usize| all[all.len() - back]["at"].as_u64().expect("a time");
    assert_eq!(at(2) - at(3), 300);
}

#[test]
fn each_call_has_a_trace_of_its_own() {
    let mut world = some(3);
    let (first, _) = world.talk(0, 1);
    let (_, second) = world.talk(2, 0);
    let (one, other) = (
        world.phones[0].agent.trace(first).expect("a trace"),
        world.phones[0].agent.trace(second).expect("a trace"),
    );
    let id = |call: CallKey| {
        let call = world.phones[0].agent.call(call).expect("a call");
        call.call_id().to_owned()
    };
    assert!(one.contains(&id(first)) && !one.contains(&id(second)));
    assert!(other.contains(&id(second)) && !other.contains(&id(first)));
    assert_eq!(world.phones[0].agent.trace(CallKey(77)), None);
}

#[test]
fn the_trace_of_a_call_that_is_over_stays_until_others_take_its_place() {
    let mut world = two();
    let mut calls = Vec::new();
    for _ in 0..20 {
        let (ours, _) = world.talk(0, 1);
        world.order(0, Command::Hangup { call: ours });
        world.run(SECOND);
        calls.push(ours);
    }
    let kept = calls
        .iter()
        .filter(|call| world.phones[0].agent.trace(**call).is_some());
    let kept: Vec<CallKey> = kept.copied().collect();
    assert!((1..20).contains(&kept.len()), "{kept:?}");
    assert_eq!(kept, calls[20 - kept.len()..], "the last ones");
    assert_eq!(
        ladder(&world.phones[0], calls[19]).last(),
        Some(&"< 200".to_owned())
    );
}

#[test]
fn a_call_that_goes_on_keeps_its_trace_whatever_else_ends() {
    let mut world = some(3);
    let (long, _) = world.talk(0, 1);
    for _ in 0..20 {
        let (_, short) = world.talk(2, 0);
        world.order(0, Command::Hangup { call: short });
        world.run(SECOND);
    }
    assert!(ladder(&world.phones[0], long).contains(&"> INVITE".to_owned()));
}

#[test]
fn a_long_call_keeps_its_last_entries() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    for _ in 0..500 {
        let info = peer.request("INFO", &[], Some(("application/dtmf", "1")));
        solo.receive(&info);
    }
    let all = entries(&solo.phone, call);
    assert!((100..=200).contains(&all.len()), "{}", all.len());
    let last = format!("{} INFO", peer.cseq);
    assert_eq!(text(&all[all.len() - 1], "cseq"), last);
}

#[test]
fn a_refused_stranger_leaves_no_call_behind() {
    let mut solo = Solo::new();
    let mut stranger = Peer::another(&solo.contact, "stranger");
    let offer = sdp("x", 1, "sendrecv");
    let body = Some(("application/sdp", offer.as_str()));
    let invite = stranger.request("INVITE", &[("Require", "telepathy")], body);
    solo.receive(&invite);
    assert_eq!(solo.phone.agent.trace(CallKey(1)), None);
    assert_eq!(solo.phone.agent.calls().count(), 0);
}
