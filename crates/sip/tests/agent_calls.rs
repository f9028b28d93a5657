//! Calls: made, taken, given up, refused, ended, and kept through everything that happens to the link.

mod agent_world;

use agent_world::{Asks, Door, Fate, Peer, Solo, World, label, record, response, sdp, some, two};
use sip::agent::{CallKey, CallState, Command, Config, End, Event, Refusal};
use sip::sdp::Direction;
use sip::{Name, NameAddr};

const SECOND: u64 = 1_000;

fn hang_up(world: &mut World, who: usize, call: CallKey) {
    world.order(who, Command::Hangup { call });
}

/// Neither end has a call, and nothing more is said.
fn assert_over(world: &mut World) {
    world.run(60 * SECOND);
    world.clear();
    world.run(300 * SECOND);
    for phone in &world.phones {
        assert_eq!(phone.agent.calls().count(), 0);
        assert_eq!(phone.labels(), [""; 0], "{}", phone.account);
    }
}

/// How often somebody was told that a call is established.
fn established(solo: &Solo, call: CallKey) -> usize {
    solo.phone.count(&Event::Established { call })
}

fn offer() -> String {
    sdp("bob", 1, "sendrecv")
}

// ── there and back ───────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_is_challenged_rings_is_answered_and_both_ends_agree() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    assert_eq!(
        world.phones[0].agent.call(ours).map(|call| call.state()),
        Some(CallState::Ringing)
    );
    world.answer(1, theirs);
    world.run(SECOND);
    assert_eq!(
        world.phones[0].labels(),
        ["INVITE", "ACK", "INVITE", "ACK"],
        "the first is challenged"
    );
    assert_eq!(
        world.phones[1].labels(),
        ["100 INVITE", "180 INVITE", "200 INVITE"]
    );
    world.assert_agreed((0, ours), (1, theirs));
    for (who, call, number, outgoing) in [(0, ours, "1002", true), (1, theirs, "1001", false)] {
        let phone = &world.phones[who];
        let call = phone.agent.call(call).expect("a call");
        assert_eq!(call.state(), CallState::Established);
        assert_eq!(call.is_outgoing(), outgoing);
        assert_eq!(call.number(), number);
        assert!(call.is_answered() && call.since().is_some());
    }
    let ids = [(0, ours), (1, theirs)].map(|(who, call)| {
        let call = world.phones[who].agent.call(call);
        call.expect("a call").call_id().to_owned()
    });
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn the_owner_is_told_in_the_order_in_which_it_happens() {
    let mut world = two();
    let (call, theirs) = world.ring(0, 1);
    world.answer(1, theirs);
    world.run(SECOND);
    hang_up(&mut world, 0, call);
    world.run(SECOND);
    let names = |who: usize| -> Vec<&'static str> {
        let told = world.phones[who].told().into_iter();
        told.map(|event| match event {
            Event::OfferWanted { .. } => "offer wanted",
            Event::Progress { status: 100, .. } => "trying",
            Event::Progress { .. } => "ringing",
            Event::Answered { .. } => "answered",
            Event::Established { .. } => "established",
            Event::Incoming { .. } => "incoming",
            Event::Ended { by: End::Us, .. } => "ended by us",
            Event::Ended { .. } => "ended by them",
            Event::TrickleSupported { .. } => "trickle",
            other => panic!("{other:?}"),
        })
        .filter(|name| *name != "trickle")
        .collect()
    };
    assert_eq!(
        names(0),
        [
            "offer wanted",
            "trying",
            "ringing",
            "answered",
            "established",
            "ended by us"
        ]
    );
    assert_eq!(names(1), ["incoming", "established", "ended by them"]);
}

#[test]
fn each_end_can_hang_up() {
    for (first, second) in [(0, 1), (1, 0)] {
        let mut world = two();
        let (ours, theirs) = world.talk(0, 1);
        let keys = [ours, theirs];
        hang_up(&mut world, first, keys[first]);
        world.run(SECOND);
        assert_eq!(world.phones[first].labels(), ["BYE"]);
        assert_eq!(world.phones[second].labels(), ["200 BYE"]);
        assert_eq!(world.phones[first].ended(keys[first]), Some((End::Us, 200)));
        assert_eq!(
            world.phones[second].ended(keys[second]),
            Some((End::Them, 200))
        );
        assert_over(&mut world);
    }
}

#[test]
fn both_may_hang_up_in_one_moment() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    hang_up(&mut world, 0, ours);
    hang_up(&mut world, 1, theirs);
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 200)));
    assert_eq!(world.phones[1].ended(theirs), Some((End::Us, 200)));
    assert_over(&mut world);
}

#[test]
fn an_incoming_call_says_who_calls_whom_and_which_call_it_is() {
    let mut world = World::new(2, &|config: &mut Config| {
        config.display = "Ann \"the\\voice\" Onymous".into();
    });
    world.register();
    world.order(
        0,
        Command::Call {
            target: "1002".into(),
            from: None,
            headers: vec![
                ("X-Call-Id".into(), "c-42".into()),
                ("x-caller".into(), "010 1234".into()),
            ],
            replaces: None,
        },
    );
    world.run(SECOND);
    let told = world.phones[1].told();
    let Some(Event::Incoming {
        display,
        number,
        call_id_header,
        headers,
        sdp,
        replaces,
        ..
    }) = told.first()
    else {
        panic!("{told:?}");
    };
    assert_eq!(display, "Ann \"the\\voice\" Onymous");
    assert_eq!(number, "1001");
    assert_eq!(call_id_header.as_deref(), Some("c-42"));
    assert!(headers.contains(&("X-Call-Id".into(), "c-42".into())));
    assert!(headers.contains(&("x-caller".into(), "010 1234".into())));
    assert!(sdp.is_some());
    assert_eq!(*replaces, None);
}

