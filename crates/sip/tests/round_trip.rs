//! Messages as phones and servers send them: read, and printed.

use sip::{Draft, Message, Name, Verdict, judge, param, quoted};

const INVITE: &str = "INVITE sip:w21001@6ft2l9u1.invalid;transport=ws;ob SIP/2.0\r\n\
    Via: SIP/2.0/WSS proxy.example.com:8443;branch=z9hG4bK-1;rport=4711;received=192.0.2.1\r\n\
    v: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bK-2, SIP/2.0/TCP c.example.com;branch=z9hG4bK-3\r\n\
    Max-Forwards: 69\r\n\
    Record-Route: <sip:proxy.example.com;transport=ws;lr>,<sip:b.example.com;lr>\r\n\
    From: \"张三, \\\"Sales\\\"\" <sip:13800138000@example.com;user=phone>;tag=a1b2\r\n\
    t: <sip:w21001@example.com>\r\n\
    i: 7f3a@example.com\r\n\
    CSeq: 102 INVITE\r\n\
    m: <sip:13800138000@192.0.2.1:5060>;+sip.instance=\"<urn:uuid:1>\"\r\n\
    Supported: 100rel, timer\r\n\
    k: replaces\r\n\
    Proxy-Authorization: Digest username=\"a\", realm=\"b\", qop=auth\r\n\
    X-Call-Id: 1001-1700000000\r\n\
    c: application/sdp\r\n\
    l: 7\r\n\
    \r\n\
    v=0\r\no=ignored";

fn invite() -> Message<'static> {
    Message::parse(INVITE.as_bytes()).expect("a good INVITE")
}

#[test]
fn a_request_says_who_calls_whom_and_over_which_hops() {
    let message = invite();
    assert_eq!(message.method(), Some("INVITE"));
    assert_eq!(
        message.uri(),
        Some("sip:w21001@6ft2l9u1.invalid;transport=ws;ob")
    );
    assert_eq!((message.status(), message.reason()), (None, ""));
    assert_eq!(message.call_id(), "7f3a@example.com");
    let cseq = message.cseq().expect("a number");
    assert_eq!((cseq.number, cseq.method), (102, "INVITE"));
    let from = message.from().expect("a caller");
    assert_eq!(from.display(), "张三, \"Sales\"");
    assert_eq!(from.uri, "sip:13800138000@example.com;user=phone");
    assert_eq!(from.tag(), Some("a1b2"));
    assert_eq!(message.to().expect("a called one").tag(), None);
    let via = message.top_via().expect("a hop");
    assert_eq!(
        (via.transport, via.sent_by),
        ("WSS", "proxy.example.com:8443")
    );
    assert_eq!(via.branch, Some("z9hG4bK-1"));
    assert_eq!(param(via.params, "rport"), Some("4711"));
    assert_eq!(message.values(Name::Via).len(), 3);
    assert_eq!(message.values(Name::RecordRoute).len(), 2);
    assert_eq!(judge(INVITE.as_bytes()), Verdict::Accept);
}

#[test]
fn lists_are_one_however_they_are_written_but_credentials_are_not_cut() {
    let message = invite();
    assert_eq!(
        message.values(Name::Supported),
        ["100rel", "timer", "replaces"]
    );
    assert!(message.has_token(Name::Supported, "TIMER"));
    assert!(message.has_token(Name::Supported, "replaces"));
    assert!(!message.has_token(Name::Supported, "time"));
    assert_eq!(
        message.values(Name::ProxyAuthorization),
        ["Digest username=\"a\", realm=\"b\", qop=auth"]
    );
}

#[test]
fn a_header_of_somebody_elses_is_found_in_any_case() {
    let message = invite();
    assert_eq!(message.other("x-call-ID"), Some("1001-1700000000"));
    assert_eq!(message.other("X-Call"), None);
    assert_eq!(message.header(Name::Subject), None);
    assert_eq!(message.count(), 15);
}

