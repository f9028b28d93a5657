//! Requests beside the calls themselves: keys, texts, questions, and what deserves a refusal.

mod agent_world;

use agent_world::{DOMAIN, Peer, Solo, response, sdp, two};
use sip::Name;
use sip::agent::{CallKey, Command, Event, Refusal};

const SECOND: u64 = 1_000;

fn keys(solo: &Solo) -> Vec<(char, u32)> {
    let told = solo.phone.told().into_iter();
    told.filter_map(|event| match event {
        Event::Dtmf {
            digit, duration, ..
        } => Some((digit, duration)),
        _ => None,
    })
    .collect()
}

/// An INVITE of a stranger's with these headers and this body.
fn invites(solo: &Solo, headers: &[(&str, &str)], body: Option<(&str, &str)>) -> String {
    let call_id = format!("stranger-{}", solo.phone.sent.len());
    Peer::another(&solo.contact, &call_id).request("INVITE", headers, body)
}

// ── INFO ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn keys_of_the_peer_are_told_whichever_way_they_are_written() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let written = [
        ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"),
        ("application/dtmf-relay", "Signal= #\r\nDuration= 90"),
        ("Application/DTMF-Relay", "signal=*\nduration=250\n"),
        ("application/dtmf-relay", "Signal=a\r\n"),
        ("application/dtmf", "7"),
        ("application/dtmf", " D \r\n"),
    ];
    for (kind, body) in written {
        let info = peer.request("INFO", &[], Some((kind, body)));
        assert_eq!(solo.ask(&info).label(), "200 INFO", "{body}");
    }
    let told = keys(&solo);
    let digits: String = told.iter().map(|(digit, _)| *digit).collect();
    assert_eq!(digits, "5#*A7D");
    assert_eq!(told[0], ('5', 160));
    assert_eq!(told[1].1, 90);
    assert_eq!(told[2].1, 250);
    assert!(
        told[3].1 > 0,
        "a key that says nothing of its length has one"
    );
    assert!(
        solo.phone
            .told()
            .iter()
            .all(|event| matches!(event, Event::Dtmf { call: of, .. } if *of == call))
    );
}

#[test]
fn what_is_no_key_is_none() {
    let mut solo = Solo::new();
    let (_, mut peer) = solo.is_called();
    for body in ["", "Signal=\r\n", "Signal=x\r\n", "Duration=5", "Signal=ü"] {
        let kind = "application/dtmf-relay";
        let info = peer.request("INFO", &[], Some((kind, body)));
        let label = solo.ask(&info).label();
        assert!(label.ends_with(" INFO"), "{label}");
    }
    assert!(keys(&solo).is_empty());
}

#[test]
fn a_key_of_ours_goes_out_as_it_is_given() {
    let mut world = two();
    let (ours, theirs) = world.talk(0, 1);
    for (digit, length) in [('1', 100), ('*', 160), ('#', 70), ('D', 100)] {
        world.order(
            0,
            Command::Info {
                call: ours,
                kind: "application/dtmf-relay".into(),
                body: format!("Signal={digit}\r\nDuration={length}\r\n"),
            },
        );
    }
    world.run(SECOND);
    let wanted =
        [('1', 100), ('*', 160), ('#', 70), ('D', 100)].map(|(digit, duration)| Event::Dtmf {
            call: theirs,
            digit,
            duration,
        });
    assert_eq!(world.phones[1].told(), wanted);
    assert_eq!(world.phones[1].labels(), ["200 INFO"; 4]);
    assert!(world.phones[0].events.is_empty());
}

#[test]
fn other_information_is_passed_on_as_it_is() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let fragment = "a=ice-ufrag:x\r\na=mid:0\r\na=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n";
    let headers = [
        ("Info-Package", "trickle-ice"),
        ("Content-Disposition", "Info-Package"),
    ];
    let kind = "application/trickle-ice-sdpfrag";
    let info = peer.request("INFO", &headers, Some((kind, fragment)));
    assert_eq!(solo.ask(&info).label(), "200 INFO");
    let wanted = Event::Info {
        call,
        kind: kind.into(),
        body: fragment.into(),
    };
    assert_eq!(solo.phone.told(), [wanted]);
}

