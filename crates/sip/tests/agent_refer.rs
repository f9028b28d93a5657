//! Transfer: blind and attended, in every role (RFC 3515, RFC 3891, RFC 5589).

mod agent_world;

use agent_world::{Asks, Peer, Sent, Solo, World, address, response, sdp, some};
use sip::agent::{CallKey, Command, End, Event, Refusal};
use sip::{Name, Uri};

const SECOND: u64 = 1_000;

/// What the one who asked is told of its transfer.
fn told(world: &World, who: usize) -> Vec<u16> {
    statuses(&world.phones[who].told())
}

fn statuses(told: &[Event]) -> Vec<u16> {
    let all = told.iter().filter_map(|event| match event {
        Event::Transferring { status, .. } => Some(*status),
        _ => None,
    });
    all.collect()
}

/// The peer of a call of `who` is asked to call `target`, and has heard of it.
fn refer(world: &mut World, who: usize, call: CallKey, target: &str) {
    let target = target.to_owned();
    world.order(who, Command::Refer { call, target });
    world.run(100);
}

fn follow(world: &mut World, who: usize, call: CallKey) -> CallKey {
    let key = world.order(who, Command::Follow { call });
    let key = key.expect("a new call");
    world.run(200);
    key
}

fn referred(world: &World, who: usize) -> (String, bool) {
    let found = world.phones[who]
        .told()
        .into_iter()
        .find_map(|event| match event {
            Event::Referred {
                target, replaces, ..
            } => Some((target, replaces)),
            _ => None,
        });
    found.expect("somebody asked")
}

// ── blind ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_blind_transfer_connects_the_other_two_and_leaves_the_one_who_asked() {
    let mut world = some(3);
    let (ours, theirs) = world.talk(0, 1);
    refer(&mut world, 0, ours, "1003");
    let request = world.phones[0].last("REFER");
    assert_eq!(
        address(&request.header(Name::ReferTo)),
        "sip:1003@example.com"
    );
    assert!(
        request
            .header(Name::ReferredBy)
            .contains("sip:1001@example.com")
    );
    assert_eq!(
        referred(&world, 1),
        ("sip:1003@example.com".to_owned(), false)
    );
    let new = follow(&mut world, 1, theirs);
    let third = world.phones[2].incoming();
    let invite = world.phones[1].last("INVITE");
    assert!(
        invite
            .header(Name::ReferredBy)
            .contains("sip:1001@example.com")
    );
    world.order(2, Command::Ring { call: third });
    world.run(100);
    world.answer(2, third);
    world.run(SECOND);
    assert_eq!(told(&world, 0), [100, 180, 200]);
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 200)));
    assert_eq!(world.phones[1].ended(theirs), Some((End::Them, 200)));
    world.assert_agreed((1, new), (2, third));
    let notifies = world.phones[1].all("NOTIFY");
    let lines: Vec<&str> = notifies.iter().map(Sent::body).collect();
    assert_eq!(
        lines,
        [
            "SIP/2.0 100 Trying\r\n",
            "SIP/2.0 180 Ringing\r\n",
            "SIP/2.0 200 OK\r\n"
        ]
    );
    for (notify, is_last) in notifies.iter().zip([false, false, true]) {
        assert_eq!(notify.header(Name::Event), "refer");
        let kind = notify.header(Name::ContentType);
        assert!(kind.starts_with("message/sipfrag"), "{kind}");
        let state = notify.header(Name::SubscriptionState);
        assert_eq!(state.starts_with("terminated"), is_last, "{state}");
        assert_eq!(state.starts_with("active"), !is_last, "{state}");
    }
}

