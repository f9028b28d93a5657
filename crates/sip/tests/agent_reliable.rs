//! Provisional answers that are confirmed (RFC 3262), as the one who calls and as the one who is called.

mod agent_world;

use agent_world::{Peer, Solo, World, sdp};
use sip::Name;
use sip::agent::{CallKey, Command, Config, End, Event};

const SECOND: u64 = 1_000;

fn reliable() -> Solo {
    Solo::with(&|config: &mut Config| config.reliable = true)
}

/// Headers of a reliable provisional answer.
fn numbered(number: &str) -> [(&'static str, &str); 2] {
    [("Require", "100rel"), ("RSeq", number)]
}

fn progress(solo: &Solo, call: CallKey) -> usize {
    let told = solo.phone.told().into_iter();
    told.filter(
        |event| matches!(event, Event::Progress { call: of, status: 180..=183, .. } if *of == call),
    )
    .count()
}

/// A peer that calls and requires reliable answers; its call rings here.
fn rings(solo: &mut Solo, headers: &[(&str, &str)]) -> (CallKey, Peer) {
    let mut peer = Peer::caller(&solo.contact);
    let offer = sdp("bob", 1, "sendrecv");
    let invite = peer.request("INVITE", headers, Some(("application/sdp", offer.as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    solo.order(Command::Ring { call });
    peer.learn(&solo.phone.last("180 INVITE"));
    (call, peer)
}

// ── we call ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_offers_it_says_so_and_who_does_not_does_not() {
    let (_, invite) = reliable().dial();
    assert!(invite.names(Name::Supported, "100rel"));
    assert!(!invite.names(Name::Require, "100rel"));
    let (_, invite) = Solo::new().dial();
    assert!(!invite.names(Name::Supported, "100rel"));
}

#[test]
fn a_reliable_answer_is_confirmed_in_its_early_dialog() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    let mut headers = numbered("4711").to_vec();
    headers.push(("Record-Route", "<sip:far.example.com;lr>"));
    headers.push(("Record-Route", "<sip:near.example.com;lr>"));
    solo.receive(&peer.answer(&invite, 180, &headers, None));
    let prack = solo.phone.last("PRACK");
    let rack = format!("4711 {} INVITE", invite.number());
    assert_eq!(prack.header(Name::RAck), rack);
    assert_eq!(prack.number(), invite.number() + 1);
    assert_eq!(prack.uri(), peer.contact);
    assert_eq!(prack.tag(Name::To), "b1");
    assert_eq!(prack.header(Name::CallId), invite.header(Name::CallId));
    assert_eq!(
        prack.values(Name::Route),
        ["<sip:near.example.com;lr>", "<sip:far.example.com;lr>"]
    );
    assert_eq!(progress(&solo, call), 1);
    solo.receive(&peer.answer(&prack, 200, &[], None));
    solo.receive(&peer.answer(&invite, 200, &[], Some(&sdp("bob", 1, "sendrecv"))));
    solo.order(Command::Hangup { call });
    let bye = solo.phone.last("BYE");
    assert_eq!(bye.number(), prack.number() + 1);
}

#[test]
fn what_is_not_reliable_is_not_confirmed() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    solo.receive(&peer.answer(&invite, 180, &[], None));
    solo.receive(&peer.answer(&invite, 183, &[("RSeq", "3")], None));
    assert_eq!(solo.phone.labels(), ["INVITE"]);
    assert_eq!(progress(&solo, call), 2);
}

#[test]
fn the_same_answer_again_means_nothing() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    for _ in 0..3 {
        solo.receive(&peer.answer(&invite, 180, &numbered("9"), None));
    }
    assert_eq!(solo.phone.all("PRACK").len(), 1);
    assert_eq!(progress(&solo, call), 1);
}

#[test]
fn an_answer_before_its_turn_is_left_until_it_comes_again() {
    let mut solo = reliable();
    let (_, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    for number in ["20", "22", "21", "22"] {
        solo.receive(&peer.answer(&invite, 183, &numbered(number), None));
    }
    let confirmed: Vec<String> = solo
        .phone
        .all("PRACK")
        .iter()
        .map(|prack| prack.header(Name::RAck))
        .collect();
    let wanted = ["20", "21", "22"].map(|number| format!("{number} {} INVITE", invite.number()));
    assert_eq!(confirmed, wanted);
    let numbers: Vec<u32> = solo
        .phone
        .all("PRACK")
        .iter()
        .map(|one| one.number())
        .collect();
    let first = invite.number() + 1;
    assert_eq!(numbers, [first, first + 1, first + 2]);
}

#[test]
fn each_branch_counts_for_itself() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    for (tag, number) in [
        ("desk", "7"),
        ("mobile", "3"),
        ("desk", "8"),
        ("mobile", "4"),
    ] {
        let peer = Peer::callee(&invite, tag);
        solo.receive(&peer.answer(&invite, 180, &numbered(number), None));
    }
    let pracks = solo.phone.all("PRACK");
    let tags: Vec<String> = pracks.iter().map(|prack| prack.tag(Name::To)).collect();
    assert_eq!(tags, ["desk", "mobile", "desk", "mobile"]);
    assert_eq!(progress(&solo, call), 4);
}

#[test]
fn early_media_that_were_confirmed_need_not_be_repeated_by_the_answer() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    let theirs = sdp("bob", 1, "sendrecv");
    solo.receive(&peer.answer(&invite, 183, &numbered("1"), Some(&theirs)));
    let early = Event::Progress {
        call,
        status: 183,
        sdp: Some(theirs.clone()),
    };
    assert_eq!(solo.phone.count(&early), 1);
    let prack = solo.phone.last("PRACK");
    solo.receive(&peer.answer(&prack, 200, &[], None));
    solo.receive(&peer.answer(&invite, 200, &[], None));
    assert_eq!(solo.phone.count(&Event::Established { call }), 1);
    assert_eq!(solo.phone.agreed(call).1, Some(theirs));
}

