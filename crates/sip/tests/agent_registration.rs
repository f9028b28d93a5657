//! Registration and link: made, kept, lost, made again.

mod agent_world;

use agent_world::{
    Asks, DOMAIN, Door, LAG, PASSWORD, PROXY, Sent, Solo, World, gruu_of, response, some, two,
};
use sip::Name;
use sip::agent::{Command, Config, Event};
use sip::auth::{Algorithm, Secret};

const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;

/// One phone that nobody has told to register.
fn fresh() -> World {
    World::new(1, &|_| {})
}

/// One phone that tries to register.
fn trying(world: &mut World) {
    world.order(0, Command::Register);
    world.run(SECOND);
}

fn registers(world: &World) -> Vec<Sent> {
    world.phones[0].all("REGISTER")
}

/// The pauses between moments.
fn gaps(times: &[u64]) -> Vec<u64> {
    times.windows(2).map(|two| two[1] - two[0]).collect()
}

fn times(sent: &[Sent]) -> Vec<u64> {
    sent.iter().map(|one| one.at).collect()
}

fn failures(world: &World) -> Vec<u16> {
    let told = world.phones[0].told().into_iter();
    told.filter_map(|event| match event {
        Event::RegistrationFailed { status, .. } => Some(status),
        _ => None,
    })
    .collect()
}

/// When a phone asked for its link to be closed because it was dead.
fn first_close(world: &World) -> Option<u64> {
    world.phones[0].closes.first().copied()
}

// ── passwords ────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_challenge_is_answered_with_the_strongest_algorithm_that_was_offered() {
    use Algorithm::{Md5, Md5Sess, Sha256, Sha256Sess};
    let offers: [(&[Algorithm], &str); 6] = [
        (&[Md5], "algorithm=MD5,"),
        (&[Sha256], "algorithm=SHA-256,"),
        (&[Md5Sess], "algorithm=MD5-sess,"),
        (&[Sha256Sess], "algorithm=SHA-256-sess,"),
        (&[Md5, Sha256], "algorithm=SHA-256,"),
        (&[Sha256, Md5], "algorithm=SHA-256,"),
    ];
    for (algorithms, chosen) in offers {
        let mut world = fresh();
        world.proxy.ask_for(algorithms);
        trying(&mut world);
        assert!(world.phones[0].agent.is_registered(), "{algorithms:?}");
        let sent = registers(&world);
        assert_eq!(sent.len(), 2, "{algorithms:?}");
        assert!(!sent[0].has(Name::Authorization));
        let proof = sent[1].header(Name::Authorization);
        assert!(proof.contains(chosen), "{proof}");
        assert!(proof.contains(&format!("uri=\"sip:{DOMAIN}\"")), "{proof}");
        assert_eq!(
            sent[0].header(Name::CallId),
            sent[1].header(Name::CallId),
            "one registration has one Call-ID"
        );
        assert_eq!(sent[0].number() + 1, sent[1].number());
        assert_ne!(sent[0].branch(), sent[1].branch());
        let registered = Event::Registered { expires: 600 };
        assert_eq!(world.phones[0].count(&registered), 1);
    }
}

#[test]
fn the_user_of_the_digest_may_be_another_than_the_account() {
    let mut world = World::new(1, &|config: &mut Config| {
        config.authorization_user = Some("desk seven".into());
    });
    trying(&mut world);
    let proof = registers(&world)[1].header(Name::Authorization);
    assert!(proof.contains("username=\"desk seven\""), "{proof}");
    assert!(world.proxy.knows("1001"));
}

#[test]
fn a_wrong_password_is_told_once_and_never_tried_again_by_itself() {
    let mut world = World::new(1, &|config: &mut Config| {
        config.password = Secret::new("not that one".into());
    });
    trying(&mut world);
    world.run(HOUR);
    assert_eq!(failures(&world), [401]);
    assert_eq!(registers(&world).len(), 2);
    assert!(!world.phones[0].agent.is_registered());
    // Somebody who asks again gets one more try.
    trying(&mut world);
    assert_eq!(failures(&world), [401, 401]);
    assert!(registers(&world).len() <= 4);
}

#[test]
fn after_a_wrong_password_a_lost_link_brings_no_new_try_either() {
    let mut world = World::new(1, &|config: &mut Config| {
        config.password = Secret::new("not that one".into());
    });
    trying(&mut world);
    world.cut(0);
    world.run(HOUR);
    assert_eq!(registers(&world).len(), 2);
    assert_eq!(failures(&world), [401]);
}