#[test]
fn the_first_news_comes_with_the_acceptance_and_not_with_the_first_ring() {
    let mut world = some(2);
    let (ours, theirs) = world.talk(0, 1);
    refer(&mut world, 0, ours, "1003");
    // RFC 3515 section 2.4.4.
    assert_eq!(world.phones[1].labels()[..2], ["202 REFER", "NOTIFY"]);
    let asked = Event::Referred {
        call: theirs,
        target: "sip:1003@example.com".into(),
        replaces: false,
    };
    assert_eq!(world.phones[1].count(&asked), 1);
    assert_eq!(world.phones[0].ended(ours), None);
}

#[test]
fn a_transfer_that_fails_leaves_the_call_with_the_one_who_asked() {
    let mut world = some(3);
    let (ours, theirs) = world.talk(0, 1);
    refer(&mut world, 0, ours, "1003");
    let new = follow(&mut world, 1, theirs);
    let third = world.phones[2].incoming();
    world.order(
        2,
        Command::Refuse {
            call: third,
            status: 486,
        },
    );
    world.run(SECOND);
    assert_eq!(told(&world, 0).last(), Some(&486));
    assert_eq!(world.phones[1].ended(new), Some((End::Them, 486)));
    assert_eq!(world.phones[0].ended(ours), None);
    world.hold(0, ours, false);
    world.run(SECOND);
    world.assert_agreed((0, ours), (1, theirs));
    // And it may be tried again; the second has a name of its own (RFC 3515 section 2.4.6).
    world.clear();
    refer(&mut world, 0, ours, "1003");
    let number = world.phones[0].last("REFER").number();
    let event = world.phones[1].last("NOTIFY").header(Name::Event);
    assert_eq!(event.replace(' ', ""), format!("refer;id={number}"));
}

#[test]
fn who_is_asked_may_refuse() {
    let mut world = some(2);
    let (ours, theirs) = world.talk(0, 1);
    refer(&mut world, 0, ours, "1003");
    world.order(
        1,
        Command::Refuse {
            call: theirs,
            status: 603,
        },
    );
    world.run(SECOND);
    assert_eq!(told(&world, 0).last(), Some(&603));
    assert_eq!(world.phones[0].ended(ours), None);
    let late = Command::Follow { call: theirs };
    assert_eq!(world.command(1, late), Err(Refusal::NotNow));
}

#[test]
fn a_transfer_to_nobody_fails() {
    let mut world = some(2);
    let (ours, theirs) = world.talk(0, 1);
    refer(&mut world, 0, ours, "7777");
    follow(&mut world, 1, theirs);
    world.run(SECOND);
    assert_eq!(told(&world, 0).last(), Some(&404));
    assert_eq!(world.phones[0].ended(ours), None);
}

#[test]
fn a_transfer_is_challenged_like_anything_else() {
    let mut world = some(3);
    let (ours, theirs) = world.talk(0, 1);
    world.proxy.asks = Asks::All;
    world.proxy.forget_nonces();
    refer(&mut world, 0, ours, "1003");
    world.run(SECOND);
    follow(&mut world, 1, theirs);
    let third = world.phones[2].incoming();
    world.answer(2, third);
    world.run(2 * SECOND);
    assert_eq!(told(&world, 0).last(), Some(&200));
    assert_eq!(world.phones[0].ended(ours), Some((End::Us, 200)));
}

#[test]
fn a_refusal_of_the_request_itself_is_told() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    let target = "1003".to_owned();
    solo.order(Command::Refer { call, target });
    let request = solo.phone.last("REFER");
    solo.receive(&response(&request, 405, "b1", &[], None));
    assert_eq!(statuses(&solo.phone.told()), [405]);
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn a_peer_that_will_not_tell_is_believed() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    let target = "1003".to_owned();
    solo.order(Command::Refer { call, target });
    let request = solo.phone.last("REFER");
    // RFC 4488.
    solo.receive(&response(
        &request,
        202,
        "b1",
        &[("Refer-Sub", "false")],
        None,
    ));
    assert_eq!(solo.phone.ended(call), Some((End::Us, 200)));
    assert_eq!(solo.phone.all("BYE").len(), 1);
}