#[test]
fn what_an_owner_passes_on_cannot_become_a_header_of_its_own() {
    let mut world = two();
    world.order(
        0,
        Command::Call {
            target: "1002".into(),
            from: None,
            headers: vec![
                ("X-Note".into(), "one\r\nX-Evil: two".into()),
                ("X-Bad\r\nX-Evil".into(), "three".into()),
            ],
            replaces: None,
        },
    );
    let invite = world.phones[0].last("INVITE");
    assert_eq!(invite.other("X-Evil"), "");
    assert_eq!(invite.other("X-Note"), "oneX-Evil: two");
}

#[test]
fn a_server_s_end_calls_in_the_name_of_others() {
    let mut solo = Solo::server_end(&|_| {});
    let target = "sip:x7@abc.invalid;transport=ws";
    solo.order(Command::Call {
        target: target.into(),
        from: Some(("外线".into(), "sip:13800000000@example.com".into())),
        headers: Vec::new(),
        replaces: None,
    });
    let invite = solo.phone.last("INVITE");
    assert_eq!(invite.uri(), target);
    let from = invite.header(Name::From);
    let from = NameAddr::parse(&from).expect("an address");
    assert_eq!(from.display(), "外线");
    assert_eq!(from.uri, "sip:13800000000@example.com");
    assert_eq!(invite.contact(), "sip:1001@sandbox.invalid;transport=ws");
}

#[test]
fn an_invite_without_an_offer_is_answered_with_one() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], None);
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let told = solo.phone.told();
    assert!(
        matches!(&told[0], Event::Incoming { sdp: None, .. }),
        "{told:?}"
    );
    let ours = solo.phone.next_offer(call);
    solo.order(Command::Answer {
        call,
        sdp: ours.clone(),
    });
    let answer = solo.phone.last("200 INVITE");
    assert_eq!(answer.body(), ours);
    assert_eq!(established(&solo, call), 0);
    peer.learn(&answer);
    let theirs = sdp("bob", 1, "sendrecv");
    let ack = peer.ack(Some(&theirs));
    solo.receive(&ack);
    let answered = Event::Answered {
        call,
        sdp: theirs.clone(),
    };
    assert_eq!(solo.phone.count(&answered), 1);
    assert_eq!(established(&solo, call), 1);
    assert_eq!(solo.phone.agreed(call), (Some(ours), Some(theirs)));
}

#[test]
fn where_the_ack_owes_an_answer_and_brings_none_the_call_ends() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], None);
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_offer(call);
    solo.order(Command::Answer { call, sdp: ours });
    peer.learn(&solo.phone.last("200 INVITE"));
    let ack = peer.ack(None);
    solo.receive(&ack);
    assert_eq!(solo.phone.all("BYE").len(), 1);
    assert!(solo.phone.ended(call).is_some());
}

// ── refused ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_refusal_comes_through_with_its_status() {
    for status in [480, 486, 603] {
        let mut world = two();
        let (ours, theirs) = world.ring(0, 1);
        world.clear();
        world.order(
            1,
            Command::Refuse {
                call: theirs,
                status,
            },
        );
        world.run(SECOND);
        assert_eq!(world.phones[0].ended(ours), Some((End::Them, status)));
        assert_eq!(world.phones[1].ended(theirs), Some((End::Us, status)));
        assert_eq!(world.phones[1].labels(), [format!("{status} INVITE")]);
        assert_eq!(world.phones[0].labels(), ["ACK"]);
        assert_over(&mut world);
    }
}

#[test]
fn hanging_up_what_rings_here_refuses_it() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    hang_up(&mut world, 1, theirs);
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(ours), Some((End::Them, 480)));
    assert_over(&mut world);
}

#[test]
fn nobody_there_and_moved_and_refused_without_words_end_a_call_too() {
    for status in [302, 404, 500, 606] {
        let mut solo = Solo::new();
        let (call, invite) = solo.dial();
        let peer = Peer::callee(&invite, "b1");
        solo.receive(&peer.answer(&invite, status, &[], None));
        assert_eq!(solo.phone.ended(call), Some((End::Them, status)));
        let ack = solo.phone.last("ACK");
        assert_eq!(ack.branch(), invite.branch(), "RFC 3261 section 17.1.1.3");
        assert_eq!(ack.tag(Name::To), "b1");
        assert_eq!(ack.uri(), invite.uri());
    }
}

#[test]
fn what_a_refusal_says_of_its_cause_is_told() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    let reason = [("Reason", "Q.850;cause=17;text=\"user busy\"")];
    solo.receive(&peer.answer(&invite, 486, &reason, None));
    let told = Event::Ended {
        call,
        by: End::Them,
        status: 486,
        reason: "user busy".into(),
    };
    assert_eq!(solo.phone.count(&told), 1, "{:?}", solo.phone.told());
}

