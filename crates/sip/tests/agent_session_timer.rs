//! Session timers (RFC 4028): a call whose other end is gone without a word comes to an end, and no other does.

mod agent_world;

use agent_world::{Fate, Peer, Sent, Solo, World, response, sdp};
use sip::Name;
use sip::agent::{CallKey, Command, Config, End, Event};

const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;

fn timed(seconds: u32) -> Solo {
    Solo::with(&|config: &mut Config| config.session_expires = seconds)
}

/// A call of ours, answered with these headers.
fn calls(solo: &mut Solo, headers: &[(&str, &str)]) -> (CallKey, Peer, Sent) {
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    solo.receive(&peer.answer(&invite, 200, headers, Some(&sdp("bob", 1, "sendrecv"))));
    assert_eq!(solo.phone.count(&Event::Established { call }), 1);
    solo.phone.clear();
    (call, peer, invite)
}

/// A call to us with these headers; gives our 200.
fn is_called(solo: &mut Solo, headers: &[(&str, &str)]) -> (CallKey, Peer, Sent) {
    let mut peer = Peer::caller(&solo.contact);
    let offer = sdp("bob", 1, "sendrecv");
    let invite = peer.request("INVITE", headers, Some(("application/sdp", offer.as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    let answer = solo.phone.last("200 INVITE");
    peer.learn(&answer);
    let ack = peer.ack(None);
    solo.receive(&ack);
    solo.phone.clear();
    (call, peer, answer)
}

const ALLOWS_UPDATE: (&str, &str) = ("Allow", "INVITE, ACK, CANCEL, BYE, UPDATE");

#[test]
fn a_call_asks_for_its_interval_and_without_one_for_nothing() {
    let (_, invite) = timed(1_800).dial();
    assert!(invite.header(Name::SessionExpires).starts_with("1800"));
    assert!(invite.names(Name::Supported, "timer"));
    let (_, invite) = Solo::new().dial();
    assert!(!invite.has(Name::SessionExpires));
    assert!(!invite.names(Name::Supported, "timer"));
}

#[test]
fn an_interval_too_small_is_asked_for_again_as_long_as_is_wanted() {
    let mut solo = timed(120);
    let (call, invite) = solo.dial();
    solo.receive(&response(&invite, 422, "b1", &[("Min-SE", "900")], None));
    let again = solo.phone.last("INVITE");
    assert_eq!(again.number(), invite.number() + 1);
    assert_eq!(again.header(Name::CallId), invite.header(Name::CallId));
    assert!(again.header(Name::SessionExpires).starts_with("900"));
    assert_eq!(again.header(Name::MinSe), "900");
    assert_eq!(solo.phone.all("ACK").len(), 1, "the 422 is confirmed");
    assert_eq!(solo.phone.ended(call), None);
    // Nobody is asked for ever.
    let mut asked = 2;
    for _ in 0..10 {
        let last = solo.phone.last("INVITE");
        solo.receive(&response(&last, 422, "b1", &[("Min-SE", "900")], None));
        asked = solo.phone.all("INVITE").len();
    }
    assert!(asked <= 3, "{asked}");
    assert_eq!(solo.phone.ended(call), Some((End::Them, 422)));
}

#[test]
fn who_is_to_refresh_does_so_at_half_time_by_update_where_the_peer_takes_it() {
    let mut solo = timed(1_800);
    let headers = [
        ALLOWS_UPDATE,
        ("Session-Expires", "200;refresher=uac"),
        ("Require", "timer"),
    ];
    let (call, peer, _) = calls(&mut solo, &headers);
    let began = solo.now;
    for round in 1..=20 {
        solo.run(100 * SECOND);
        let refresh = solo.phone.last("UPDATE");
        assert_eq!(refresh.at, began + round * 100 * SECOND);
        assert_eq!(refresh.body(), "", "nothing is offered");
        let value = refresh.header(Name::SessionExpires);
        assert!(
            value.contains("refresher=uac"),
            "the sender goes on refreshing: {value}"
        );
        let more = [("Session-Expires", "200;refresher=uac")];
        solo.receive(&peer.answer(&refresh, 200, &more, None));
    }
    assert_eq!(solo.phone.all("UPDATE").len(), 20);
    assert_eq!(solo.phone.ended(call), None);
    assert!(solo.phone.events.is_empty(), "{:?}", solo.phone.told());
}

#[test]
fn elsewhere_it_does_so_by_an_invite_that_changes_nothing() {
    let mut solo = timed(1_800);
    let headers = [
        ("Allow", "INVITE, ACK, CANCEL, BYE"),
        ("Session-Expires", "200;refresher=uac"),
    ];
    let (call, peer, invite) = calls(&mut solo, &headers);
    for _ in 0..5 {
        solo.run(100 * SECOND);
        let refresh = solo.phone.last("INVITE");
        assert_eq!(refresh.body(), invite.body(), "RFC 4028 section 7.4");
        let more = [headers[1]];
        let theirs = sdp("bob", 1, "sendrecv");
        solo.receive(&peer.answer(&refresh, 200, &more, Some(&theirs)));
    }
    assert_eq!(solo.phone.all("INVITE").len(), 5);
    assert_eq!(solo.phone.all("ACK").len(), 5);
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn where_the_peer_refreshes_its_silence_ends_the_call_a_little_before_the_time() {
    let mut solo = timed(1_800);
    let headers = [("Session-Expires", "120;refresher=uas")];
    let (call, _, _) = calls(&mut solo, &headers);
    let began = solo.now;
    solo.run(80 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
    solo.run(40 * SECOND);
    assert!(solo.phone.all("UPDATE").is_empty() && solo.phone.all("INVITE").is_empty());
    assert!(matches!(solo.phone.ended(call), Some((End::Link, _))));
    let bye = solo.phone.last("BYE");
    // RFC 4028 section 10: a third of it before the end, but no more than 32 s.
    assert_eq!(bye.at - began, 88 * SECOND);
}

#[test]
fn where_the_peer_refreshes_each_of_its_refreshes_begins_anew() {
    let mut solo = timed(1_800);
    let (call, mut peer, _) = calls(&mut solo, &[("Session-Expires", "120;refresher=uas")]);
    for round in 0..20 {
        solo.run(60 * SECOND);
        let more = [
            ("Supported", "timer"),
            ("Session-Expires", "120;refresher=uac"),
        ];
        if round % 2 == 0 {
            let refresh = peer.request("UPDATE", &more, None);
            let answer = solo.ask(&refresh);
            assert_eq!(answer.label(), "200 UPDATE");
            assert!(
                answer
                    .header(Name::SessionExpires)
                    .starts_with("120;refresher=uac")
            );
        } else {
            let theirs = sdp("bob", 1, "sendrecv");
            let body = Some(("application/sdp", theirs.as_str()));
            let refresh = peer.request("INVITE", &more, body);
            solo.receive(&refresh);
            let answer = solo.phone.last("200 INVITE");
            assert!(
                answer
                    .header(Name::SessionExpires)
                    .starts_with("120;refresher=uac")
            );
            let ack = peer.ack(None);
            solo.receive(&ack);
        }
    }
    assert_eq!(solo.phone.ended(call), None);
    solo.run(120 * SECOND);
    assert!(solo.phone.ended(call).is_some());
}

#[test]
fn a_callee_takes_what_the_caller_asks_for() {
    let mut solo = timed(1_800);
    let asked = [
        ("Supported", "timer"),
        ("Session-Expires", "300;refresher=uac"),
    ];
    let (call, _, answer) = is_called(&mut solo, &asked);
    assert_eq!(answer.header(Name::SessionExpires), "300;refresher=uac");
    assert!(answer.names(Name::Require, "timer"), "RFC 4028 section 9");
    solo.run(300 * SECOND);
    assert!(matches!(solo.phone.ended(call), Some((End::Link, _))));

    let mut solo = timed(1_800);
    let asked = [
        ("Supported", "timer"),
        ALLOWS_UPDATE,
        ("Session-Expires", "300;refresher=uas"),
    ];
    let (_, _, answer) = is_called(&mut solo, &asked);
    assert_eq!(answer.header(Name::SessionExpires), "300;refresher=uas");
    solo.run(151 * SECOND);
    assert_eq!(solo.phone.all("UPDATE").len(), 1);
}

#[test]
fn where_somebody_on_the_way_asks_for_it_the_callee_refreshes() {
    // The caller knows nothing of timers (RFC 4028 section 9, table 2).
    let mut solo = timed(1_800);
    let (_, _, answer) = is_called(&mut solo, &[ALLOWS_UPDATE, ("Session-Expires", "300")]);
    assert_eq!(answer.header(Name::SessionExpires), "300;refresher=uas");
    assert!(!answer.names(Name::Require, "timer"));
    solo.run(151 * SECOND);
    assert_eq!(solo.phone.all("UPDATE").len(), 1);
}

#[test]
fn an_interval_below_what_is_sensible_is_refused() {
    let mut solo = timed(1_800);
    let mut peer = Peer::caller(&solo.contact);
    let offer = sdp("bob", 1, "sendrecv");
    let asked = [("Supported", "timer"), ("Session-Expires", "20")];
    let invite = peer.request("INVITE", &asked, Some(("application/sdp", offer.as_str())));
    let answer = solo.ask(&invite);
    assert_eq!(answer.label(), "422 INVITE");
    let least: u32 = answer.header(Name::MinSe).parse().expect("a number");
    assert!(least >= 90, "RFC 4028 section 5: {least}");
    assert!(solo.phone.events.is_empty());
}

#[test]
fn a_callee_without_timers_agrees_to_none() {
    let mut solo = Solo::new();
    let asked = [
        ("Supported", "timer"),
        ("Session-Expires", "100;refresher=uas"),
    ];
    let (call, _, answer) = is_called(&mut solo, &asked);
    assert!(!answer.has(Name::SessionExpires));
    solo.run(HOUR);
    assert_eq!(solo.phone.labels(), [""; 0]);
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn an_answer_that_says_nothing_of_it_means_no_timer() {
    let mut solo = timed(1_800);
    let (call, _, _) = calls(&mut solo, &[ALLOWS_UPDATE]);
    solo.run(3 * HOUR);
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn a_refresh_that_finds_nobody_ends_the_call() {
    for status in [481, 408] {
        let mut solo = timed(1_800);
        let headers = [ALLOWS_UPDATE, ("Session-Expires", "200;refresher=uac")];
        let (call, _, _) = calls(&mut solo, &headers);
        solo.run(101 * SECOND);
        let refresh = solo.phone.last("UPDATE");
        solo.receive(&response(&refresh, status, "b1", &[], None));
        assert_eq!(solo.phone.ended(call), Some((End::Link, status)));
    }
}

#[test]
fn a_refresh_that_is_refused_for_the_moment_is_made_again_in_time() {
    let mut solo = timed(1_800);
    let headers = [ALLOWS_UPDATE, ("Session-Expires", "200;refresher=uac")];
    let (call, peer, _) = calls(&mut solo, &headers);
    solo.run(101 * SECOND);
    for status in [491, 500] {
        let refresh = solo.phone.last("UPDATE");
        solo.receive(&response(&refresh, status, "b1", &[], None));
        let before = solo.phone.all("UPDATE").len();
        solo.run(30 * SECOND);
        assert!(solo.phone.all("UPDATE").len() > before, "{status}");
    }
    let refresh = solo.phone.last("UPDATE");
    solo.receive(&peer.answer(&refresh, 200, &[headers[1]], None));
    assert_eq!(solo.phone.ended(call), None);
    let told = solo.phone.told();
    assert!(
        told.is_empty(),
        "the owner has nothing to do with it: {told:?}"
    );
}

#[test]
fn two_phones_keep_their_call_alive_for_a_day() {
    let mut world = World::new(2, &|config: &mut Config| config.session_expires = 90);
    world.register();
    let (ours, theirs) = world.talk(0, 1);
    world.run(24 * HOUR);
    assert_eq!(
        world.phones[0].ended(ours),
        None,
        "{:?}",
        world.phones[0].told()
    );
    world.assert_agreed((0, ours), (1, theirs));
    let refreshes = |who: usize| world.phones[who].all("UPDATE").len();
    assert!(refreshes(0) + refreshes(1) >= 960);
    assert!(
        refreshes(0) == 0 || refreshes(1) == 0,
        "one of them refreshes"
    );
    for phone in &world.phones {
        assert!(phone.events.is_empty(), "{:?}", phone.told());
    }
}

#[test]
fn a_hold_in_the_midst_of_refreshes_stays_a_hold() {
    let mut world = World::new(2, &|config: &mut Config| config.session_expires = 90);
    world.register();
    let (ours, theirs) = world.talk(0, 1);
    for round in 0..40 {
        world.hold(round % 2, [ours, theirs][round % 2], round % 3 == 0);
        world.run(17 * SECOND);
        world.assert_agreed((0, ours), (1, theirs));
    }
}

#[test]
fn a_peer_that_vanished_is_noticed() {
    let mut world = World::new(2, &|config: &mut Config| config.session_expires = 90);
    world.register();
    let (ours, _) = world.talk(0, 1);
    world.judge = Box::new(|who, _, _| if who == 1 { Fate::Drop } else { Fate::Pass });
    world.run(180 * SECOND);
    assert!(matches!(world.phones[0].ended(ours), Some((End::Link, _))));
}

#[test]
fn our_own_link_s_absence_proves_nothing_of_the_peer() {
    let mut solo = timed(1_800);
    let (call, mut peer, _) = calls(&mut solo, &[("Session-Expires", "120;refresher=uas")]);
    solo.listens = false;
    solo.lose();
    solo.run(300 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
    solo.listens = true;
    solo.run(10 * SECOND);
    assert!(solo.phone.agent.is_registered());
    // What it asks on the new link is answered.
    for asked in solo.phone.sent.clone() {
        let more = [("Session-Expires", "120;refresher=uas")];
        let theirs = sdp("bob", 1, "sendrecv");
        match asked.label().as_str() {
            "INVITE" => solo.receive(&peer.answer(&asked, 200, &more, Some(&theirs))),
            "UPDATE" => solo.receive(&peer.answer(&asked, 200, &more, None)),
            _ => {}
        }
    }
    let more = [
        ("Supported", "timer"),
        ("Session-Expires", "120;refresher=uac"),
    ];
    let refresh = peer.request("UPDATE", &more, None);
    solo.receive(&refresh);
    assert_eq!(solo.phone.all("200 UPDATE").len(), 1);
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
}