/// What a NOTIFY of a transfer's says.
fn news(peer: &mut Peer, state: &str, line: &str) -> String {
    let headers = [("Event", "refer"), ("Subscription-State", state)];
    peer.request(
        "NOTIFY",
        &headers,
        Some(("message/sipfrag;version=2.0", line)),
    )
}

#[test]
fn a_peer_that_hangs_up_before_the_last_news_ends_the_call_once() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    let target = "1003".to_owned();
    solo.order(Command::Refer { call, target });
    let request = solo.phone.last("REFER");
    solo.receive(&response(&request, 202, "b1", &[], None));
    let first = news(&mut peer, "active;expires=60", "SIP/2.0 100 Trying\r\n");
    assert_eq!(solo.ask(&first).label(), "200 NOTIFY");
    let bye = peer.request("BYE", &[], None);
    assert_eq!(solo.ask(&bye).label(), "200 BYE");
    assert_eq!(solo.phone.ended(call), Some((End::Them, 200)));
    let last = news(
        &mut peer,
        "terminated;reason=noresource",
        "SIP/2.0 200 OK\r\n",
    );
    assert_eq!(solo.ask(&last).label(), "481 NOTIFY");
    assert_eq!(solo.phone.ended(call), Some((End::Them, 200)));
}

#[test]
fn the_answer_to_the_last_news_goes_out_before_the_goodbye() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    let target = "1003".to_owned();
    solo.order(Command::Refer { call, target });
    let request = solo.phone.last("REFER");
    solo.receive(&response(&request, 202, "b1", &[], None));
    let last = news(
        &mut peer,
        "terminated;reason=noresource",
        "SIP/2.0 200 OK\r\n",
    );
    solo.receive(&last);
    assert_eq!(solo.phone.labels(), ["REFER", "200 NOTIFY", "BYE"]);
}

#[test]
fn an_end_of_the_news_without_a_result_is_a_failure() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    let target = "1003".to_owned();
    solo.order(Command::Refer { call, target });
    let request = solo.phone.last("REFER");
    solo.receive(&response(&request, 202, "b1", &[], None));
    let over = news(
        &mut peer,
        "terminated;reason=timeout",
        "SIP/2.0 100 Trying\r\n",
    );
    solo.receive(&over);
    let last = statuses(&solo.phone.told()).pop().expect("it is told");
    assert!(last >= 300, "{last}");
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn news_that_nobody_asked_for_is_refused() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.calls();
    let stray = news(&mut peer, "active;expires=60", "SIP/2.0 200 OK\r\n");
    assert_eq!(solo.ask(&stray).label(), "481 NOTIFY");
    let headers = [("Event", "presence"), ("Subscription-State", "active")];
    let other = peer.request("NOTIFY", &headers, None);
    assert_eq!(solo.ask(&other).label(), "489 NOTIFY");
    assert_eq!(solo.phone.ended(call), None);
    assert!(solo.phone.events.is_empty());
}

#[test]
fn two_transfers_of_one_call_do_not_run_at_once() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    let target = "1003".to_owned();
    let again = Command::Refer { call, target };
    solo.order(again.clone());
    assert_eq!(solo.command(again), Err(Refusal::NotNow));
    let target = "x y".to_owned();
    let bad = Command::Refer { call, target };
    assert!(solo.command(bad).is_err());
    assert_eq!(solo.phone.all("REFER").len(), 1);
}

// ── asked by a peer ──────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_request_that_names_no_one_or_several_is_bad() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let none = peer.request("REFER", &[], None);
    assert_eq!(solo.ask(&none).label(), "400 REFER");
    let two = [
        ("Refer-To", "<sip:a@example.com>"),
        ("Refer-To", "<sip:b@example.com>"),
    ];
    let two = peer.request("REFER", &two, None);
    assert_eq!(solo.ask(&two).label(), "400 REFER");
    assert_eq!(solo.phone.ended(call), None);
    assert!(solo.phone.events.is_empty());
}

