//! Offers within a call: one at a time, whoever makes them, and both ends know the same in the end.

mod agent_world;

use agent_world::{Fate, Peer, Solo, World, flaw, label, response, sdp, two};
use sip::Name;
use sip::agent::{CallKey, Command, Event, Refusal};
use sip::sdp::Direction;

const SECOND: u64 = 1_000;

fn reoffer(world: &mut World, who: usize, call: CallKey) {
    world.order(who, Command::Reoffer { call });
}

/// What was sent beside 100, which depends on who is how quick.
fn said(labels: Vec<String>) -> Vec<String> {
    let said = labels.into_iter().filter(|label| label != "100 INVITE");
    said.collect()
}

/// Neither end of a call hears the other.
fn assert_both_hold(world: &mut World, calls: [CallKey; 2]) {
    for (who, call) in calls.into_iter().enumerate() {
        let way = world.phones[who].way(call);
        assert!(
            matches!(way, Direction::SendOnly | Direction::Inactive),
            "{way:?}"
        );
    }
}

fn count(solo: &Solo, wanted: &dyn Fn(&Event) -> bool) -> usize {
    solo.phone
        .told()
        .iter()
        .filter(|event| wanted(event))
        .count()
}

/// An offer of the peer's, as text.
fn theirs(version: u32) -> String {
    sdp("bob", version, "sendrecv")
}

/// A re-INVITE of the peer's with the how many-th offer.
fn asks(peer: &mut Peer, version: u32) -> String {
    let offer = theirs(version);
    peer.request("INVITE", &[], Some(("application/sdp", offer.as_str())))
}

/// The same by UPDATE.
fn updates(peer: &mut Peer, version: u32) -> String {
    let offer = theirs(version);
    peer.request("UPDATE", &[], Some(("application/sdp", offer.as_str())))
}

// ── one end offers ───────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_hold_is_answered_and_resumed() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.hold(0, ours, true);
    world.run(SECOND);
    assert_eq!(world.phones[0].labels(), ["INVITE", "ACK"]);
    assert_eq!(said(world.phones[1].labels()), ["200 INVITE"]);
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
    assert_eq!(world.phones[1].way(theirs), Direction::RecvOnly);
    world.assert_agreed((0, ours), (1, theirs));
    // Both hold.
    world.hold(1, theirs, true);
    world.run(SECOND);
    assert_eq!(world.phones[0].way(ours), Direction::Inactive);
    world.hold(0, ours, false);
    world.run(SECOND);
    assert_eq!(world.phones[0].way(ours), Direction::SendRecv);
    assert_eq!(
        world.phones[1].way(theirs),
        Direction::SendOnly,
        "an offer does not resume what the other end holds"
    );
    world.hold(1, theirs, false);
    world.run(SECOND);
    assert_eq!(world.phones[0].way(ours), Direction::SendRecv);
    assert_eq!(world.phones[1].way(theirs), Direction::SendRecv);
    world.assert_agreed((0, ours), (1, theirs));
    for (who, call) in [(0, ours), (1, theirs)] {
        let again = Event::Established { call };
        assert_eq!(world.phones[who].count(&again), 0, "that is told once");
    }
}

#[test]
fn an_offer_of_new_ice_goes_through_like_any_other() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    let before = world.phones[0].agreed(ours);
    reoffer(&mut world, 0, ours);
    world.run(SECOND);
    let after = world.phones[0].agreed(ours);
    let ufrag = |sdp: &Option<String>| {
        let sdp = sdp.as_deref().expect("a description");
        sip::sdp::ufrag(sdp).expect("an ICE session").to_owned()
    };
    assert_ne!(ufrag(&before.0), ufrag(&after.0));
    assert_ne!(ufrag(&before.1), ufrag(&after.1));
    world.assert_agreed((0, ours), (1, theirs));
}