#[test]
fn an_invite_that_nobody_answers_is_given_up_after_32_s() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    solo.run(31 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
    solo.run(2 * SECOND);
    assert_eq!(solo.phone.ended(call), Some((End::Link, 408)));
    // What comes after all is not left ringing or talking.
    let peer = Peer::callee(&invite, "b1");
    solo.receive(&peer.answer(&invite, 200, &[], Some(&offer())));
    assert_eq!(established(&solo, call), 0);
}

#[test]
fn a_callee_may_ring_for_as_long_as_it_likes() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    for _ in 0..60 {
        solo.receive(&peer.answer(&invite, 180, &[], None));
        solo.run(60 * SECOND);
    }
    solo.receive(&peer.answer(&invite, 200, &[], Some(&offer())));
    assert_eq!(established(&solo, call), 1);
}

#[test]
fn a_caller_that_says_how_long_it_waits_is_refused_then() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request(
        "INVITE",
        &[("Expires", "20")],
        Some(("application/sdp", offer().as_str())),
    );
    solo.receive(&invite);
    let call = solo.phone.incoming();
    solo.run(19 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
    solo.run(2 * SECOND);
    assert!(solo.phone.ended(call).is_some());
    assert_eq!(solo.phone.all("487 INVITE").len(), 1);
}

#[test]
fn a_phone_that_rings_says_so_again_each_minute() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    solo.order(Command::Ring { call });
    solo.run(125 * SECOND);
    let rings = solo.phone.all("180 INVITE");
    assert_eq!(rings.len(), 3, "RFC 3261 section 13.3.1.1");
    let tags: Vec<String> = rings.iter().map(|ring| ring.tag(Name::To)).collect();
    assert!(!tags[0].is_empty());
    assert!(tags.iter().all(|tag| *tag == tags[0]));
}

// ── given up ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_that_rings_is_cancelled() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    let invite = world.phones[0].last("INVITE");
    world.clear();
    hang_up(&mut world, 0, ours);
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 487)), "at once");
    world.run(SECOND);
    assert_eq!(world.phones[0].labels(), ["CANCEL", "ACK"]);
    assert_eq!(world.phones[1].labels(), ["200 CANCEL", "487 INVITE"]);
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 487)));
    let cancel = world.phones[0].last("CANCEL");
    assert_eq!(cancel.branch(), invite.branch());
    assert_eq!(cancel.uri(), invite.uri());
    assert_eq!(cancel.number(), invite.number());
    assert_eq!(cancel.header(Name::To), invite.header(Name::To));
    assert_eq!(cancel.header(Name::From), invite.header(Name::From));
    assert!(!cancel.has(Name::ProxyAuthorization) && !cancel.has(Name::Contact));
    assert_over(&mut world);
}

#[test]
fn no_cancel_goes_out_before_a_provisional_answer() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    solo.order(Command::Hangup { call });
    solo.run(SECOND);
    assert_eq!(solo.phone.labels(), ["INVITE"], "RFC 3261 section 9.1");
    assert_eq!(solo.phone.ended(call), Some((End::Us, 487)));
    solo.receive(&response(&invite, 100, "", &[], None));
    assert_eq!(solo.phone.labels(), ["INVITE", "CANCEL"]);
    let cancel = solo.phone.last("CANCEL");
    solo.receive(&response(&cancel, 200, "b1", &[], None));
    solo.receive(&response(&invite, 487, "b1", &[], None));
    assert_eq!(solo.phone.labels(), ["INVITE", "CANCEL", "ACK"]);
    solo.run(60 * SECOND);
    assert_eq!(solo.phone.labels().len(), 3);
    assert_eq!(
        solo.phone.ended(call),
        Some((End::Us, 487)),
        "and told once"
    );
}

#[test]
fn given_up_and_refused_before_any_provisional_answer_needs_no_cancel() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    solo.order(Command::Hangup { call });
    solo.receive(&response(&invite, 486, "b1", &[], None));
    assert_eq!(solo.phone.labels(), ["INVITE", "ACK"]);
    assert_eq!(solo.phone.ended(call), Some((End::Us, 487)));
}

#[test]
fn an_answer_that_crosses_the_cancel_is_confirmed_and_ended() {
    for provisional in [false, true] {
        let mut solo = Solo::new();
        let (call, invite) = solo.dial();
        let peer = Peer::callee(&invite, "b1");
        if provisional {
            solo.receive(&peer.answer(&invite, 180, &[], None));
        }
        solo.order(Command::Hangup { call });
        solo.phone.clear();
        let answer = peer.answer(&invite, 200, &[], Some(&offer()));
        solo.receive(&answer);
        assert_eq!(solo.phone.labels(), ["ACK", "BYE"]);
        let bye = solo.phone.last("BYE");
        assert_eq!(bye.uri(), peer.contact);
        assert_eq!(bye.tag(Name::To), "b1");
        assert!(bye.number() > invite.number());
        assert_eq!(solo.phone.last("ACK").number(), invite.number());
        // The same again is confirmed again, and not ended twice.
        solo.receive(&answer);
        assert_eq!(solo.phone.labels(), ["ACK", "BYE", "ACK"]);
        assert!(
            solo.phone.events.is_empty(),
            "the owner has heard of its end already"
        );
    }
}