#[test]
fn a_nonce_out_of_date_is_replaced_without_a_word() {
    let mut world = some(1);
    world.proxy.forget_nonces();
    world.run(500 * SECOND);
    let sent = registers(&world);
    assert_eq!(sent.len(), 2, "one that is out of date, one that is good");
    assert!(world.phones[0].agent.is_registered());
    let told = world.phones[0].told();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_password_goes_nowhere_in_the_clear() {
    let mut world = two();
    world.proxy.ask_for(&[Algorithm::Sha256]);
    world.run(HOUR);
    world.talk(0, 1);
    world.run(SECOND);
    for sent in world.phones.iter().flat_map(|phone| &phone.sent) {
        assert!(!sent.text.contains(PASSWORD), "{}", sent.text);
    }
}

// ── its life ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_registration_is_refreshed_after_two_thirds_of_what_was_granted() {
    let mut world = fresh();
    world.proxy.longest = 300;
    trying(&mut world);
    let since = world.phones[0].when(&|event| *event == Event::Registered { expires: 300 });
    let since = since.expect("300 s were granted");
    let first = registers(&world).pop().expect("a REGISTER");
    world.clear();
    world.run(HOUR);
    let sent = registers(&world);
    assert_eq!(sent[0].at, since + 200 * SECOND);
    for (before, refresh) in sent.iter().zip(&sent[1..]) {
        assert_eq!(refresh.at - before.at, 200 * SECOND + 2 * LAG);
        assert_eq!(refresh.number(), before.number() + 1);
    }
    for refresh in &sent {
        assert_eq!(refresh.header(Name::CallId), first.header(Name::CallId));
        assert_eq!(refresh.tag(Name::From), first.tag(Name::From));
        assert_eq!(refresh.contact(), first.contact());
    }
    // The nonce that is known is counted up, so that no refresh is challenged.
    assert!(sent[0].header(Name::Authorization).contains("nc=00000002"));
    assert!(sent[1].header(Name::Authorization).contains("nc=00000003"));
    let told = world.phones[0].told();
    assert!(told.is_empty(), "a refresh is no news: {told:?}");
}

#[test]
fn the_life_of_another_device_s_binding_is_not_ours() {
    let mut world = fresh();
    world.proxy.others = vec!["<sip:1001@10.0.0.9:5060>;expires=7".into()];
    trying(&mut world);
    let ours = Event::Registered { expires: 600 };
    assert_eq!(world.phones[0].count(&ours), 1);
    world.clear();
    world.run(300 * SECOND);
    assert_eq!(registers(&world).len(), 0);
}

#[test]
fn an_interval_too_brief_is_asked_for_again_as_long_as_the_registrar_wants() {
    let mut world = fresh();
    world.proxy.shortest = 1_200;
    trying(&mut world);
    let granted = Event::Registered { expires: 1_200 };
    assert_eq!(world.phones[0].count(&granted), 1);
    assert_eq!(failures(&world), [0; 0]);
    world.clear();
    world.run(900 * SECOND);
    assert_eq!(
        registers(&world).len(),
        1,
        "the refresh asks for that at once"
    );
}

#[test]
fn an_interval_too_brief_that_names_no_other_does_not_go_round_in_circles() {
    let mut world = fresh();
    world.proxy.refuses = Some((423, Vec::new()));
    trying(&mut world);
    assert_eq!(registers(&world).len(), 1);
    assert_eq!(failures(&world), [423]);
    world.proxy.refuses = Some((423, vec![("Min-Expires", "60".into())]));
    world.run(60 * SECOND);
    assert!(registers(&world).len() < 8);
}

#[test]
fn unregistering_takes_the_binding_away_and_leaves_the_link() {
    let mut world = some(1);
    let before = world.proxy.knows("1001");
    world.order(0, Command::Unregister);
    world.run(SECOND);
    assert!(before && !world.proxy.knows("1001"));
    let sent = registers(&world);
    assert_eq!(sent.len(), 1);
    assert!(sent[0].header(Name::Contact).contains("expires=0"));
    let over = Event::Unregistered { status: 0 };
    assert_eq!(world.phones[0].count(&over), 1);
    assert!(!world.phones[0].agent.is_registered());
    assert!(world.phones[0].agent.is_open());
    world.run(HOUR);
    assert_eq!(registers(&world).len(), 1, "and nobody refreshes it");
    trying(&mut world);
    assert!(world.phones[0].agent.is_registered());
}