#[test]
fn an_owner_that_takes_its_time_with_the_answer_keeps_nobody_waiting_for_100() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    let again = asks(&mut peer, 2);
    solo.receive(&again);
    // Else the peer would give up after 32 s (RFC 3261 section 17.2.1).
    solo.run(200);
    assert_eq!(solo.phone.labels(), ["100 INVITE"]);
    let offered = Event::Offered {
        call,
        sdp: theirs(2),
    };
    assert_eq!(solo.phone.count(&offered), 1);
    solo.run(20 * SECOND);
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer {
        call,
        sdp: ours.clone(),
    });
    let answer = solo.phone.last("200 INVITE");
    assert_eq!(answer.body(), ours);
    assert!(answer.has(Name::Contact));
    let ack = peer.ack(None);
    solo.receive(&ack);
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.all("200 INVITE").len(), 1);
}

#[test]
fn the_answer_to_a_later_offer_is_repeated_until_it_is_confirmed() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.receive(&asks(&mut peer, 2));
    solo.run(4 * SECOND);
    assert_eq!(
        solo.phone.all("200 INVITE").len(),
        4,
        "at 0, 0.5, 1.5, 3.5 s"
    );
    solo.run(30 * SECOND);
    assert_eq!(solo.phone.all("BYE").len(), 1, "RFC 3261 section 14.2");
    assert!(solo.phone.ended(call).is_some());
}

#[test]
fn an_offer_may_be_refused_and_the_call_goes_on_as_it_was() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let before = solo.phone.agreed(call);
    solo.phone.prompt = false;
    solo.receive(&asks(&mut peer, 2));
    solo.order(Command::Refuse { call, status: 488 });
    assert_eq!(solo.phone.all("488 INVITE").len(), 1);
    assert_eq!(solo.phone.ended(call), None);
    assert_eq!(solo.phone.agreed(call), before);
    // The next one is as good as ever.
    solo.phone.prompt = true;
    solo.receive(&asks(&mut peer, 3));
    assert_eq!(solo.phone.all("200 INVITE").len(), 1);
}

#[test]
fn an_offer_of_ours_that_is_refused_is_void_and_the_call_goes_on() {
    for status in [415, 488, 606] {
        let mut solo = Solo::new();
        let (call, peer) = solo.calls();
        let before = solo.phone.agreed(call);
        solo.order(Command::Reoffer { call });
        let again = solo.phone.last("INVITE");
        solo.receive(&response(&again, status, "b1", &[], None));
        let failed = Event::OfferFailed { call, status };
        assert_eq!(solo.phone.count(&failed), 1, "{status}");
        assert_eq!(solo.phone.all("ACK")[0].branch(), again.branch());
        assert_eq!(solo.phone.ended(call), None, "RFC 3261 section 14.1");
        assert_eq!(solo.phone.agreed(call), before);
        solo.run(60 * SECOND);
        assert_eq!(solo.phone.all("INVITE").len(), 1, "nobody insists");
        solo.order(Command::Reoffer { call });
        let again = solo.phone.last("INVITE");
        solo.receive(&peer.answer(&again, 200, &[], Some(&theirs(2))));
        assert_eq!(solo.phone.agreed(call).1, Some(theirs(2)));
    }
}

#[test]
fn a_peer_that_is_busy_for_a_moment_is_asked_again_after_it() {
    let mut solo = Solo::new();
    let (call, peer) = solo.calls();
    solo.order(Command::Reoffer { call });
    let again = solo.phone.last("INVITE");
    solo.receive(&response(&again, 500, "b1", &[("Retry-After", "3")], None));
    solo.run(2 * SECOND);
    assert_eq!(solo.phone.all("INVITE").len(), 1);
    solo.run(5 * SECOND);
    assert_eq!(solo.phone.all("INVITE").len(), 2);
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&theirs(2))));
    assert_eq!(solo.phone.agreed(call).1, Some(theirs(2)));
}