#[test]
fn candidates_of_ours_say_which_package_they_are() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    solo.order(Command::Info {
        call,
        kind: "application/trickle-ice-sdpfrag".into(),
        body: "a=end-of-candidates\r\n".into(),
    });
    let info = solo.phone.last("INFO");
    // RFC 8840 section 4.4.
    assert_eq!(info.header(Name::InfoPackage), "trickle-ice");
    assert_eq!(info.header(Name::ContentDisposition), "Info-Package");
    assert_eq!(
        info.header(Name::ContentType),
        "application/trickle-ice-sdpfrag"
    );
    assert_eq!(info.body(), "a=end-of-candidates\r\n");
}

#[test]
fn whether_the_peer_takes_candidates_one_by_one_is_told_once() {
    let told = |headers: &[(&str, &str)]| {
        let mut solo = Solo::new();
        let mut peer = Peer::caller(&solo.contact);
        let offer = sdp("bob", 1, "sendrecv");
        let body = Some(("application/sdp", offer.as_str()));
        solo.receive(&peer.request("INVITE", headers, body));
        let call = solo.phone.incoming();
        let ours = solo.phone.next_answer(call);
        solo.order(Command::Answer { call, sdp: ours });
        peer.learn(&solo.phone.last("200 INVITE"));
        let ack = peer.ack(None);
        solo.receive(&ack);
        solo.receive(&peer.request("INVITE", headers, body));
        solo.phone.count(&Event::TrickleSupported { call })
    };
    assert_eq!(told(&[("Supported", "timer, trickle-ice")]), 1);
    assert_eq!(told(&[("Recv-Info", "trickle-ice")]), 1);
    assert_eq!(told(&[("Supported", "timer")]), 0);
    let mut world = two();
    let (ours, theirs) = world.ring(0, 1);
    world.answer(1, theirs);
    world.run(SECOND);
    for (who, call) in [(0, ours), (1, theirs)] {
        assert_eq!(
            world.phones[who].count(&Event::TrickleSupported { call }),
            1
        );
    }
}

#[test]
fn information_for_a_call_that_the_peer_knows_no_more_ends_it() {
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    solo.order(Command::Info {
        call,
        kind: "application/dtmf".into(),
        body: "1".into(),
    });
    let info = solo.phone.last("INFO");
    solo.receive(&response(&info, 481, "b1", &[], None));
    assert!(solo.phone.ended(call).is_some());
    // Any other refusal is none of the call's business (RFC 6086 section 4.2.2).
    let mut solo = Solo::new();
    let (call, _) = solo.calls();
    for status in [415, 469, 500] {
        solo.order(Command::Info {
            call,
            kind: "application/dtmf".into(),
            body: "1".into(),
        });
        let info = solo.phone.last("INFO");
        solo.receive(&response(&info, status, "b1", &[], None));
    }
    assert_eq!(solo.phone.ended(call), None);
}