#[test]
fn stopping_says_goodbye_and_closes_the_link_for_good() {
    let mut world = some(1);
    world.order(0, Command::Stop);
    world.run(5 * SECOND);
    assert!(!world.proxy.knows("1001"));
    assert_eq!(world.phones[0].closes.len(), 1);
    assert!(!world.phones[0].agent.is_open());
    world.run(HOUR);
    assert!(world.phones[0].opens.is_empty());
    assert_eq!(world.phones[0].agent.poll_timeout(), None);
}

#[test]
fn stopping_on_a_dead_link_does_not_wait_for_ever() {
    let mut world = some(1);
    world.silence(0);
    world.order(0, Command::Stop);
    world.run(10 * SECOND);
    assert_eq!(world.phones[0].closes.len(), 1);
    assert!(world.phones[0].opens.is_empty());
}

// ── what it says ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_registration_names_the_device_and_asks_for_a_flow_and_a_lasting_uri() {
    let mut world = fresh();
    trying(&mut world);
    for register in registers(&world) {
        let contact = register.header(Name::Contact);
        let instance = "+sip.instance=\"<urn:uuid:f81d4fae-7dec-11d0-a765-000000001001>\"";
        assert!(contact.contains(instance), "{contact}");
        assert!(contact.contains(";reg-id=1"), "{contact}");
        assert!(register.contact().contains(".invalid"), "{contact}");
        assert!(register.contact().ends_with(";transport=ws"), "{contact}");
        for extension in ["path", "outbound", "gruu"] {
            assert!(register.names(Name::Supported, extension), "{extension}");
        }
        assert_eq!(register.uri(), format!("sip:{DOMAIN}"));
        assert!(register.header(Name::Via).starts_with("SIP/2.0/WSS "));
        assert!(register.header(Name::Via).contains(".invalid"));
    }
}

#[test]
fn without_tls_the_via_says_ws() {
    let mut world = World::new(1, &|config: &mut Config| config.secure = false);
    trying(&mut world);
    let via = registers(&world)[0].header(Name::Via);
    assert!(via.starts_with("SIP/2.0/WS "), "{via}");
}

#[test]
fn the_uri_that_the_registrar_gave_out_is_the_contact_of_calls() {
    let mut world = World::new(2, &|_| {});
    world.proxy.gruu = true;
    world.register();
    let (ours, theirs) = world.talk(0, 1);
    world.hold(0, ours, true);
    world.hold(1, theirs, true);
    world.run(10 * SECOND);
    assert_eq!(world.phones[0].last("INVITE").contact(), gruu_of("1001"));
    assert_eq!(world.phones[1].last("INVITE").contact(), gruu_of("1002"));
    assert_eq!(
        world.phones[1].last("200 INVITE").contact(),
        gruu_of("1002")
    );
    assert_eq!(
        world.phones[0].last("INVITE").uri(),
        gruu_of("1002"),
        "and the peer's requests go there"
    );
    assert!(registers(&world).is_empty());
}

#[test]
fn where_the_registrar_keeps_flows_a_dialog_asks_to_stay_on_its_own() {
    let mut world = World::new(2, &|_| {});
    world.proxy.outbound = true;
    world.register();
    world.dial(0, "1002");
    world.run(SECOND);
    let contact = world.phones[0].last("INVITE").contact();
    assert!(contact.ends_with(";ob"), "{contact}");
    let mut world = two();
    world.dial(0, "1002");
    let contact = world.phones[0].last("INVITE").contact();
    assert!(!contact.contains(";ob"), "{contact}");
}

#[test]
fn requests_go_the_way_that_the_registrar_named() {
    let mut world = World::new(2, &|_| {});
    let first = format!("<sip:{PROXY};leg=1;lr>");
    let second = format!("<sip:{PROXY};leg=2;lr>");
    world.proxy.service_routes = vec![first.clone(), second.clone()];
    world.register();
    world.dial(0, "1002");
    world.order(
        0,
        Command::Message {
            target: "1002".into(),
            text: "hello".into(),
        },
    );
    for label in ["INVITE", "MESSAGE"] {
        let routes = world.phones[0].last(label).values(Name::Route);
        assert_eq!(routes, [first.clone(), second.clone()], "{label}");
    }
}