#[test]
fn an_invite_within_a_call_that_brings_no_offer_is_answered_with_one() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let again = peer.request("INVITE", &[], None);
    solo.receive(&again);
    assert_eq!(solo.phone.count(&Event::OfferWanted { call }), 1);
    let answer = solo.phone.last("200 INVITE");
    assert!(answer.body().contains("o=1001 "));
    let ack = peer.ack(Some(&theirs(2)));
    solo.receive(&ack);
    let answered = Event::Answered {
        call,
        sdp: theirs(2),
    };
    assert_eq!(solo.phone.count(&answered), 1);
    assert_eq!(
        solo.phone.agreed(call),
        (Some(answer.body().to_owned()), Some(theirs(2)))
    );
}

#[test]
fn a_peer_that_takes_back_its_offer_gets_487_and_the_owner_is_told() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    solo.receive(&asks(&mut peer, 2));
    let cancel = peer.cancel();
    solo.receive(&cancel);
    assert_eq!(said(solo.phone.labels()), ["200 CANCEL", "487 INVITE"]);
    assert_eq!(
        solo.phone.count(&Event::OfferFailed { call, status: 487 }),
        1
    );
    let late = Command::Answer {
        call,
        sdp: sdp("1001", 9, "sendrecv"),
    };
    assert_eq!(solo.command(late), Err(Refusal::NotNow));
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn a_call_that_ends_while_an_offer_waits_answers_it() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    solo.receive(&asks(&mut peer, 2));
    let bye = peer.request("BYE", &[], None);
    solo.receive(&bye);
    let labels = solo.phone.labels();
    assert!(labels.contains(&"487 INVITE".to_owned()), "{labels:?}");
    assert!(labels.contains(&"200 BYE".to_owned()), "{labels:?}");
    assert!(solo.phone.ended(call).is_some());
}

#[test]
fn several_wishes_for_an_offer_become_one() {
    let mut solo = Solo::new();
    let (call, peer) = solo.calls();
    for _ in 0..5 {
        solo.order(Command::Reoffer { call });
    }
    assert_eq!(solo.phone.all("INVITE").len(), 1);
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&theirs(2))));
    // Who wished after the first was sent wants what is true then.
    assert_eq!(solo.phone.all("INVITE").len(), 2);
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&theirs(3))));
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.all("INVITE").len(), 2);
}

#[test]
fn a_wish_before_the_call_is_answered_is_refused() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    for (who, call) in [(0, ours), (1, theirs)] {
        let wish = Command::Reoffer { call };
        assert_eq!(world.command(who, wish), Err(Refusal::NotNow));
    }
}

#[test]
fn a_wish_before_the_answer_is_confirmed_waits_for_that() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    solo.receive(&asks(&mut peer, 1));
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    solo.order(Command::Reoffer { call });
    assert_eq!(solo.phone.all("INVITE").len(), 0);
    peer.learn(&solo.phone.last("200 INVITE"));
    let ack = peer.ack(None);
    solo.receive(&ack);
    assert_eq!(solo.phone.all("INVITE").len(), 1);
}

#[test]
fn an_owner_that_never_gives_the_offer_blocks_nobody() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    let again = peer.request("INVITE", &[], None);
    solo.receive(&again);
    solo.run(60 * SECOND);
    let mut sent = solo.phone.sent.iter();
    let refused = sent.any(|sent| {
        let label = sent.label();
        label.ends_with(" INVITE") && label.starts_with(['4', '5'])
    });
    assert!(refused, "{:?}", solo.phone.labels());
    solo.phone.prompt = true;
    solo.receive(&asks(&mut peer, 3));
    assert_eq!(solo.phone.all("200 INVITE").len(), 1);
    assert_eq!(solo.phone.ended(call), None);
}

// ── by UPDATE ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_offer_by_update_is_answered_in_its_200_and_needs_no_confirmation() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    peer.contact = "sip:bob@moved.invalid;transport=ws".into();
    let answer = {
        solo.receive(&updates(&mut peer, 2));
        solo.phone.last("200 UPDATE")
    };
    assert!(answer.body().contains("o=1001 "));
    assert!(answer.has(Name::Contact), "RFC 3311 section 5.2");
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.all("200 UPDATE").len(), 1);
    assert_eq!(
        solo.phone.agreed(call),
        (Some(answer.body().to_owned()), Some(theirs(2)))
    );
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.last("BYE").uri(), peer.contact);
}