// ── OPTIONS and MESSAGE ──────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_question_for_what_we_can_is_answered_in_a_call_and_outside() {
    let mut solo = Solo::new();
    let (call, mut peer) = solo.is_called();
    let mut stranger = Peer::another(&solo.contact, "asks");
    for question in [
        stranger.request("OPTIONS", &[], None),
        peer.request("OPTIONS", &[], None),
    ] {
        let answer = solo.ask(&question);
        assert_eq!(answer.label(), "200 OPTIONS");
        for method in [
            "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "REFER", "UPDATE", "PRACK",
        ] {
            assert!(answer.names(Name::Allow, method), "{method}");
        }
        assert!(answer.names(Name::Accept, "application/sdp"));
        assert!(answer.names(Name::Supported, "replaces"));
        assert!(!answer.tag(Name::To).is_empty());
    }
    assert!(solo.phone.events.is_empty());
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn a_text_comes_and_goes() {
    let mut world = two();
    let text = "您好, \"quotes\" & <tags>\r\nsecond line";
    world.order(
        0,
        Command::Message {
            target: "1002".into(),
            text: text.into(),
        },
    );
    world.run(SECOND);
    let wanted = Event::Message {
        from: format!("sip:1001@{DOMAIN}"),
        text: text.into(),
    };
    assert_eq!(world.phones[1].told(), [wanted]);
    assert_eq!(
        world.phones[0].labels(),
        ["MESSAGE", "MESSAGE"],
        "the first is challenged"
    );
    assert_eq!(world.phones[1].labels(), ["200 MESSAGE"]);
    let sent = world.phones[0].last("MESSAGE");
    assert!(!sent.has(Name::Contact), "RFC 3428 section 4");
}

#[test]
fn a_text_that_is_none_is_refused_with_what_we_take() {
    let mut solo = Solo::new();
    let mut stranger = Peer::another(&solo.contact, "writes");
    let html = Some(("text/html", "<b>hello</b>"));
    let answer = solo.ask(&stranger.request("MESSAGE", &[], html));
    assert_eq!(answer.label(), "415 MESSAGE");
    assert!(answer.names(Name::Accept, "text/plain"));
    assert!(solo.phone.events.is_empty());
}

#[test]
fn a_question_of_the_owner_s_goes_to_the_domain() {
    let mut solo = Solo::new();
    solo.order(Command::Options);
    let sent = solo.phone.last("OPTIONS");
    assert_eq!(sent.uri(), format!("sip:{DOMAIN}"));
}

// ── refused ──────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_method_that_we_do_not_know_gets_405_and_what_we_do() {
    let mut solo = Solo::new();
    let (_, mut peer) = solo.is_called();
    let mut stranger = Peer::another(&solo.contact, "asks");
    for method in ["SUBSCRIBE", "PUBLISH", "FROBNICATE", "invite"] {
        for request in [
            stranger.request(method, &[], None),
            peer.request(method, &[], None),
        ] {
            let answer = solo.ask(&request);
            assert_eq!(answer.label(), format!("405 {method}"));
            assert!(answer.names(Name::Allow, "INVITE"));
        }
    }
    assert!(solo.phone.events.is_empty());
}

#[test]
fn an_extension_that_we_do_not_have_gets_420_and_its_name() {
    let mut solo = Solo::new();
    let offer = sdp("bob", 1, "sendrecv");
    let headers = [("Require", "timer, antigravity"), ("Require", "telepathy")];
    let invite = invites(&solo, &headers, Some(("application/sdp", offer.as_str())));
    let answer = solo.ask(&invite);
    assert_eq!(answer.label(), "420 INVITE");
    assert_eq!(
        answer.values(Name::Unsupported),
        ["antigravity", "telepathy"]
    );
    assert!(solo.phone.events.is_empty());
    // In an ACK and a CANCEL it means nothing (RFC 3261 section 8.2.2.3).
    let mut peer = Peer::caller(&solo.contact);
    solo.receive(&peer.request("INVITE", &[], Some(("application/sdp", offer.as_str()))));
    let call = solo.phone.incoming();
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    peer.learn(&solo.phone.last("200 INVITE"));
    let branch = "z9hG4bKackackack";
    let ack = peer.written(
        "ACK",
        peer.invited,
        branch,
        &[("Require", "telepathy")],
        None,
    );
    solo.receive(&ack);
    assert_eq!(solo.phone.count(&Event::Established { call }), 1);
}