#[test]
fn nobody_outside_of_a_call_has_us_call_others() {
    let mut solo = Solo::new();
    let mut stranger = Peer::another(&solo.contact, "stranger");
    let refer = stranger.request("REFER", &[("Refer-To", "<sip:900123@example.com>")], None);
    let answer = solo.ask(&refer);
    assert!(answer.label().starts_with('4') || answer.label().starts_with('6'));
    assert!(solo.phone.events.is_empty());
}

#[test]
fn a_second_request_before_the_first_is_done_is_refused() {
    let mut solo = Solo::new();
    let (_, mut peer) = solo.is_called();
    let target = [("Refer-To", "<sip:1003@example.com>")];
    solo.receive(&peer.request("REFER", &target, None));
    assert_eq!(solo.phone.labels(), ["202 REFER", "NOTIFY"]);
    solo.phone.clear();
    let answer = solo.ask(&peer.request("REFER", &target, None));
    assert!(!answer.label().starts_with('2'), "{}", answer.label());
    assert!(solo.phone.events.is_empty());
}

#[test]
fn a_peer_that_wants_no_news_gets_none() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let headers = [
        ("Refer-To", "<sip:1003@example.com>"),
        ("Refer-Sub", "false"),
        ("Supported", "norefersub"),
    ];
    let answer = solo.ask(&peer.request("REFER", &headers, None));
    assert_eq!(answer.label(), "202 REFER");
    assert_eq!(answer.header(Name::ReferSub), "false");
    let new = solo.order(Command::Follow { call }).expect("a call");
    let invite = solo.phone.last("INVITE");
    solo.receive(&response(&invite, 180, "c", &[], None));
    solo.receive(&response(&invite, 486, "c", &[], None));
    assert!(solo.phone.ended(new).is_some());
    assert_eq!(solo.phone.all("NOTIFY").len(), 0);
}

#[test]
fn an_owner_that_calls_by_other_means_reports_how_it_goes() {
    let mut solo = Solo::server_end(&|_| {});
    let (call, mut peer) = solo.is_called();
    let refer = peer.request("REFER", &[("Refer-To", "<sip:1003@example.com>")], None);
    solo.receive(&refer);
    for status in [100, 180, 180, 200] {
        solo.order(Command::Report { call, status });
    }
    let lines: Vec<String> = solo
        .phone
        .all("NOTIFY")
        .iter()
        .map(|notify| notify.body().trim_end().to_owned())
        .collect();
    // What was told already is no news.
    assert_eq!(
        lines,
        [
            "SIP/2.0 100 Trying",
            "SIP/2.0 180 Ringing",
            "SIP/2.0 200 OK"
        ]
    );
    let last = solo.phone.last("NOTIFY");
    assert!(
        last.header(Name::SubscriptionState)
            .starts_with("terminated")
    );
    let numbers: Vec<u32> = solo.phone.all("NOTIFY").iter().map(Sent::number).collect();
    assert!(numbers.windows(2).all(|two| two[1] == two[0] + 1));
    let late = Command::Report { call, status: 200 };
    assert_eq!(solo.command(late), Err(Refusal::NotNow));
    assert_eq!(solo.phone.ended(call), None, "who asked hangs up");
}

#[test]
fn a_failure_is_reported_with_its_status() {
    let mut solo = Solo::server_end(&|_| {});
    let (call, mut peer) = solo.is_called();
    let refer = peer.request("REFER", &[("Refer-To", "<sip:1003@example.com>")], None);
    solo.receive(&refer);
    solo.order(Command::Report { call, status: 486 });
    let last = solo.phone.last("NOTIFY");
    assert!(last.body().starts_with("SIP/2.0 486 "));
    assert!(
        last.header(Name::SubscriptionState)
            .starts_with("terminated")
    );
}