#[test]
fn an_update_without_an_offer_is_answered_at_once() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let before = solo.phone.agreed(call);
    let update = peer.request("UPDATE", &[], None);
    let answer = solo.ask(&update);
    assert_eq!(answer.label(), "200 UPDATE");
    assert_eq!(answer.body(), "");
    assert_eq!(solo.phone.agreed(call), before);
    assert!(solo.phone.events.is_empty(), "{:?}", solo.phone.told());
}

#[test]
fn an_offer_by_update_may_be_refused() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    solo.receive(&updates(&mut peer, 2));
    solo.order(Command::Refuse { call, status: 488 });
    assert_eq!(solo.phone.all("488 UPDATE").len(), 1);
    assert_eq!(solo.phone.ended(call), None);
}

// ── both at once ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn two_offers_that_meet_are_both_made_in_the_end() {
    for round in 0..20 {
        let mut world = two();
        world.run(round * 37);
        let (ours, theirs) = world.talk(0, 1);
        world.hold(0, ours, true);
        world.hold(1, theirs, true);
        world.run(SECOND / 10);
        assert_eq!(world.phones[0].all("491 INVITE").len(), 1);
        assert_eq!(world.phones[1].all("491 INVITE").len(), 1);
        world.run(10 * SECOND);
        world.assert_agreed((0, ours), (1, theirs));
        assert_both_hold(&mut world, [ours, theirs]);
        world.clear();
        world.run(60 * SECOND);
        for phone in &world.phones {
            assert_eq!(phone.labels(), [""; 0], "it is over");
        }
    }
}

#[test]
fn who_began_the_call_waits_longer_after_offers_that_met() {
    for seed in 0..20 {
        let mut solo = Solo::seeded(seed, &|_| {});
        let (call, _) = solo.calls();
        solo.run(seed * 111);
        solo.order(Command::Reoffer { call });
        let again = solo.phone.last("INVITE");
        solo.receive(&response(&again, 491, "b1", &[], None));
        assert_eq!(
            solo.phone.count(&Event::OfferFailed { call, status: 491 }),
            1
        );
        let met = solo.now;
        solo.run(10 * SECOND);
        let wait = solo.phone.last("INVITE").at - met;
        assert!(
            (2_100..=4_000).contains(&wait),
            "RFC 3261 section 14.1: {wait}"
        );
    }
    for seed in 0..20 {
        let mut solo = Solo::seeded(seed, &|_| {});
        let (call, peer) = solo.is_called();
        solo.run(seed * 111);
        solo.order(Command::Reoffer { call });
        let again = solo.phone.last("INVITE");
        solo.receive(&response(&again, 491, &peer.tag, &[], None));
        let met = solo.now;
        solo.run(10 * SECOND);
        let wait = solo.phone.last("INVITE").at - met;
        assert!(wait <= 2_000, "RFC 3261 section 14.1: {wait}");
        assert_eq!(solo.phone.all("INVITE").len(), 2);
    }
}

#[test]
fn an_offer_that_comes_while_ours_is_out_gets_491_and_ours_stands() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    solo.order(Command::Reoffer { call });
    let ours = solo.phone.last("INVITE");
    assert_eq!(solo.ask(&asks(&mut peer, 7)).label(), "491 INVITE");
    assert_eq!(solo.ask(&updates(&mut peer, 8)).label(), "491 UPDATE");
    solo.receive(&peer.answer(&ours, 200, &[], Some(&theirs(2))));
    assert_eq!(
        solo.phone.agreed(call),
        (Some(ours.body().to_owned()), Some(theirs(2)))
    );
    assert_eq!(
        count(&solo, &|event| matches!(event, Event::Offered { .. })),
        0
    );
}