#[test]
fn a_request_for_a_dialog_that_is_none_gets_481() {
    let mut solo = Solo::new();
    let (call, peer) = solo.is_called();
    let mut wrong = peer.clone();
    wrong.remote = format!("<{}>;tag=nobody", solo.contact);
    let mut other = peer.clone();
    other.local = "<sip:bob@example.com>;tag=somebody".into();
    let mut elsewhere = peer;
    elsewhere.call_id = "elsewhere".into();
    for stranger in [&mut wrong, &mut other, &mut elsewhere] {
        for method in [
            "BYE", "INVITE", "UPDATE", "INFO", "REFER", "NOTIFY", "PRACK",
        ] {
            let answer = solo.ask(&stranger.request(method, &[], None));
            assert_eq!(answer.label(), format!("481 {method}"));
        }
        let ack = stranger.ack(None);
        solo.phone.clear();
        solo.receive(&ack);
        assert!(solo.phone.sent.is_empty(), "an ACK is never answered");
    }
    assert!(solo.phone.agent.call(call).is_some());
    // Nor is there one without a tag.
    let mut stranger = Peer::another(&solo.contact, "none");
    for method in ["BYE", "INFO", "UPDATE", "PRACK", "NOTIFY"] {
        let answer = solo.ask(&stranger.request(method, &[], None));
        assert_eq!(answer.label(), format!("481 {method}"));
    }
}

#[test]
fn a_description_that_is_none_gets_415_and_what_we_take() {
    let mut solo = Solo::new();
    let html = Some(("text/html", "<p>call me</p>"));
    let invite = invites(&solo, &[], html);
    let answer = solo.ask(&invite);
    assert_eq!(answer.label(), "415 INVITE");
    assert!(answer.names(Name::Accept, "application/sdp"));
    let offer = sdp("bob", 1, "sendrecv");
    let zipped = [("Content-Encoding", "gzip")];
    let invite = invites(&solo, &zipped, Some(("application/sdp", offer.as_str())));
    assert_eq!(solo.ask(&invite).label(), "415 INVITE");
    assert!(solo.phone.events.is_empty());
}

#[test]
fn an_invite_that_comes_a_second_way_gets_482_while_the_first_goes_on() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let offer = sdp("bob", 1, "sendrecv");
    let body = Some(("application/sdp", offer.as_str()));
    solo.receive(&peer.request("INVITE", &[], body));
    let call = solo.phone.incoming();
    let merged = peer.written("INVITE", peer.cseq, "z9hG4bKotherway1", &[], body);
    assert_eq!(
        solo.ask(&merged).label(),
        "482 INVITE",
        "RFC 3261 section 8.2.2.2"
    );
    let told = solo.phone.told().into_iter();
    let calls = told.filter(|event| matches!(event, Event::Incoming { .. }));
    assert_eq!(calls.count(), 1);
    let ours = solo.phone.next_answer(call);
    solo.order(Command::Answer { call, sdp: ours });
    assert_eq!(solo.phone.all("200 INVITE").len(), 1);
}

#[test]
fn a_request_that_is_badly_made_gets_the_status_that_it_deserves() {
    let mut solo = Solo::new();
    let offer = sdp("bob", 1, "sendrecv");
    let good = invites(&solo, &[], Some(("application/sdp", offer.as_str())));
    let cases = [
        (good.replace("CSeq: 101 INVITE", "CSeq: 101 BYE"), "400"),
        (good.replacen("SIP/2.0\r\n", "SIP/7.0\r\n", 1), "505"),
        (good.replacen(&solo.contact, "tel:+8610", 1), "416"),
        (
            good.replacen("Content-Length: ", "Content-Length: 9", 1),
            "400",
        ),
        (
            good.replacen("From: \"Bob\" <", "From: \"Bob\" <<", 1),
            "400",
        ),
    ];
    for (text, status) in cases {
        assert_ne!(text, good);
        let answer = solo.ask(&text);
        assert!(
            answer.label().starts_with(status),
            "{}\n{text}",
            answer.label()
        );
    }
    assert!(solo.phone.events.is_empty());
    assert_eq!(
        solo.ask(&good).label(),
        "100 INVITE",
        "and the good one is good"
    );
}