#[test]
fn the_body_ends_where_its_length_says() {
    assert_eq!(invite().body(), b"v=0\r\no=");
    assert_eq!(invite().body_text(), "v=0\r\no=");
}

#[test]
fn a_response_says_its_status_and_why() {
    let text = "\r\n\r\nSIP/2.0 486 Busy 忙\r\nTo: <sip:a@b>;tag=1\r\n\r\n";
    let message = Message::parse(text.as_bytes()).expect("a response");
    assert_eq!((message.status(), message.reason()), (Some(486), "Busy 忙"));
    assert_eq!((message.method(), message.uri()), (None, None));
}

#[test]
fn binary_bodies_are_kept_as_they_are() {
    let bytes = b"MESSAGE sip:b SIP/2.0\r\nl: 3\r\n\r\n\xff\0\n";
    let message = Message::parse(bytes).expect("a message");
    assert_eq!(message.body(), b"\xff\0\n");
    assert_eq!(message.body_text(), "");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let cases: &[(&[u8], usize)] = &[
        (b"", 0),
        (b"\r\n\r\n", 4),
        (b"hello\r\n\r\n", 0),
        (b"GET / HTTP/1.1\r\n\r\n", 0),
        (b"SIP/2.0 99 Odd\r\n\r\n", 0),
        (b"SIP/2.0 1000 Odd\r\n\r\n", 0),
        (b"BYE sip:b SIP/2.0", 17),
        (b"BYE sip:b SIP/2.0\r\n", 19),
        (b"BYE sip:b SIP/2.0\r\n x\r\n\r\n", 19),
        (b"BYE sip:b SIP/2.0\r\nCall-ID 1\r\n\r\n", 27),
        (b"BYE sip:b SIP/2.0\r\n: 1\r\n\r\n", 19),
        (b"BYE sip:b SIP/2.0\r\nCall-ID: \xff\r\n\r\n", 28),
    ];
    for (text, offset) in cases {
        let found = Message::parse(text).err().map(|error| error.offset);
        let shown = String::from_utf8_lossy(text);
        assert_eq!(found, Some(*offset), "{shown:?}");
        assert_eq!(judge(text), Verdict::Reject, "{shown:?}");
    }
}

#[test]
fn a_draft_prints_its_headers_in_order_and_always_its_length() {
    let mut draft = Draft::request("REGISTER", "sip:example.com");
    draft.header("Via", "SIP/2.0/WSS a.invalid;branch=z9hG4bK1");
    draft.header("From", &format!("{} <sip:a@b>;tag=1", quoted("a \"b\" \\")));
    draft.header("Bad Name", "never").header("", "never");
    assert_eq!(
        draft.finish(),
        "REGISTER sip:example.com SIP/2.0\r\n\
        Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n\
        From: \"a \\\"b\\\" \\\\\" <sip:a@b>;tag=1\r\n\
        Content-Length: 0\r\n\r\n"
    );
    assert_eq!(
        Draft::response(200, "OK").body("text/plain", "好").finish(),
        "SIP/2.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n好"
    );
}

/// The `INVITE` above with one line changed.
fn changed(from: &str, to: &str) -> Verdict {
    let text = INVITE.replacen(from, to, 1);
    assert_ne!(text, INVITE, "{from} is not there");
    judge(text.as_bytes())
}