#[test]
fn a_cancel_and_an_answer_that_cross_leave_no_call_at_either_end() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    world.judge = Box::new(|_, _, text| {
        if label(text) == "200 INVITE" {
            Fate::Hold
        } else {
            Fate::Pass
        }
    });
    world.answer(1, theirs);
    world.run(50);
    hang_up(&mut world, 0, ours);
    world.run(100);
    world.pass();
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 487)));
    assert!(world.phones[1].ended(theirs).is_some());
    assert_over(&mut world);
}

#[test]
fn a_cancel_that_nobody_obeys_is_not_waited_for_for_ever() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    solo.receive(&response(&invite, 180, "b1", &[], None));
    solo.order(Command::Hangup { call });
    let cancel = solo.phone.last("CANCEL");
    solo.receive(&response(&cancel, 200, "b1", &[], None));
    solo.run(120 * SECOND);
    assert_eq!(solo.phone.labels(), ["INVITE", "CANCEL"]);
    assert_eq!(solo.phone.ended(call), Some((End::Us, 487)));
}

#[test]
fn a_call_that_is_given_up_before_its_offer_is_there_says_nothing() {
    let mut solo = Solo::new();
    solo.phone.prompt = false;
    let call = solo.order(Command::Call {
        target: "bob".into(),
        from: None,
        headers: Vec::new(),
        replaces: None,
    });
    let call = call.expect("a key");
    assert_eq!(solo.phone.count(&Event::OfferWanted { call }), 1);
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.labels(), [""; 0]);
    assert!(solo.phone.ended(call).is_some());
    let late = Command::Offer { call, sdp: offer() };
    assert_eq!(solo.command(late), Err(Refusal::NoCall));
}

#[test]
fn a_cancel_of_nothing_is_answered_481_and_one_that_comes_too_late_changes_nothing() {
    let mut solo = Solo::new();
    let (call, _) = solo.is_called();
    let mut stranger = Peer::another(&solo.contact, "other");
    stranger.request("INVITE", &[], None);
    let answer = solo.ask(&stranger.cancel());
    assert_eq!(answer.label(), "481 CANCEL");
    // The same for an INVITE that was answered.
    let mut peer = Peer::another(&solo.contact, "late");
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let second = solo.phone.incoming();
    let ours = solo.phone.next_answer(second);
    solo.order(Command::Answer {
        call: second,
        sdp: ours,
    });
    let late = solo.ask(&peer.cancel());
    assert_eq!(late.label(), "200 CANCEL", "RFC 3261 section 9.2");
    assert!(solo.phone.ended(second).is_none() && solo.phone.ended(call).is_none());
}

// ── forks ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_first_of_several_answers_wins_and_the_others_are_confirmed_and_ended() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let desk = Peer::callee(&invite, "desk");
    let mobile = Peer::callee(&invite, "mobile");
    for peer in [&desk, &mobile] {
        solo.receive(&peer.answer(&invite, 180, &[], None));
    }
    solo.phone.clear();
    let theirs = sdp("mobile", 1, "sendrecv");
    solo.receive(&mobile.answer(&invite, 200, &[], Some(&theirs)));
    let answered = Event::Answered { call, sdp: theirs };
    assert_eq!(solo.phone.count(&answered), 1);
    assert_eq!(solo.phone.labels(), ["ACK"]);
    solo.receive(&desk.answer(&invite, 200, &[], Some(&sdp("desk", 1, "sendrecv"))));
    assert_eq!(solo.phone.labels(), ["ACK", "ACK", "BYE"]);
    for (label, peer) in [("ACK", &desk), ("BYE", &desk)] {
        assert_eq!(solo.phone.last(label).uri(), peer.contact);
        assert_eq!(solo.phone.last(label).tag(Name::To), peer.tag);
    }
    assert_eq!(solo.phone.all("ACK")[0].uri(), mobile.contact);
    assert_eq!(established(&solo, call), 1);
    assert_eq!(solo.phone.ended(call), None);
    // And the call that goes on is with the first.
    solo.phone.clear();
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.last("BYE").uri(), mobile.contact);
}

#[test]
fn an_answer_from_a_place_that_never_rang_is_as_good() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let desk = Peer::callee(&invite, "desk");
    solo.receive(&desk.answer(&invite, 183, &[], Some(&sdp("desk", 1, "sendonly"))));
    let early = Event::Progress {
        call,
        status: 183,
        sdp: Some(sdp("desk", 1, "sendonly")),
    };
    assert_eq!(solo.phone.count(&early), 1);
    let mobile = Peer::callee(&invite, "mobile");
    let theirs = sdp("mobile", 1, "sendrecv");
    solo.receive(&mobile.answer(&invite, 200, &[], Some(&theirs)));
    assert_eq!(solo.phone.agreed(call).1, Some(theirs));
    assert_eq!(established(&solo, call), 1);
}

#[test]
fn one_branch_s_answer_does_not_speak_for_another_s_early_media() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let desk = Peer::callee(&invite, "desk");
    let theirs = sdp("desk", 1, "sendrecv");
    solo.receive(&desk.answer(&invite, 183, &[], Some(&theirs)));
    // A 200 without a description repeats what its own early answer said.
    solo.receive(&desk.answer(&invite, 200, &[], None));
    assert_eq!(solo.phone.agreed(call).1, Some(theirs));
    assert_eq!(established(&solo, call), 1);
}