#[test]
fn what_is_asked_before_the_registration_stands_waits_for_it() {
    let mut world = World::new(2, &|_| {});
    world.order(1, Command::Register);
    world.run(SECOND);
    world.order(0, Command::Register);
    let call = world.dial(0, "1002");
    assert_eq!(world.phones[0].labels(), [""; 0]);
    world.run(SECOND);
    assert!(world.phones[1].labels().contains(&"100 INVITE".to_owned()));
    let stands = world.phones[0].when(&|event| matches!(event, Event::Registered { .. }));
    let asked = world.phones[0].all("INVITE")[0].at;
    assert!(asked >= stands.expect("a registration"));
    assert!(world.phones[0].agent.call(call).is_some());
}

// ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_the_registrar_will_never_grant_is_not_asked_for_again() {
    for status in [403, 404] {
        let mut world = fresh();
        world.proxy.refuses = Some((status, Vec::new()));
        trying(&mut world);
        world.run(HOUR);
        assert_eq!(registers(&world).len(), 1, "{status}");
        assert_eq!(failures(&world), [status]);
    }
}

#[test]
fn other_refusals_are_tried_again_after_pauses_that_grow() {
    for status in [302, 400, 480, 500, 503, 600] {
        let mut world = fresh();
        world.proxy.refuses = Some((status, Vec::new()));
        trying(&mut world);
        world.run(HOUR);
        let gaps = gaps(&times(&registers(&world)));
        assert!(gaps[0] >= SECOND, "{status}: {gaps:?}");
        assert!(gaps[..5].is_sorted(), "{status}: {gaps:?}");
        assert!(
            gaps.iter().all(|gap| *gap <= 300 * SECOND),
            "{status}: {gaps:?}"
        );
        assert!(failures(&world).iter().all(|told| *told == status));
        world.proxy.refuses = None;
        world.run(300 * SECOND);
        assert!(world.phones[0].agent.is_registered(), "{status}");
    }
}

#[test]
fn a_registrar_that_says_when_to_come_back_is_left_alone_until_then() {
    let mut world = fresh();
    world.proxy.refuses = Some((503, vec![("Retry-After", "120".into())]));
    trying(&mut world);
    assert_eq!(failures(&world), [503]);
    world.proxy.refuses = None;
    world.run(300 * SECOND);
    let gaps = gaps(&times(&registers(&world)));
    assert!(gaps[0] >= 120 * SECOND, "{gaps:?}");
    assert!(world.phones[0].agent.is_registered());
}

#[test]
fn a_registrar_that_says_nothing_is_told_of_and_asked_again() {
    let mut world = fresh();
    world.proxy.deaf = true;
    world.order(0, Command::Register);
    world.run(40 * SECOND);
    assert_eq!(failures(&world), [408]);
    world.proxy.deaf = false;
    world.run(120 * SECOND);
    assert!(world.phones[0].agent.is_registered());
    assert!(
        world.phones[0].closes.is_empty(),
        "the link was not to blame"
    );
}

#[test]
fn a_refresh_that_is_refused_ends_the_registration_and_the_next_try_restores_it() {
    let mut world = some(1);
    world.proxy.refuses = Some((500, Vec::new()));
    world.run(410 * SECOND);
    let lost = Event::Unregistered { status: 500 };
    assert_eq!(world.phones[0].count(&lost), 1);
    assert_eq!(failures(&world)[0], 500);
    assert!(!world.phones[0].agent.is_registered());
    world.proxy.refuses = None;
    world.run(120 * SECOND);
    let back = Event::Registered { expires: 600 };
    assert_eq!(world.phones[0].count(&back), 1);
}

// ── the link lost and found ──────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_lost_link_is_opened_again_at_once_and_registered() {
    let mut world = fresh();
    trying(&mut world);
    let before = registers(&world).pop().expect("a REGISTER");
    world.clear();
    let lost_at = world.now;
    world.cut(0);
    assert_eq!(world.phones[0].opens, [lost_at]);
    assert!(!world.phones[0].agent.is_registered());
    world.run(SECOND);
    assert!(world.phones[0].agent.is_registered());
    assert_eq!(
        world.phones[0].told(),
        [
            Event::Lost,
            Event::Unregistered { status: 0 },
            Event::Opened,
            Event::Registered { expires: 600 },
        ]
    );
    let after = &registers(&world)[0];
    assert_eq!(after.header(Name::CallId), before.header(Name::CallId));
    assert!(after.number() > before.number());
}

/// Checks that pauses are what they are to be, give or take a fifth.
fn assert_pauses(opens: &[u64], wanted: &[u64]) {
    for (gap, pause) in gaps(opens).iter().zip(wanted) {
        let (least, most) = (pause * 4 / 5, pause * 6 / 5 + 2 * LAG);
        assert!(
            (least..=most).contains(gap),
            "{gap} is not {pause}: {opens:?}"
        );
    }
    assert!(opens.len() > wanted.len(), "{opens:?}");
}