#[test]
fn an_owner_is_told_of_the_dialog_that_is_to_be_replaced() {
    let mut solo = Solo::server_end(&|_| {});
    let (call, mut peer) = solo.is_called();
    let target = "sip:1003@example.com?Replaces=abc%40host%3Bto-tag%3D1%3Bfrom-tag%3D2";
    let header = format!("<{target}>");
    let refer = peer.request("REFER", &[("Refer-To", header.as_str())], None);
    solo.receive(&refer);
    let wanted = Event::Referred {
        call,
        target: target.into(),
        replaces: true,
    };
    assert_eq!(solo.phone.count(&wanted), 1, "{:?}", solo.phone.told());
}

// ── attended ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_attended_transfer_puts_the_first_peer_in_our_place() {
    let mut world = some(3);
    let (first, customer) = world.talk(0, 1);
    let (second, colleague) = world.talk(0, 2);
    let dialog = world.phones[0].agent.call(second).expect("a call");
    let call_id = dialog.call_id().to_owned();
    world.order(
        0,
        Command::Attend {
            call: first,
            other: second,
        },
    );
    world.run(100);
    let (target, replaces) = referred(&world, 1);
    assert!(replaces);
    let uri = Uri::parse(&target).expect("a URI");
    assert_eq!(uri.user, Some("1003"));
    assert!(uri.headers.starts_with("Replaces="), "{target}");
    assert!(!uri.headers.contains(';'), "it is escaped: {target}");
    let new = follow(&mut world, 1, customer);
    let invite = world.phones[1].last("INVITE");
    assert!(invite.header(Name::Replaces).starts_with(&call_id));
    assert!(invite.names(Name::Require, "replaces"));
    let third = world.phones[2].incoming();
    let told_of = world.phones[2]
        .told()
        .into_iter()
        .find_map(|event| match event {
            Event::Incoming { replaces, .. } => Some(replaces),
            _ => None,
        });
    assert_eq!(told_of, Some(Some(colleague)));
    assert_eq!(
        world.phones[2].ended(colleague),
        None,
        "not before the answer"
    );
    world.answer(2, third);
    world.run(SECOND);
    world.assert_agreed((1, new), (2, third));
    assert_eq!(told(&world, 0).last(), Some(&200));
    assert!(world.phones[0].ended(first).is_some());
    assert!(world.phones[0].ended(second).is_some());
    assert_eq!(world.phones[1].ended(customer), Some((End::Them, 200)));
    assert!(world.phones[2].ended(colleague).is_some());
    assert_eq!(world.phones[0].agent.calls().count(), 0);
}

#[test]
fn an_attended_transfer_that_is_refused_leaves_both_calls() {
    let mut world = some(3);
    let (first, customer) = world.talk(0, 1);
    let (second, colleague) = world.talk(0, 2);
    world.order(
        0,
        Command::Attend {
            call: first,
            other: second,
        },
    );
    world.run(100);
    follow(&mut world, 1, customer);
    let third = world.phones[2].incoming();
    world.order(
        2,
        Command::Refuse {
            call: third,
            status: 603,
        },
    );
    world.run(SECOND);
    assert_eq!(told(&world, 0).last(), Some(&603));
    world.hold(0, first, false);
    world.hold(0, second, false);
    world.run(SECOND);
    world.assert_agreed((0, first), (1, customer));
    world.assert_agreed((0, second), (2, colleague));
}