#[test]
fn a_request_with_a_fault_gets_the_answer_that_the_fault_deserves() {
    for (from, to, status) in [
        ("SIP/2.0\r\n", "SIP/3.0\r\n", 505),
        ("sip:w21001@6ft2l9u1.invalid;transport=ws;ob", "isbn:1", 416),
        (
            "sip:w21001@6ft2l9u1.invalid;transport=ws;ob",
            "sip:w21001@ b",
            400,
        ),
        ("INVITE sip", "JUGGLE sip", 501),
        ("INVITE sip", "BYE sip", 400),
        ("Max-Forwards: 69", "Require: timer, telepathy", 420),
        ("application/sdp", "application/pidf+xml", 415),
        ("Max-Forwards: 69", "Accept: text/plain", 406),
        ("l: 7", "l: seven", 400),
        ("l: 7", "l: 700", 400),
        ("CSeq: 102", "CSeq: 2147483648", 400),
        ("CSeq: 102 INVITE\r\n", "", 400),
        ("i: 7f3a@example.com", "i: 7f3a\r\ni: 7f3b", 400),
        (
            "t: <sip:w21001@example.com>",
            "t: <sip:w21001@example.com",
            400,
        ),
        ("t: <sip", "t: A, B <sip", 400),
        (";tag=a1b2", ";;tag=a1b2", 400),
        ("m: <sip:13800138000@192.0.2.1:5060>", "m: *", 400),
    ] {
        assert_eq!(changed(from, to), Verdict::Answer(status), "{from} → {to}");
    }
}

#[test]
fn a_fault_that_does_no_harm_is_let_pass() {
    for (from, to) in [
        ("Max-Forwards: 69", "Max-Forwards: many"),
        ("Max-Forwards: 69", "Date: tomorrow"),
        ("Max-Forwards: 69", "Require: 100REL"),
        ("Max-Forwards: 69", "Accept: */*;q=0.1"),
        ("t: <sip", "t: 李四 <sip"),
        ("t: <sip", "t: B.<sip"),
        ("c: application/sdp", "c: multipart/mixed;boundary=x"),
        (
            "c: application/sdp",
            "c: text/x\r\nContent-Disposition: icon;handling=optional",
        ),
        ("l: 7\r\n", ""),
        ("\r\n", "\n"),
    ] {
        assert_eq!(changed(from, to), Verdict::Accept, "{from} → {to}");
    }
}

#[test]
fn what_nobody_may_answer_is_dropped() {
    let ack = INVITE.replace("INVITE", "ACK").replace("l: 7", "l: x");
    assert_eq!(judge(ack.as_bytes()), Verdict::Reject);
    let no_via: String = INVITE
        .split_inclusive("\r\n")
        .filter(|line| !line.starts_with(['v', 'V']))
        .collect();
    assert_eq!(judge(no_via.as_bytes()), Verdict::Reject);
}

#[test]
fn a_response_that_is_malformed_or_meant_for_somebody_else_is_dropped() {
    let good = "SIP/2.0 200 OK\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n\
        To: <sip:a@b>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(judge(good.as_bytes()), Verdict::Accept);
    for (from, to) in [
        ("200", "700"),
        ("2.0 200", "2.1 200"),
        ("CSeq: 1", "CSeq: one"),
        ("Via:", "Via: SIP/2.0/UDP b\r\nVia:"),
        ("Length: 0", "Length: 9"),
        ("From: <sip:a@b>", "From: <sip a b>"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good);
        assert_eq!(judge(text.as_bytes()), Verdict::Reject, "{from} → {to}");
    }
}

#[test]
fn a_registrar_registers_sip_addresses_and_removes_all_contacts_only_at_once() {
    let request = |to: &str, contacts: &str| {
        let text = format!(
            "REGISTER sip:b SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n\
            To: {to}\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\n{contacts}\r\n"
        );
        judge(text.as_bytes())
    };
    let me = "<sip:a@b>";
    assert_eq!(request(me, "Contact: *\r\nExpires: 0\r\n"), Verdict::Accept);
    assert_eq!(
        request(me, "Contact: sip:a@c;expires=0\r\n"),
        Verdict::Accept
    );
    assert_eq!(request("<tel:1>", ""), Verdict::Answer(400));
    assert_eq!(request(me, "Contact: *\r\n"), Verdict::Answer(400));
    assert_eq!(
        request(me, "Contact: *\r\nExpires: 9\r\n"),
        Verdict::Answer(400)
    );
    let mixed = "Contact: *\r\nContact: sip:a@c\r\nExpires: 0\r\n";
    assert_eq!(request(me, mixed), Verdict::Answer(400));
}
