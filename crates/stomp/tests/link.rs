//! A client and a server talk to each other in memory, on a test clock.

use stomp::client::{self, Event};
use stomp::server::{self, Request};
use stomp::{Limits, Version};

struct Pair {
    client: client::Connection,
    server: server::Connection,
    now: u64,
}

impl Pair {
    fn new(ours: (u32, u32), theirs: (u32, u32)) -> Self {
        let config = client::Config {
            login: "acc".into(),
            passcode: "secret".into(),
            host: "/".into(),
            heart_beat: ours,
            limits: Limits::default(),
        };
        let mut pair = Pair {
            client: client::Connection::new(config),
            server: server::Connection::new(Limits::default()),
            now: 0,
        };
        let hello = pair.client.connect().expect("writable");
        pair.server.handle(hello.as_bytes(), 0);
        let (request, _) = pair.server.poll().expect("a request");
        assert!(
            matches!(&request, Request::Connect(c) if c.login == "acc" && c.passcode == "secret")
        );
        assert!(
            !format!("{request:?}").contains("secret"),
            "a passcode was printed"
        );
        let accepted = pair
            .server
            .accept("s-1", "test/1", theirs, 0)
            .expect("writable");
        assert_eq!(pair.client_reads(&accepted), ["CONNECTED"]);
        pair
    }

    fn client_reads(&mut self, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        self.client.handle(text.as_bytes(), self.now, |event| {
            seen.push(match event {
                Event::Connected(_) => "CONNECTED".into(),
                Event::Message(f) => format!("MESSAGE {}", f.text().expect("text")),
                Event::Receipt(f) => {
                    format!("RECEIPT {}", f.header("receipt-id").unwrap_or_default())
                }
                Event::Error(f) => format!("ERROR {}", f.header("message").unwrap_or_default()),
                Event::Broken(e) => format!("broken: {e}"),
            });
        });
        seen
    }
}

#[test]
fn messages_receipts_and_errors_cross_the_link() {
    let mut pair = Pair::new((5000, 5000), (5000, 5000));
    assert_eq!(pair.server.version(), Version::V12);
    let subscribe = pair
        .client
        .subscribe("sub-0", "/topic/a:b")
        .expect("writable");
    pair.server.handle(subscribe.as_bytes(), 1);
    let expected = Request::Subscribe {
        id: "sub-0".into(),
        destination: "/topic/a:b".into(),
    };
    assert_eq!(pair.server.poll(), Some((expected, None)));

    let send = pair
        .client
        .send(
            &[("token", "t\n1"), ("receipt", "r-1")],
            "/q",
            "{\"a\":\"中\"}",
        )
        .expect("writable");
    pair.server.handle(send.as_bytes(), 2);
    let Some((
        Request::Send {
            destination,
            headers,
            body,
        },
        Some(receipt),
    )) = pair.server.poll()
    else {
        panic!("no SEND with a receipt")
    };
    assert_eq!(
        (destination.as_str(), headers[0].1.as_str(), body.as_slice()),
        ("/q", "t\n1", "{\"a\":\"中\"}".as_bytes())
    );
    let text = pair.server.receipt(&receipt).expect("writable");
    assert_eq!(pair.client_reads(&text), ["RECEIPT r-1"]);
    let text = pair
        .server
        .message("sub-0", "/topic/a:b", "m-1", &[("x", "y")], "hello")
        .expect("writable");
    assert!(text.ends_with("\0\n"));
    assert_eq!(pair.client_reads(&text), ["MESSAGE hello"]);
    let text = pair.server.error("Bad CONNECT", "why").expect("writable");
    assert_eq!(pair.client_reads(&text), ["ERROR Bad CONNECT"]);
}

#[test]
fn a_silent_server_is_noticed_after_twice_the_agreed_interval() {
    let mut pair = Pair::new((5000, 5000), (3000, 0));
    assert!(pair.client.expects_beats());
    assert_eq!(pair.client.poll_timeout(), Some(10_000));
    pair.now = 7000;
    pair.client_reads("\n");
    assert_eq!(pair.client.handle_timeout(16_999), None);
    assert_eq!(
        pair.client.handle_timeout(17_000),
        Some(client::Due::Silent)
    );
}

#[test]
fn heart_beats_are_due_at_the_slower_of_both_wishes() {
    let mut pair = Pair::new((5000, 5000), (0, 8000));
    assert!(!pair.client.expects_beats());
    assert_eq!(pair.client.poll_timeout(), Some(8000));
    assert_eq!(
        pair.client.handle_timeout(8000),
        Some(client::Due::HeartBeat)
    );
    assert_eq!(pair.client.poll_timeout(), Some(16_000));
    pair.client.sent(9000);
    assert_eq!(pair.client.poll_timeout(), Some(17_000));
}

#[test]
fn without_an_agreement_there_is_no_clock() {
    let pair = Pair::new((0, 0), (5000, 5000));
    assert_eq!(
        (pair.client.poll_timeout(), pair.server.poll_timeout()),
        (None, None)
    );
}

#[test]
fn a_frame_before_connect_is_refused() {
    let mut server = server::Connection::new(Limits::default());
    server.handle(b"SEND\ndestination:/q\n\nx\0", 0);
    assert_eq!(
        server.poll(),
        Some((Request::Broken("SEND before CONNECT".into()), None))
    );
}

#[test]
fn a_server_speaks_the_best_version_that_is_offered() {
    for (offer, version) in [
        ("1.1,1.0", Version::V11),
        ("1.0", Version::V10),
        ("1.2,1.1", Version::V12),
    ] {
        let mut server = server::Connection::new(Limits::default());
        server.handle(
            format!("CONNECT\naccept-version:{offer}\nhost:/\n\n\0").as_bytes(),
            0,
        );
        assert!(matches!(server.poll(), Some((Request::Connect(_), None))));
        assert_eq!(server.version(), version);
    }
    let mut server = server::Connection::new(Limits::default());
    server.handle(b"CONNECT\naccept-version:2.0\nhost:/\n\n\0", 0);
    assert!(matches!(server.poll(), Some((Request::Broken(_), None))));
}