#[test]
fn an_offer_that_comes_while_the_owner_makes_one_does_not_cross_it() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    solo.phone.prompt = false;
    solo.order(Command::Reoffer { call });
    let answer = solo.ask(&asks(&mut peer, 2));
    assert!(
        ["491 INVITE", "500 INVITE"].contains(&answer.label().as_str()),
        "{}",
        answer.label()
    );
    let ours = solo.phone.next_offer(call);
    solo.order(Command::Offer { call, sdp: ours });
    assert_eq!(solo.phone.all("INVITE").len(), 1);
}

#[test]
fn a_second_offer_before_the_first_is_answered_gets_500_with_a_time() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    solo.phone.prompt = false;
    solo.receive(&asks(&mut peer, 2));
    for again in [asks(&mut peer, 3), updates(&mut peer, 4)] {
        let answer = solo.ask(&again);
        assert!(answer.label().starts_with("500 "), "{}", answer.label());
        let wait: u32 = answer.header(Name::RetryAfter).parse().expect("a time");
        assert!(wait <= 10, "RFC 3261 section 14.2: {wait}");
    }
    assert_eq!(
        count(&solo, &|event| matches!(event, Event::Offered { .. })),
        1
    );
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn an_answer_that_is_lost_comes_again_and_both_ends_agree() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    let mut lost = 0;
    world.judge = Box::new(move |who, _, text| {
        if who == 0 && label(text) == "200 INVITE" && lost < 3 {
            lost += 1;
            Fate::Drop
        } else {
            Fate::Pass
        }
    });
    world.hold(0, ours, true);
    world.run(10 * SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
}

#[test]
fn answers_in_the_wrong_order_change_nothing() {
    let mut world = two();
    let ours = world.dial(0, "1002");
    world.run(200);
    let theirs = world.phones[1].incoming();
    world.judge = Box::new(|who, _, text| {
        if who == 0 && matches!(label(text).as_str(), "180 INVITE" | "200 INVITE") {
            Fate::Hold
        } else {
            Fate::Pass
        }
    });
    world.order(1, Command::Ring { call: theirs });
    world.answer(1, theirs);
    world.run(100);
    assert_eq!(world.held.len(), 2);
    world.release(&[1, 0]);
    world.pass();
    world.run(SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    let told = world.phones[0].told();
    let stands = Event::Established { call: ours };
    let mut later = told.iter().skip_while(|event| **event != stands);
    assert!(
        !later.any(|event| matches!(event, Event::Progress { .. })),
        "{told:?}"
    );
}

#[test]
fn an_ack_that_is_lost_does_not_stop_the_next_offer() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    let mut lost = 0;
    world.judge = Box::new(move |_, _, text| {
        if label(text) == "ACK" && lost < 1 {
            lost += 1;
            Fate::Drop
        } else {
            Fate::Pass
        }
    });
    world.hold(0, ours, true);
    world.run(SECOND / 10);
    world.hold(1, theirs, true);
    world.run(20 * SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    assert_both_hold(&mut world, [ours, theirs]);
}

#[test]
fn what_is_said_of_the_wire_is_checked() {
    // The world's own check finds what it is there for.
    let good = "OPTIONS sip:example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK123456\r\nMax-Forwards: 70\r\n\
                From: <sip:a@example.com>;tag=1\r\nTo: <sip:example.com>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(flaw(good), None);
    let faults = [
        ("Content-Length: 0", "Content-Length: 1"),
        ("Max-Forwards: 70\r\n", ""),
        (";tag=1", ""),
        ("Call-ID: c\r\n", "Call-ID: c\n"),
        ("z9hG4bK123456", "z9hG4bK1"),
        ("OPTIONS sip", "INVITE sip"),
        ("\r\n\r\n", "\r\n"),
    ];
    for (from, to) in faults {
        let bad = good.replacen(from, to, 1);
        assert!(flaw(&bad).is_some(), "{bad}");
    }
}