// ── confirmation ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_answer_is_repeated_until_it_is_confirmed() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    let answered = solo.now;
    solo.order(Command::Answer { call, sdp: ours });
    solo.run(16 * SECOND);
    let answers = solo.phone.all("200 INVITE");
    let times: Vec<u64> = answers.iter().map(|one| one.at - answered).collect();
    // T1, doubled up to T2 (RFC 3261 section 13.3.1.4), over any transport.
    assert_eq!(times, [0, 500, 1_500, 3_500, 7_500, 11_500, 15_500]);
    assert!(answers.iter().all(|one| one.text == answers[0].text));
    assert_eq!(established(&solo, call), 0);
    peer.learn(&answers[0]);
    let ack = peer.ack(None);
    solo.receive(&ack);
    solo.phone.clear();
    solo.run(120 * SECOND);
    assert_eq!(solo.phone.labels(), [""; 0]);
}

#[test]
fn an_answer_that_nobody_confirms_is_a_call_that_ends_after_32_s() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    solo.run(31 * SECOND);
    assert_eq!(solo.phone.ended(call), None);
    solo.run(2 * SECOND);
    assert_eq!(solo.phone.ended(call), Some((End::Link, 408)));
    let bye = solo.phone.last("BYE");
    assert_eq!(bye.uri(), peer.contact);
    assert_eq!(bye.tag(Name::To), peer.tag);
}

#[test]
fn a_bye_waits_for_the_confirmation_of_the_answer_but_its_owner_does_not() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.ended(call), Some((End::Us, 200)));
    assert_eq!(solo.phone.all("BYE").len(), 0, "RFC 3261 section 15");
    peer.learn(&solo.phone.last("200 INVITE"));
    let ack = peer.ack(None);
    solo.receive(&ack);
    assert_eq!(solo.phone.all("BYE").len(), 1);
    assert_eq!(established(&solo, call), 0);
    // The same where the confirmation never comes.
    let mut peer = Peer::another(&solo.contact, "second");
    solo.phone.clear();
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    solo.receive(&invite);
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    solo.order(Command::Hangup { call });
    solo.run(40 * SECOND);
    assert_eq!(solo.phone.all("BYE").len(), 1);
    assert_eq!(solo.phone.ended(call), Some((End::Us, 200)));
}

#[test]
fn an_answer_that_comes_again_is_confirmed_again() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    let answer = peer.answer(&invite, 200, &[], Some(&offer()));
    for _ in 0..3 {
        solo.receive(&answer);
        solo.run(SECOND);
    }
    let acks = solo.phone.all("ACK");
    assert_eq!(acks.len(), 3);
    assert!(acks.iter().all(|ack| ack.text == acks[0].text));
    assert_ne!(
        acks[0].branch(),
        invite.branch(),
        "a transaction of its own"
    );
    assert_eq!(established(&solo, call), 1);
}

#[test]
fn an_invite_that_comes_again_gets_the_last_answer_and_is_no_second_call() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let invite = peer.request("INVITE", &[], Some(("application/sdp", offer().as_str())));
    assert_eq!(solo.ask(&invite).label(), "100 INVITE");
    assert_eq!(solo.ask(&invite).label(), "100 INVITE");
    let call = solo.phone.incoming();
    solo.order(Command::Ring { call });
    assert_eq!(solo.ask(&invite).label(), "180 INVITE");
    solo.order(Command::Refuse { call, status: 486 });
    assert_eq!(solo.ask(&invite).label(), "486 INVITE");
    let calls = solo.phone.told().into_iter();
    let calls = calls.filter(|event| matches!(event, Event::Incoming { .. }));
    assert_eq!(calls.count(), 1);
}

#[test]
fn an_answer_without_a_description_is_confirmed_and_ended() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    solo.receive(&peer.answer(&invite, 200, &[], None));
    assert_eq!(solo.phone.labels(), ["INVITE", "ACK", "BYE"]);
    assert!(solo.phone.ended(call).is_some());
}

// ── the dialog ───────────────────────────────────────────────────────────────────────────────────────────────────

const NEAR: &str = "<sip:near.example.com;lr>";
const FAR: &str = "<sip:far.example.com;lr>";

#[test]
fn a_caller_s_requests_go_the_recorded_way_backwards_to_the_contact() {
    let mut solo = Solo::new();
    let (call, invite) = solo.dial();
    let peer = Peer::callee(&invite, "b1");
    let ways = [("Record-Route", FAR), ("Record-Route", NEAR)];
    solo.receive(&peer.answer(&invite, 200, &ways, Some(&offer())));
    solo.order(Command::Hangup { call });
    for label in ["ACK", "BYE"] {
        let sent = solo.phone.last(label);
        assert_eq!(sent.values(Name::Route), [NEAR, FAR], "{label}");
        assert_eq!(sent.uri(), peer.contact, "{label}");
        assert_eq!(sent.header(Name::CallId), invite.header(Name::CallId));
        assert_eq!(sent.header(Name::From), invite.header(Name::From));
        assert_eq!(sent.tag(Name::To), "b1");
    }
}

