//! Any bytes from the socket of a session that is logged in, cut anywhere: no panic, and it can be called on.
#![no_main]

use agent::session::Saved;
use agent::{Config, Input, Now, Session};
use libfuzzer_sys::fuzz_target;

const OPEN: &[u8] = b"CONNECTED\nversion:1.2\nheart-beat:5000,5000\n\n\0\n";
const LOGIN: &[u8] = b"MESSAGE\nsubscription:sub-0\n\n{\"type\":\"event\",\"event\":\"Login\",\"nowState\":\"Login\",\"data\":{\"token\":\"t\"}}\0\n";

fn handle(session: &mut Session, input: Input<'_>, now: Now) {
    let _ = session.handle(input, now);
    while session.poll_output().is_some() {}
}

fuzz_target!(|data: &[u8]| {
    let [size, bytes @ ..] = data else { return };
    let mut config = Config {
        url: "ws://broker.test/ws".into(),
        host: "/".into(),
        connect_account: "acc".into(),
        subscribe_path: "/topic".into(),
        ..Config::default()
    };
    config.credentials.agent_number = "1001".into();
    let saved = Saved {
        routing_key: "key".into(),
        token: None,
    };
    let mut session = Session::new(config, saved, 1).expect("a good configuration");
    let mut now = Now {
        mono: 1000,
        wall: 1_795_308_100_944,
    };
    for input in [
        Input::Connect,
        Input::Opened,
        Input::Received(OPEN),
        Input::Received(LOGIN),
    ] {
        handle(&mut session, input, now);
    }
    assert!(session.is_login());
    for chunk in bytes.chunks(usize::from(*size).max(1)) {
        handle(&mut session, Input::Received(chunk), now);
        now.mono += 100;
        now.wall += 100;
        handle(&mut session, Input::Timeout, now);
    }
});