#[test]
fn a_server_that_is_gone_is_asked_after_pauses_that_double_up_to_30_s_for_ever() {
    let mut world = some(1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(12 * HOUR);
    let opens = world.phones[0].opens.clone();
    let mut wanted = vec![1_000, 2_000, 4_000, 8_000, 16_000];
    wanted.resize(1_000, 30_000);
    assert_pauses(&opens, &wanted);
    let told = world.phones[0].told();
    assert_eq!(told, [Event::Lost, Event::Unregistered { status: 0 }]);
    // And as soon as it is back all is well; the next loss begins from the beginning.
    world.door(0, Door::Opens);
    world.run(40 * SECOND);
    assert!(world.phones[0].agent.is_registered());
    world.clear();
    let lost_at = world.now;
    world.cut(0);
    assert_eq!(world.phones[0].opens, [lost_at]);
}

#[test]
fn in_a_call_no_pause_is_longer_than_4_s() {
    let mut world = two();
    let (call, _) = world.talk(0, 1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(600 * SECOND);
    let mut wanted = vec![1_000, 2_000];
    wanted.resize(100, 4_000);
    assert_pauses(&world.phones[0].opens, &wanted);
    assert!(world.phones[0].agent.call(call).is_some());
}

#[test]
fn phones_that_lost_the_same_server_do_not_come_back_in_one_moment() {
    let mut world = two();
    for who in 0..2 {
        world.door(who, Door::Refuses);
        world.cut(who);
    }
    world.run(120 * SECOND);
    let opens = |who: usize| world.phones[who].opens[1..].to_vec();
    assert!(opens(0).iter().all(|at| !opens(1).contains(at)));
}

#[test]
fn a_socket_that_neither_opens_nor_fails_is_given_up() {
    let mut world = some(1);
    world.door(0, Door::Hangs);
    world.cut(0);
    world.run(15 * SECOND);
    assert_eq!(world.phones[0].closes.len(), 1);
    world.door(0, Door::Opens);
    world.run(30 * SECOND);
    assert!(world.phones[0].agent.is_registered());
}

#[test]
fn a_server_that_takes_links_and_drops_them_is_not_hammered() {
    let mut world = fresh();
    world.proxy.deaf = true;
    world.order(0, Command::Register);
    for _ in 0..20 {
        world.run(LAG);
        while !world.is_linked(0) {
            world.run(100);
        }
        world.cut(0);
    }
    let gaps = gaps(&world.phones[0].opens);
    assert!(gaps[10] >= 20 * SECOND, "{gaps:?}");
}

#[test]
fn a_text_that_comes_after_the_loss_means_nothing() {
    let mut solo = Solo::new();
    solo.listens = false;
    solo.lose();
    solo.phone.clear();
    solo.receive("OPTIONS sip:x SIP/2.0\r\n\r\n");
    assert!(solo.phone.sent.is_empty());
}

// ── signs of life ────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn where_flows_are_kept_line_ends_go_out_each_25_s() {
    let mut world = World::new(1, &|_| {});
    world.proxy.outbound = true;
    world.register();
    world.run(300 * SECOND);
    let beats = world.phones[0].all("line ends");
    assert!(beats.len() >= 11);
    for gap in gaps(&times(&beats)) {
        assert!((24_000..26_000).contains(&gap), "{gap}");
    }
    assert!(beats.iter().all(|beat| beat.text == "\r\n\r\n"));
    assert!(world.phones[0].all("OPTIONS").is_empty());
    assert!(world.phones[0].closes.is_empty());
}

#[test]
fn a_flow_timer_makes_them_come_in_time() {
    let mut world = World::new(1, &|_| {});
    world.proxy.flow_timer = Some(12);
    world.register();
    world.run(300 * SECOND);
    let gaps = gaps(&times(&world.phones[0].all("line ends")));
    // RFC 5626 section 4.4.1: between 80 and 100 per cent of it.
    assert!(gaps.len() > 20);
    assert!(
        gaps.iter().all(|gap| (9_600..=12_000).contains(gap)),
        "{gaps:?}"
    );
}

#[test]
fn elsewhere_options_to_the_domain_go_out_each_25_s() {
    let mut world = some(1);
    world.run(300 * SECOND);
    let beats = world.phones[0].all("OPTIONS");
    assert!(beats.len() >= 11);
    for gap in gaps(&times(&beats)) {
        assert!((24_000..26_000).contains(&gap), "{gap}");
    }
    for beat in &beats {
        assert_eq!(beat.uri(), format!("sip:{DOMAIN}"));
    }
    assert!(world.phones[0].all("line ends").is_empty());
    let ids: Vec<String> = beats.iter().map(|beat| beat.header(Name::CallId)).collect();
    assert!(ids.windows(2).all(|two| two[0] != two[1]));
}

#[test]
fn any_answer_to_options_is_a_sign_of_life() {
    let mut solo = Solo::new();
    solo.serves = false;
    solo.run(26 * SECOND);
    let ping = solo.phone.last("OPTIONS");
    solo.receive(&response(&ping, 405, "srv", &[], None));
    solo.run(20 * SECOND);
    assert!(solo.phone.closes.is_empty());
}

#[test]
fn a_link_that_is_dead_is_found_out_and_replaced() {
    for outbound in [false, true] {
        let mut world = World::new(1, &|_| {});
        world.proxy.outbound = outbound;
        world.register();
        world.run(100 * SECOND);
        world.clear();
        let dead_at = world.now;
        world.silence(0);
        world.run(60 * SECOND);
        let closed = first_close(&world).expect("it was found out");
        assert!(
            closed - dead_at <= 36 * SECOND,
            "after {}",
            closed - dead_at
        );
        assert_eq!(world.phones[0].opens, [closed], "and at once a new one");
        assert!(world.phones[0].agent.is_registered());
        assert_eq!(world.phones[0].count(&Event::Lost), 1);
    }
}

#[test]
fn a_server_that_stops_answering_signs_of_life_is_left() {
    let mut world = some(1);
    world.run(100 * SECOND);
    world.proxy.pings = false;
    world.clear();
    world.run(36 * SECOND);
    assert_eq!(world.phones[0].closes.len(), 1);
}

#[test]
fn line_ends_of_the_server_are_answered_with_a_line_end() {
    let mut solo = Solo::new();
    solo.receive("\r\n\r\n");
    assert_eq!(solo.phone.sent.len(), 1);
    assert_eq!(solo.phone.sent[0].text, "\r\n");
    solo.receive("\r\n");
    assert_eq!(solo.phone.sent.len(), 1, "an answer is not answered");
}

#[test]
fn a_page_that_awakes_asks_at_once_whether_the_link_lives() {
    let mut world = some(1);
    world.run(5 * SECOND);
    world.silence(0);
    world.clear();
    let woken = world.now;
    world.wake(0);
    world.run(10);
    assert_eq!(world.phones[0].all("OPTIONS").len(), 1);
    world.run(11 * SECOND);
    let closed = first_close(&world).expect("it was found out");
    assert!(closed - woken <= 10 * SECOND + 10);
    assert!(world.phones[0].agent.is_registered());
}

#[test]
fn awaking_again_and_again_is_no_reason_to_wait_longer_for_the_answer() {
    let mut world = some(1);
    world.silence(0);
    for _ in 0..15 {
        world.wake(0);
        world.run(SECOND);
    }
    assert!(first_close(&world).is_some());
}

#[test]
fn a_page_that_awakes_does_not_wait_for_the_end_of_a_pause() {
    let mut world = some(1);
    world.door(0, Door::Refuses);
    world.cut(0);
    world.run(300 * SECOND);
    world.door(0, Door::Opens);
    world.clear();
    let woken = world.now;
    world.wake(0);
    assert_eq!(world.phones[0].opens, [woken]);
    world.run(SECOND);
    assert!(world.phones[0].agent.is_registered());
}

#[test]
fn a_server_s_end_neither_registers_nor_opens_nor_beats() {
    let mut solo = Solo::server_end(&|_| {});
    solo.run(HOUR);
    assert!(solo.phone.sent.is_empty());
    solo.lose();
    solo.run(HOUR);
    assert!(solo.phone.opens.is_empty() && solo.phone.sent.is_empty());
}

#[test]
fn a_day_of_refreshes_under_every_challenge_leaves_the_phone_registered() {
    let mut world = World::new(1, &|_| {});
    world.proxy.asks = Asks::All;
    world.register();
    for hour in 0..24 {
        world.run(HOUR);
        if hour % 3 == 0 {
            world.proxy.forget_nonces();
        }
        assert!(world.phones[0].agent.is_registered(), "hour {hour}");
    }
    assert_eq!(failures(&world), [0; 0]);
    assert!(world.phones[0].closes.is_empty());
}