#[test]
fn a_callee_s_requests_go_the_recorded_way_as_it_is_written_to_the_contact() {
    let mut solo = Solo::new();
    let both = format!("{NEAR}, {FAR}");
    let (call, peer) = solo.is_called_with(&[("Record-Route", both.as_str())]);
    solo.order(Command::Hangup { call });
    let bye = solo.phone.last("BYE");
    assert_eq!(bye.values(Name::Route), [NEAR, FAR]);
    assert_eq!(bye.uri(), peer.contact);
    assert_eq!(
        bye.header(Name::To),
        peer.local,
        "with its name and its tag"
    );
}

#[test]
fn a_peer_that_moves_is_followed_and_the_way_stays() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called_with(&[("Record-Route", NEAR)]);
    peer.contact = "sip:bob@moved.invalid;transport=ws".into();
    let again = peer.request(
        "INVITE",
        &[("Record-Route", FAR)],
        Some(("application/sdp", sdp("bob", 2, "sendrecv").as_str())),
    );
    solo.receive(&again);
    let ack = peer.ack(None);
    solo.receive(&ack);
    solo.order(Command::Hangup { call });
    let bye = solo.phone.last("BYE");
    assert_eq!(bye.uri(), "sip:bob@moved.invalid;transport=ws");
    assert_eq!(bye.values(Name::Route), [NEAR], "RFC 3261 section 12.2");
}

#[test]
fn an_answer_to_our_later_offer_may_move_the_peer_too() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    solo.order(Command::Reoffer { call });
    peer.contact = "sip:b1@moved.invalid;transport=ws".into();
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&sdp("bob", 2, "sendrecv"))));
    assert_eq!(solo.phone.last("ACK").uri(), peer.contact);
    solo.order(Command::Hangup { call });
    assert_eq!(solo.phone.last("BYE").uri(), peer.contact);
}

#[test]
fn the_numbers_of_our_requests_rise_one_by_one() {
    let mut solo = Solo::new();
    let (call, peer) = solo.calls();
    let info = Command::Info {
        call,
        kind: "application/x-test".into(),
        body: "x".into(),
    };
    solo.order(info.clone());
    solo.order(Command::Reoffer { call });
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&sdp("bob", 2, "sendrecv"))));
    solo.order(info);
    solo.order(Command::Hangup { call });
    let asked = ["INFO", "INVITE", "BYE"].map(|label| solo.phone.last(label).number());
    let first = solo.phone.all("INFO")[0].number();
    assert_eq!(asked, [first + 2, first + 1, first + 3]);
    assert_eq!(solo.phone.last("ACK").number(), first + 1);
}

#[test]
fn a_request_with_a_number_that_was_passed_is_refused_and_a_gap_is_none_of_our_business() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let old = peer.written("INFO", peer.cseq - 1, "z9hG4bKoldoldold", &[], None);
    assert_eq!(
        solo.ask(&old).label(),
        "500 INFO",
        "RFC 3261 section 12.2.2"
    );
    peer.cseq += 1_000;
    let late = peer.request("INFO", &[], None);
    assert_eq!(solo.ask(&late).label(), "200 INFO");
    assert!(solo.phone.agent.call(call).is_some());
}

#[test]
fn a_bye_that_gets_no_answer_ends_the_call_all_the_same() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    solo.order(Command::Hangup { call });
    solo.run(120 * SECOND);
    assert_eq!(solo.phone.ended(call), Some((End::Us, 200)));
    assert_eq!(solo.phone.labels(), ["BYE"]);
}

#[test]
fn the_words_of_a_bye_are_told() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let reason = [("Reason", "SIP;cause=503;text=\"lines, down\"")];
    let bye = peer.request("BYE", &reason, None);
    assert_eq!(solo.ask(&bye).label(), "200 BYE");
    let told = Event::Ended {
        call,
        by: End::Them,
        status: 503,
        reason: "lines, down".into(),
    };
    assert_eq!(solo.phone.count(&told), 1, "{:?}", solo.phone.told());
}

#[test]
fn a_challenge_within_a_call_is_answered_without_a_word() {
    let mut world = two();
    world.proxy.asks = Asks::All;
    let (ours, theirs) = world.talk(0, 1);
    world.proxy.forget_nonces();
    world.hold(0, ours, true);
    world.run(SECOND);
    let asked = world.phones[0].all("INVITE");
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].number(), asked[0].number() + 1);
    assert_eq!(asked[1].body(), asked[0].body());
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
    world.assert_agreed((0, ours), (1, theirs));
    world.proxy.forget_nonces();
    hang_up(&mut world, 1, theirs);
    world.run(SECOND);
    assert_eq!(world.phones[1].all("BYE").len(), 2);
    assert_eq!(world.phones[0].ended(ours), Some((End::Them, 200)));
    assert_over(&mut world);
}

#[test]
fn a_wrong_password_for_calls_ends_the_call_and_goes_in_no_circle() {
    let mut solo = Solo::new();
    let (call, _) = solo.dial();
    let realm = "Digest realm=\"other.example.com\", nonce=\"n\", qop=\"auth\"";
    for _ in 0..10 {
        let invite = solo.phone.last("INVITE");
        solo.receive(&response(
            &invite,
            407,
            "p",
            &[("Proxy-Authenticate", realm)],
            None,
        ));
    }
    assert_eq!(solo.phone.all("INVITE").len(), 2);
    assert_eq!(solo.phone.ended(call), Some((End::Them, 407)));
}