#[test]
fn somebody_may_be_put_through_to_us_while_we_talk() {
    let mut solo = Solo::new();
    let (call, peer) = solo.is_called();
    let dialog = format!(
        "{};to-tag={};from-tag={}",
        peer.call_id,
        agent_world::tag(&peer.remote),
        peer.tag
    );
    let mut other = Peer::another(&solo.contact, "takes-over");
    let offer = sdp("carol", 1, "sendrecv");
    let headers = [("Replaces", dialog.as_str()), ("Require", "replaces")];
    let invite = other.request(
        "INVITE",
        &headers,
        Some(("application/sdp", offer.as_str())),
    );
    solo.receive(&invite);
    let new = solo.phone.incoming();
    let told = solo.phone.told();
    let replaces = told.iter().find_map(|event| match event {
        Event::Incoming { replaces, .. } => *replaces,
        _ => None,
    });
    assert_eq!(replaces, Some(call));
    let ours = solo.phone.next_answer(new);
    solo.order(Command::Answer {
        call: new,
        sdp: ours,
    });
    assert_eq!(solo.phone.all("200 INVITE").len(), 1);
    let bye = solo.phone.last("BYE");
    assert_eq!(
        bye.header(Name::CallId),
        peer.call_id,
        "the old one is ended"
    );
    assert!(solo.phone.ended(call).is_some());
    assert_eq!(solo.phone.ended(new), None);
}

#[test]
fn a_call_that_we_give_to_somebody_else_is_named_as_our_peer_knows_it() {
    let mut world = some(2);
    let (ours, theirs) = world.talk(0, 1);
    let value = world.phones[0].agent.replaces(ours).expect("a call");
    // Whoever sends this to our peer means the dialog in which the peer's tag is the one it is asked in.
    let peer_s = world.phones[1].agent.replaces(theirs).expect("a call");
    let tags = |value: &str| {
        let params = &value[value.find(';').expect("tags")..];
        let tag = |name| sip::param(params, name).expect("a tag").to_owned();
        (tag("to-tag"), tag("from-tag"))
    };
    let ((to, from), (their_to, their_from)) = (tags(&value), tags(&peer_s));
    assert_eq!((to, from), (their_from, their_to));
    assert_eq!(world.phones[0].agent.replaces(CallKey(77)), None);
}

/// What an INVITE is answered with that wants to replace these.
fn asks_to_replace(solo: &mut Solo, values: &[&str]) -> Sent {
    let call_id = format!("takes-over-{}", solo.phone.sent.len());
    let mut other = Peer::another(&solo.contact, &call_id);
    let offer = sdp("carol", 1, "sendrecv");
    let headers: Vec<(&str, &str)> = values.iter().map(|value| ("Replaces", *value)).collect();
    let invite = other.request(
        "INVITE",
        &headers,
        Some(("application/sdp", offer.as_str())),
    );
    solo.ask(&invite)
}

#[test]
fn what_cannot_be_replaced_is_refused() {
    // RFC 3891 section 3.
    let named = |peer: &Peer, more: &str| {
        let ours = agent_world::tag(&peer.remote);
        format!("{};to-tag={ours};from-tag={}{more}", peer.call_id, peer.tag)
    };
    let mut solo = Solo::new();
    let (call, peer) = solo.is_called();
    let good = named(&peer, "");
    let cases = [
        (vec!["nobody;to-tag=1;from-tag=2"], 481),
        (vec![peer.call_id.as_str()], 400),
        (vec![good.as_str(), good.as_str()], 400),
    ];
    for (values, status) in cases {
        let answer = asks_to_replace(&mut solo, &values);
        assert_eq!(answer.label(), format!("{status} INVITE"), "{values:?}");
    }
    let early = named(&peer, ";early-only");
    assert_eq!(
        asks_to_replace(&mut solo, &[early.as_str()]).label(),
        "486 INVITE"
    );
    assert_eq!(solo.phone.ended(call), None);
    assert!(solo.phone.events.is_empty(), "{:?}", solo.phone.told());
    // One that is over is declined or unknown, but never taken for another.
    solo.order(Command::Hangup { call });
    let answer = asks_to_replace(&mut solo, &[good.as_str()]).label();
    assert!(
        ["603 INVITE", "481 INVITE"].contains(&answer.as_str()),
        "{answer}"
    );
}