#[test]
fn what_nobody_can_read_or_answer_is_left_alone() {
    let mut solo = Solo::new();
    let (call, _) = solo.is_called();
    let (_, invite) = solo.dial();
    solo.phone.clear();
    let two_hops = response(
        &invite,
        200,
        "b",
        &[("Via", "SIP/2.0/WSS x.invalid;branch=z9hG4bKx")],
        None,
    );
    let stranger = "SIP/2.0 200 OK\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bKnobody\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n\
                    Call-ID: nobody\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
    let texts = [
        "",
        "hello",
        "\0\0\0\0",
        "INVITE\r\n\r\n",
        "INVITE sip:x SIP/2.0\r\n\r\n",
        "SIP/2.0 200 OK\r\n\r\n",
        "SIP/2.0 999999 OK\r\nVia: x\r\n\r\n",
        stranger,
        two_hops.as_str(),
    ];
    for text in texts {
        solo.receive(text);
    }
    assert_eq!(solo.phone.labels(), [""; 0]);
    assert!(solo.phone.events.is_empty(), "{:?}", solo.phone.told());
    assert_eq!(solo.phone.ended(call), None);
}

#[test]
fn short_names_and_folded_lines_and_any_case_are_understood() {
    let mut solo = Solo::new();
    let offer = sdp("bob", 1, "sendrecv");
    let text = format!(
        "INVITE {} SIP/2.0\r\nv: SIP/2.0/WSS peer.invalid\r\n ;branch=z9hG4bKshort123\r\nmax-forwards: 70\r\nf: Bob\r\n <sip:bob@example.com>;tag=b1\r\n\
         t: <{}>\r\ni: short\r\ncseq: 7\tINVITE\r\nm: <sip:bob@peer.invalid>\r\nk: timer,\r\n trickle-ice\r\nx-call-id: c7\r\nc: application/sdp\r\nl: {}\r\n\r\n{offer}",
        solo.contact,
        solo.contact,
        offer.len()
    );
    solo.receive(&text);
    let told = solo.phone.told();
    let Some(Event::Incoming {
        call,
        display,
        number,
        call_id_header,
        sdp,
        ..
    }) = told.first()
    else {
        panic!("{told:?}");
    };
    assert_eq!((display.as_str(), number.as_str()), ("Bob", "bob"));
    assert_eq!(call_id_header.as_deref(), Some("c7"));
    assert_eq!(*sdp, Some(offer));
    assert_eq!(
        solo.phone.count(&Event::TrickleSupported { call: *call }),
        1
    );
}

#[test]
fn every_answer_goes_back_the_way_its_request_came() {
    let mut solo = Solo::new();
    let mut peer = Peer::caller(&solo.contact);
    let hops = [(
        "Via",
        "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst1;received=1.2.3.4",
    )];
    for (method, status) in [("OPTIONS", 200), ("BYE", 481), ("FROBNICATE", 405)] {
        let answer = solo.ask(&peer.request(method, &hops, None));
        assert_eq!(answer.label(), format!("{status} {method}"));
        let vias = answer.values(Name::Via);
        assert_eq!(vias.len(), 2);
        assert!(vias[0].contains("peer.invalid"));
        assert_eq!(vias[1], hops[0].1);
        assert_eq!(answer.header(Name::From), peer.local);
        assert_eq!(answer.header(Name::CallId), peer.call_id);
        assert_eq!(answer.number(), peer.cseq);
        assert!(answer.header(Name::To).starts_with(&peer.remote));
    }
}

#[test]
fn a_command_for_nobody_s_call_is_refused() {
    let mut solo = Solo::new();
    let info = Command::Info {
        call: CallKey(5),
        kind: "application/dtmf".into(),
        body: "1".into(),
    };
    assert_eq!(solo.command(info), Err(Refusal::NoCall));
    let text = Command::Message {
        target: String::new(),
        text: "hello".into(),
    };
    assert_eq!(solo.command(text), Err(Refusal::BadTarget));
}