#[test]
fn a_record_of_the_way_is_repeated_in_answers() {
    let mut world = two();
    let (_, theirs) = world.ring(0, 1);
    world.answer(1, theirs);
    for label in ["180 INVITE", "200 INVITE"] {
        let answer = world.phones[1].last(label);
        assert_eq!(answer.values(Name::RecordRoute), [record()], "{label}");
    }
}

// ── two at once ──────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_second_call_leaves_the_first_alone() {
    let mut world = some(3);
    let (first, theirs) = world.talk(0, 1);
    let (other, second) = world.talk(2, 0);
    assert_eq!(
        world.phones[0].agent.calls().collect::<Vec<_>>(),
        [first, second]
    );
    world.assert_agreed((0, first), (1, theirs));
    world.assert_agreed((2, other), (0, second));
    hang_up(&mut world, 2, other);
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(second), Some((End::Them, 200)));
    assert_eq!(world.phones[0].ended(first), None);
    world.hold(0, first, true);
    world.run(SECOND);
    world.assert_agreed((0, first), (1, theirs));
    hang_up(&mut world, 0, first);
    assert_over(&mut world);
}

#[test]
fn one_may_call_oneself() {
    let mut world = some(1);
    let ours = world.dial(0, "1001");
    world.run(SECOND);
    let theirs = world.phones[0].incoming();
    assert_ne!(ours, theirs);
    world.answer(0, theirs);
    world.run(SECOND);
    world.assert_agreed((0, ours), (0, theirs));
    hang_up(&mut world, 0, ours);
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(theirs), Some((End::Them, 200)));
    assert_over(&mut world);
}

#[test]
fn a_hundred_calls_one_after_the_other_leave_nothing_behind() {
    let mut world = two();
    for round in 0..100 {
        let (from, to) = (round % 2, 1 - round % 2);
        let (ours, theirs) = world.talk(from, to);
        let (who, call) = if round % 3 == 0 {
            (from, ours)
        } else {
            (to, theirs)
        };
        hang_up(&mut world, who, call);
        world.run(SECOND);
    }
    assert_over(&mut world);
}

// ── the link is lost in a call ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_call_outlives_its_link() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(600 * SECOND);
    world.door(0, Door::Opens);
    world.run(10 * SECOND);
    assert!(world.phones[0].agent.is_registered());
    assert_eq!(world.phones[0].ended(ours), None);
    assert_eq!(world.phones[1].ended(theirs), None);
    world.hold(0, ours, true);
    world.run(SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
    hang_up(&mut world, 1, theirs);
    world.run(SECOND);
    assert_eq!(world.phones[0].ended(ours), Some((End::Them, 200)));
}

#[test]
fn hanging_up_while_the_link_is_down_is_said_when_it_is_back_and_registered() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(60 * SECOND);
    hang_up(&mut world, 0, ours);
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 200)), "at once");
    world.run(120 * SECOND);
    assert_eq!(world.phones[1].ended(theirs), None);
    world.door(0, Door::Opens);
    world.run(40 * SECOND);
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 200)));
    let stands = world.phones[0].when(&|event| matches!(event, Event::Registered { .. }));
    assert!(world.phones[0].last("BYE").at >= stands.expect("a registration"));
    assert_over(&mut world);
}

#[test]
fn a_hold_while_the_link_is_down_happens_when_it_is_back() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(10 * SECOND);
    world.hold(0, ours, true);
    world.run(60 * SECOND);
    world.door(0, Door::Opens);
    world.run(20 * SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
    assert_eq!(world.phones[1].way(theirs), Direction::RecvOnly);
}

#[test]
fn a_link_that_breaks_under_a_bye_does_not_leave_the_peer_talking() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    hang_up(&mut world, 0, ours);
    world.cut(0);
    world.run(10 * SECOND);
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 200)));
    assert_over(&mut world);
}

#[test]
fn a_link_that_breaks_under_a_hold_does_not_break_the_hold() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.hold(0, ours, true);
    world.cut(0);
    world.run(60 * SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    assert_eq!(world.phones[0].way(ours), Direction::SendOnly);
}

#[test]
fn a_dead_link_is_found_out_before_a_request_is_given_up() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.silence(0);
    world.hold(0, ours, true);
    world.run(60 * SECOND);
    assert_eq!(
        world.phones[0].ended(ours),
        None,
        "{:?}",
        world.phones[0].told()
    );
    world.assert_agreed((0, ours), (1, theirs));
    world.clear();
    world.silence(0);
    hang_up(&mut world, 0, ours);
    world.run(60 * SECOND);
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 200)));
}

#[test]
fn a_peer_that_hangs_up_meanwhile_is_heard_when_the_link_is_back() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(5 * SECOND);
    hang_up(&mut world, 1, theirs);
    world.run(10 * SECOND);
    world.door(0, Door::Opens);
    world.run(20 * SECOND);
    assert_eq!(world.phones[0].ended(ours), Some((End::Them, 200)));
    assert_over(&mut world);
}

#[test]
fn a_peer_that_knows_the_call_no_more_ends_it() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    solo.order(Command::Reoffer { call });
    let again = solo.phone.last("INVITE");
    solo.receive(&response(&again, 481, "b1", &[], None));
    assert_eq!(solo.phone.ended(call), Some((End::Link, 481)));
    assert_eq!(solo.phone.all("ACK").len(), 1);
}