#[test]
fn giving_up_while_a_confirmation_is_out_works_as_ever() {
    let mut solo = reliable();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    solo.receive(&peer.answer(&invite, 180, &numbered("5"), None));
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.labels(), ["INVITE", "PRACK", "CANCEL"]);
    solo.receive(&peer.answer(&invite, 487, &[], None));
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.labels(), ["INVITE", "PRACK", "CANCEL", "ACK"]);
    assert_eq!(solo.phone.ended(call), Some((End::Us, 487)));
}

// ── we are called ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn where_it_is_required_ringing_is_said_reliably_and_again_until_it_is_confirmed() {
    let mut solo = reliable();
    let began = solo.now;
    let (call, mut peer) = rings(&mut solo, &[("Require", "100rel")]);
    solo.run(8 * SECOND);
    let rings = solo.phone.all("180 INVITE");
    let times: Vec<u64> = rings.iter().map(|ring| ring.at - began).collect();
    // T1, doubled without a bound (RFC 3262 section 3).
    assert_eq!(times, [0, 500, 1_500, 3_500, 7_500]);
    assert!(rings.iter().all(|ring| ring.text == rings[0].text));
    assert!(rings[0].names(Name::Require, "100rel"));
    let number: u32 = rings[0].header(Name::RSeq).parse().expect("a number");
    assert!((1..1 << 31).contains(&number));
    let rack = format!("{number} {} INVITE", peer.invited);
    let prack = peer.request("PRACK", &[("RAck", rack.as_str())], None);
    assert_eq!(solo.ask(&prack).label(), "200 PRACK");
    solo.run(40 * SECOND);
    assert_eq!(solo.phone.all("180 INVITE").len(), rings.len());
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    peer.learn(&solo.phone.last("200 INVITE"));
    let ack = peer.ack(None);
    solo.receive(&ack);
    assert_eq!(solo.phone.count(&Event::Established { call }), 1);
}

#[test]
fn a_confirmation_of_something_else_is_refused() {
    let mut solo = reliable();
    let (_, mut peer) = rings(&mut solo, &[("Require", "100rel")]);
    let number: u32 = solo
        .phone
        .last("180 INVITE")
        .header(Name::RSeq)
        .parse()
        .expect("a number");
    let wrong = [
        format!("{} {} INVITE", number + 1, peer.invited),
        format!("{number} {} INVITE", peer.invited + 1),
        "nonsense".to_owned(),
    ];
    for rack in wrong {
        let prack = peer.request("PRACK", &[("RAck", rack.as_str())], None);
        assert_eq!(solo.ask(&prack).label(), "481 PRACK", "{rack}");
    }
    let before = solo.phone.all("180 INVITE").len();
    solo.run(SECOND);
    assert!(
        solo.phone.all("180 INVITE").len() > before,
        "still unconfirmed"
    );
}

#[test]
fn where_it_is_merely_possible_ringing_is_said_once() {
    let mut solo = reliable();
    let _ = rings(&mut solo, &[("Supported", "100rel")]);
    solo.run(20 * SECOND);
    let rings = solo.phone.all("180 INVITE");
    assert_eq!(rings.len(), 1);
    assert!(!rings[0].has(Name::RSeq));
}

#[test]
fn the_answer_need_not_wait_for_the_confirmation_of_ringing() {
    let mut solo = reliable();
    let (call, mut peer) = rings(&mut solo, &[("Require", "100rel")]);
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    assert_eq!(
        solo.phone.all("200 INVITE").len(),
        1,
        "it holds no description"
    );
    let ack = peer.ack(None);
    solo.receive(&ack);
    let rings = solo.phone.all("180 INVITE").len();
    solo.run(40 * SECOND);
    assert_eq!(solo.phone.all("180 INVITE").len(), rings);
    assert_eq!(solo.phone.ended(call), None);
    // And the confirmation that comes late is answered.
    let number = solo.phone.last("180 INVITE").header(Name::RSeq);
    let rack = format!("{number} {} INVITE", peer.invited);
    let prack = peer.request("PRACK", &[("RAck", rack.as_str())], None);
    assert_eq!(solo.ask(&prack).label(), "200 PRACK");
}

#[test]
fn ringing_that_nobody_confirms_ends_the_call_after_32_s() {
    let mut solo = reliable();
    let (call, _) = rings(&mut solo, &[("Require", "100rel")]);
    solo.run(33 * SECOND);
    assert!(solo.phone.ended(call).is_some());
    let refusal = solo.phone.sent.iter().map(|sent| sent.label());
    let refusal: Vec<String> = refusal.filter(|label| label.starts_with('5')).collect();
    assert_eq!(refusal.len(), 1, "RFC 3262 section 3: a 5xx");
}

#[test]
fn a_caller_that_gives_up_ends_the_repetitions() {
    let mut solo = reliable();
    let (call, peer) = rings(&mut solo, &[("Require", "100rel")]);
    solo.receive(&peer.cancel());
    let rings = solo.phone.all("180 INVITE").len();
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.all("180 INVITE").len(), rings);
    assert_eq!(solo.phone.ended(call), Some((End::Them, 487)));
}

#[test]
fn phones_that_both_offer_it_call_each_other_as_ever() {
    let mut world = World::new(2, &|config: &mut Config| config.reliable = true);
    world.register();
    let (ours, theirs) = world.talk(0, 1);
    world.hold(1, theirs, true);
    world.run(SECOND);
    world.assert_agreed((0, ours), (1, theirs));
}