#[test]
fn a_link_that_breaks_while_it_rings_there_still_lets_the_call_be_answered() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    world.cut(0);
    world.answer(1, theirs);
    world.run(20 * SECOND);
    assert_eq!(world.phones[0].count(&Event::Established { call: ours }), 1);
    assert_eq!(
        world.phones[1].count(&Event::Established { call: theirs }),
        1
    );
    world.assert_agreed((0, ours), (1, theirs));
}

#[test]
fn a_link_that_breaks_while_it_rings_here_still_lets_the_call_be_answered() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    world.cut(1);
    world.answer(1, theirs);
    world.run(20 * SECOND);
    assert_eq!(world.phones[0].count(&Event::Established { call: ours }), 1);
    world.assert_agreed((0, ours), (1, theirs));
}

#[test]
fn a_call_that_is_given_up_while_the_link_is_down_does_not_ring_on() {
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    hang_up(&mut world, 0, ours);
    world.run(5 * SECOND);
    world.door(0, Door::Opens);
    world.run(40 * SECOND);
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 487)));
    assert_over(&mut world);
}

#[test]
fn a_call_made_while_the_link_is_down_goes_out_when_it_is_back() {
    let mut world = two();
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(SECOND);
    let ours = world.dial(0, "1002");
    world.run(SECOND);
    assert_eq!(world.phones[0].labels(), [""; 0]);
    world.door(0, Door::Opens);
    world.run(10 * SECOND);
    let theirs = world.phones[1].incoming();
    world.answer(1, theirs);
    world.run(SECOND);
    world.assert_agreed((0, ours), (1, theirs));
}

#[test]
fn at_a_server_s_end_a_call_waits_for_the_phone_to_come_back() {
    let mut solo = Solo::server_end(&|_| {});
    let (call, peer) = solo.is_called();
    solo.lose();
    solo.run(60 * SECOND);
    solo.order(Command::Reoffer { call });
    assert_eq!(solo.phone.labels(), [""; 0]);
    solo.open();
    let again = solo.phone.last("INVITE");
    solo.receive(&peer.answer(&again, 200, &[], Some(&sdp("bob", 2, "sendrecv"))));
    assert_eq!(solo.phone.all("ACK").len(), 1);
    assert_eq!(solo.phone.ended(call), None);
}

// ── what cannot be done ──────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_command_that_does_not_fit_is_refused_and_changes_nothing() {
    let mut solo = Solo::new();
    let nobody = CallKey(99);
    let sdp = offer();
    let on_nobody = [
        Command::Offer {
            call: nobody,
            sdp: sdp.clone(),
        },
        Command::Ring { call: nobody },
        Command::Answer {
            call: nobody,
            sdp: sdp.clone(),
        },
        Command::Refuse {
            call: nobody,
            status: 486,
        },
        Command::Hangup { call: nobody },
        Command::Reoffer { call: nobody },
        Command::Refer {
            call: nobody,
            target: "1003".into(),
        },
        Command::Follow { call: nobody },
        Command::Report {
            call: nobody,
            status: 200,
        },
    ];
    for command in on_nobody {
        let shown = format!("{command:?}");
        assert_eq!(solo.command(command), Err(Refusal::NoCall), "{shown}");
    }
    let (call, _) = solo.calls();
    let not_now = [
        Command::Offer {
            call,
            sdp: sdp.clone(),
        },
        Command::Ring { call },
        Command::Answer { call, sdp },
        Command::Refuse { call, status: 486 },
        Command::Follow { call },
        Command::Report { call, status: 200 },
        Command::Attend { call, other: call },
    ];
    for command in not_now {
        let shown = format!("{command:?}");
        assert_eq!(solo.command(command), Err(Refusal::NotNow), "{shown}");
    }
    assert_eq!(solo.phone.labels(), [""; 0]);
    assert!(solo.phone.agent.call(call).is_some());
}

#[test]
fn a_target_that_is_none_is_refused() {
    let mut solo = Solo::new();
    for target in [
        "",
        "  ",
        "sip:",
        "sip:a b@c",
        "sip:x@y>\r\nEvil: 1",
        "a@b@\"c",
    ] {
        let command = Command::Call {
            target: target.into(),
            from: None,
            headers: Vec::new(),
            replaces: None,
        };
        assert_eq!(solo.command(command), Err(Refusal::BadTarget), "{target:?}");
    }
    assert_eq!(solo.phone.agent.calls().count(), 0);
}

#[test]
fn without_a_link_wanted_nothing_can_be_asked() {
    let mut world = World::new(1, &|_| {});
    let call = Command::Call {
        target: "1002".into(),
        from: None,
        headers: Vec::new(),
        replaces: None,
    };
    assert_eq!(world.command(0, call), Err(Refusal::NotOpen));
    assert_eq!(world.command(0, Command::Options), Err(Refusal::NotOpen));
}

#[test]
fn stopping_ends_every_call() {
    let mut world = some(3);
    let (_, first) = world.talk(0, 1);
    let (second, _) = world.talk(2, 0);
    world.order(0, Command::Stop);
    world.run(5 * SECOND);
    assert_eq!(world.phones[1].ended(first), Some((End::Them, 200)));
    assert_eq!(world.phones[2].ended(second), Some((End::Them, 200)));
    assert_eq!(world.phones[0].agent.calls().count(), 0);
    assert!(!world.phones[0].agent.is_open());
    assert!(!world.proxy.knows("1001"));
}
