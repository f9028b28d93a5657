//! Phones at a running sandbox, over real sockets: registering, calling and being called, with audio.

mod mixer_world;
mod sip_phone;
mod sockets;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use sandbox::{Options, Sandbox, start};
use serde_json::{Value, json};
use sip::agent::{Command, Event};
use tokio::time::{interval, timeout};
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
};

use sip_phone::{Desk, SipPhone, audio};
use sockets::{Socket, against_sandbox, connect, http, options, status};

const PATIENCE: Duration = Duration::from_secs(60);

async fn sandbox() -> (Sandbox, SocketAddr) {
    let sandbox = start(options()).await.expect("free ports can be had");
    let address = sandbox.address();
    (sandbox, address)
}

fn request(method: &str, to: &str, more: &str) -> String {
    format!(
        "{method} sip:{to}@sandbox.invalid SIP/2.0\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bK{method}\r\n\
         Max-Forwards: 70\r\nFrom: <sip:w21001@sandbox.invalid>;tag=1\r\nTo: <sip:{to}@sandbox.invalid>\r\n\
         Call-ID: {method}-1\r\nCSeq: 1 {method}\r\n{more}Content-Length: 0\r\n\r\n"
    )
}

/// The JSON of the state.
fn state(address: SocketAddr) -> Value {
    let answer = http(address, "GET", "/sandbox/state", "", "");
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).expect("the state is JSON")
}

/// Has an outside person call an agent; gives the call's identifier.
fn call_in(address: SocketAddr, agent: &str, tone: u32) -> String {
    let body = json!({"from": "13900139000", "agent": agent, "tone": tone}).to_string();
    let answer = http(address, "POST", "/sandbox/calls", "", &body);
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let given: Value = serde_json::from_str(body).expect("the answer is JSON");
    given["callId"]
        .as_str()
        .expect("a call has a name")
        .to_owned()
}

fn now_state(state: &Value, agent: &str) -> String {
    let agents = state["agents"].as_array().expect("agents are listed");
    let found = agents.iter().find(|shown| shown["agentNumber"] == agent);
    let shown = found.expect("all are listed")["nowState"].as_str();
    shown.expect("a state is text").to_owned()
}

/// Who hears whom in the only call, as the state shows it.
fn hearing(state: &Value) -> Vec<(String, Vec<String>)> {
    let parties = state["calls"][0]["parties"].as_array();
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    parties
        .into_iter()
        .flatten()
        .map(|party| {
            let hears = party["hears"].as_array().expect("it is a list");
            (text(&party["who"]), hears.iter().map(text).collect())
        })
        .collect()
}

/// Asks for the state until it shows exactly this of the only call.
async fn shows(address: SocketAddr, expected: &[(&str, &[&str])]) {
    let mut expected: Vec<(String, Vec<String>)> = expected
        .iter()
        .map(|(who, hears)| {
            let hears = hears.iter().map(|one| (*one).to_owned()).collect();
            ((*who).to_owned(), hears)
        })
        .collect();
    expected.sort();
    let mut shown = Vec::new();
    let asking = async {
        let mut turns = interval(Duration::from_millis(50));
        loop {
            turns.tick().await;
            shown = hearing(&state(address));
            shown.sort();
            if shown == expected {
                return;
            }
        }
    };
    if timeout(PATIENCE, asking).await.is_err() {
        panic!("the state shows {shown:?} instead of {expected:?}");
    }
}

#[test]
fn strangers_may_only_ask_and_register() {
    against_sandbox(|address| {
        let mut socket = Socket::open(address, "/sip", "sip");
        assert_eq!(status(&socket.handshake), "101");
        let handshake = socket.handshake.to_ascii_lowercase();
        assert!(handshake.contains("sec-websocket-protocol: sip\r\n"));

        // Not the domain's, and it does not matter.
        socket.send(&request("OPTIONS", "w21001", "").replace("sandbox.invalid", "localhost"));
        let answer = socket.text();
        assert!(answer.starts_with("SIP/2.0 200 OK\r\n"), "{answer}");
        for line in [
            "\r\nVia: SIP/2.0/WS a.invalid;branch=z9hG4bKOPTIONS\r\n",
            "\r\nTo: <sip:w21001@localhost>;tag=",
            "\r\nCall-ID: OPTIONS-1\r\n",
            "\r\nCSeq: 1 OPTIONS\r\n",
        ] {
            assert!(answer.contains(line), "{line} is not in {answer}");
        }

        socket.send("\r\n\r\n");
        assert_eq!(socket.text(), "\r\n");

        socket.send(&request("INVITE", "13800138000", ""));
        let answer = socket.text();
        assert!(answer.starts_with("SIP/2.0 403 "), "{answer}");

        // What cannot be read is passed over.
        socket.send("no message at all");
        socket.send(&request("REGISTER", "w21001", ""));
        let answer = socket.text();
        assert!(answer.starts_with("SIP/2.0 401 "), "{answer}");
        let challenges: Vec<&str> = answer
            .lines()
            .filter(|line| line.starts_with("WWW-Authenticate: "))
            .collect();
        assert_eq!(challenges.len(), 2, "{answer}");
        assert!(
            challenges[1].contains("MD5"),
            "the original takes the last, and knows nothing else"
        );

        let other = Socket::open(address, "/sip", "xmpp");
        assert_eq!(status(&other.handshake), "400");
    });
}

#[test]
fn a_phone_registers_with_its_password_and_with_no_other() {
    against_sandbox(|address| {
        let mut phone = SipPhone::registered(address, "1001");
        phone.command(Command::Unregister);
        phone.until(|event| matches!(event, Event::Unregistered { .. }));

        for (account, password) in [("w21001", "sip-1002"), ("w29999", "sip-9999")] {
            let socket = Socket::open(address, "/sip", "sip");
            let mut phone = SipPhone::on(socket, account, password);
            phone.command(Command::Register);
            let event = phone.until(|event| matches!(event, Event::RegistrationFailed { .. }));
            assert!(
                matches!(event, Event::RegistrationFailed { status: 403, .. }),
                "{event:?}"
            );
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_answer_sound_and_hang_up() {
    let (_sandbox, address) = sandbox().await;
    let mut phone = SipPhone::registered(address, "1001");
    let ear = audio("1001", 700).await;
    let call = phone.call("13800138000", &ear);
    phone.until(|event| matches!(event, Event::Progress { status: 180, .. }));
    phone.is_answered(&ear);
    ear.hears(&[440]).await;
    assert_eq!(
        now_state(&state(address), "1001"),
        "Logout",
        "no agent takes part"
    );
    phone.command(Command::Hangup { call });
    phone.until_ended(call);

    let ear = audio("1001", 700).await;
    let call = phone.call("00010001", &ear);
    phone.is_answered(&ear);
    assert_eq!(phone.until_ended(call), 200);
    assert_eq!(state(address)["calls"], json!([]));

    for (number, expected) in [("00001017", 486), ("00002114", 404), ("00001021", 603)] {
        let ear = audio("1001", 700).await;
        let call = phone.call(number, &ear);
        assert_eq!(phone.until_ended(call), expected, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_state_shows_what_is_heard() {
    let (_sandbox, address) = sandbox().await;
    let mut phone = SipPhone::registered(address, "1001");
    let ear = audio("1001", 700).await;
    let call = phone.call("00040950", &ear);
    phone.is_answered(&ear);
    ear.hears(&[950]).await;
    shows(address, &[("00040950", &["1001"]), ("1001", &["00040950"])]).await;
    // By the books both still talk, but there is nothing to hear.
    ear.sing(0);
    shows(address, &[("00040950", &[]), ("1001", &["00040950"])]).await;
    phone.command(Command::Hangup { call });
    phone.until_ended(call);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_to_an_agent_rings_the_phone_first() {
    let (_sandbox, address) = sandbox().await;
    let mut desk = Desk::logged_in(address, "1001");
    let mut phone = SipPhone::registered(address, "1001");
    let ear = audio("1001", 700).await;
    desk.command("idle", json!({}));
    desk.until("Idle");

    let call_id = call_in(address, "1001", 950);
    let (call, number, told, offer) = phone.called();
    assert_eq!(number, "13900139000");
    assert_eq!(told.as_deref(), Some(call_id.as_str()));
    assert_eq!(
        now_state(&state(address), "1001"),
        "Idle",
        "nothing rings yet"
    );
    for codec in ["PCMU/8000", "PCMA/8000", "telephone-event/8000"] {
        assert!(offer.contains(codec), "{offer}");
    }
    phone.command(Command::Ring { call });
    desk.until("AgentRinging");
    phone.answer(call, &ear, &offer);
    desk.until("Conversation");
    ear.hears(&[950]).await;
    shows(
        address,
        &[("13900139000", &["1001"]), ("1001", &["13900139000"])],
    )
    .await;

    desk.command("hold", json!({}));
    desk.until("Hold");
    ear.hears(&[]).await;
    shows(address, &[("13900139000", &[]), ("1001", &[])]).await;
    desk.command("unHold", json!({}));
    desk.until("UnHold");
    ear.hears(&[950]).await;

    phone.command(Command::Hangup { call });
    let after = desk.until("After");
    assert_eq!(after["data"]["cause"], 0);
    assert_eq!(after["data"]["hangupDirection"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_that_refuses_or_unregisters_ends_what_was() {
    let (_sandbox, address) = sandbox().await;
    let mut desk = Desk::logged_in(address, "1001");
    let mut phone = SipPhone::registered(address, "1001");
    desk.command("idle", json!({}));
    desk.until("Idle");
    call_in(address, "1001", 440);
    let (call, ..) = phone.called();
    phone.command(Command::Ring { call });
    desk.until("AgentRinging");
    phone.command(Command::Refuse { call, status: 486 });
    assert_eq!(desk.until("After")["data"]["cause"], 1021);

    desk.command(
        "makeCall",
        json!({"called": "13800138000", "callId": "own-1"}),
    );
    let (_, number, told, _) = phone.called();
    assert_eq!((number.as_str(), told.as_deref()), ("1001", Some("own-1")));
    desk.command("cancelCall", json!({}));
    desk.until("After");
    phone.until(|event| matches!(event, Event::Ended { status: 487, .. }));

    phone.command(Command::Unregister);
    desk.until("SipError");
    assert_eq!(desk.until("Logout")["data"]["code"], -1001);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_call_each_other_by_number_and_hear_each_other() {
    let (_sandbox, address) = sandbox().await;
    let mut near = SipPhone::registered(address, "1001");
    let mut far = SipPhone::registered(address, "1002");
    for target in ["1002", "w21002"] {
        let (near_ear, far_ear) = (audio("near", 700).await, audio("far", 950).await);
        let call = near.call(target, &near_ear);
        let (answered, number, told, offer) = far.called();
        assert_eq!((number.as_str(), told), ("1001", None));
        far.command(Command::Ring { call: answered });
        near.until(|event| matches!(event, Event::Progress { status: 180, .. }));
        far.answer(answered, &far_ear, &offer);
        near.is_answered(&near_ear);
        near_ear.hears(&[950]).await;
        far_ear.hears(&[700]).await;
        near.command(Command::Info {
            call,
            kind: "application/dtmf-relay".to_owned(),
            body: "Signal=5\r\nDuration=160\r\n".to_owned(),
        });
        far_ear.gets_keys("5").await;
        far.command(Command::Hangup { call: answered });
        assert_eq!(near.until_ended(call), 200);
    }
    let ear = audio("near", 700).await;
    let call = near.call("1003", &ear);
    assert_eq!(near.until_ended(call), 480, "nobody is registered there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_hands_its_call_to_another() {
    let (_sandbox, address) = sandbox().await;
    let mut near = SipPhone::registered(address, "1001");
    let mut far = SipPhone::registered(address, "1002");
    let near_ear = audio("near", 700).await;
    let call = near.call("00040950", &near_ear);
    near.is_answered(&near_ear);

    let target = "1003".to_owned();
    near.command(Command::Refer { call, target });
    let failed = |event: &Event| matches!(event, Event::Transferring { status: 480, .. });
    near.until(failed);
    near_ear.hears(&[950]).await;

    let target = "1002".to_owned();
    near.command(Command::Refer { call, target });
    let (taken, number, _, offer) = far.called();
    assert_eq!(number, "00040950", "who stays is shown");
    let far_ear = audio("far", 700).await;
    far.answer(taken, &far_ear, &offer);
    near.until_ended(call);
    far_ear.hears(&[950]).await;
    shows(address, &[("00040950", &["1002"]), ("1002", &["00040950"])]).await;
    far.command(Command::Hangup { call: taken });
    far.until_ended(taken);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_brings_its_two_calls_together() {
    let (_sandbox, address) = sandbox().await;
    let mut near = SipPhone::registered(address, "1001");
    let mut far = SipPhone::registered(address, "1002");
    let (first_ear, second_ear) = (audio("first", 700).await, audio("second", 700).await);
    let first = near.call("00040950", &first_ear);
    near.is_answered(&first_ear);
    let second = near.call("1002", &second_ear);
    let (taken, _, _, offer) = far.called();
    let far_ear = audio("far", 1_150).await;
    far.answer(taken, &far_ear, &offer);
    near.is_answered(&second_ear);
    second_ear.hears(&[1_150]).await;
    first_ear.hears(&[950]).await;

    near.command(Command::Attend {
        call: first,
        other: second,
    });
    far_ear.hears(&[950]).await;
    shows(address, &[("00040950", &["1002"]), ("1002", &["00040950"])]).await;
    far.command(Command::Hangup { call: taken });
    far.until_ended(taken);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_outlives_its_connection() {
    let (_sandbox, address) = sandbox().await;
    let mut desk = Desk::logged_in(address, "1001");
    let mut phone = SipPhone::registered(address, "1001");
    let ear = audio("1001", 700).await;
    desk.command("idle", json!({}));
    desk.until("Idle");
    call_in(address, "1001", 950);
    let (call, _, _, offer) = phone.called();
    phone.answer(call, &ear, &offer);
    desk.until("Conversation");

    let fault = r#"{"kind":"drop-sockets","path":"/sip"}"#;
    let answer = http(address, "POST", "/sandbox/faults", "", fault);
    assert_eq!(status(&answer), "200");
    assert!(phone.socket.receive().is_none(), "no closing handshake");
    ear.hears(&[950]).await;
    phone.comes_back(Socket::open(address, "/sip", "sip"));
    phone.until(|event| matches!(event, Event::Registered { .. }));
    phone.command(Command::Hangup { call });
    assert_eq!(desk.until("After")["data"]["cause"], 0);
}

#[test]
fn faults_reach_phones_connections() {
    against_sandbox(|address| {
        let fault = r#"{"kind":"refuse-connections","ms":60000,"path":"/sip"}"#;
        let answer = http(address, "POST", "/sandbox/faults", "", fault);
        assert_eq!(status(&answer), "200");
        assert_eq!(
            status(&Socket::open(address, "/sip", "sip").handshake),
            "503"
        );
        assert_eq!(
            status(&Socket::open(address, "/ws", "v10.stomp").handshake),
            "101"
        );
        let answer = http(address, "POST", "/sandbox/reset", "", "");
        assert_eq!(status(&answer), "200");
        SipPhone::registered(address, "1001");
        let fault = r#"{"kind":"move-media"}"#;
        let answer = http(address, "POST", "/sandbox/faults", "", fault);
        assert_eq!(status(&answer), "200");
    });
}

/// Takes any certificate: the sandbox makes a new one at each start.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _between: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn phones_that_insist_on_tls_are_served_on_any_path() {
    let sandbox = start(Options {
        tls: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        ..options()
    })
    .await
    .expect("free ports can be had");
    let tls = sandbox.tls_address().expect("it was asked for");
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("the provider knows TLS")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody(provider)))
        .with_no_client_auth();
    let config = Arc::new(config);
    for path in ["/", "/sip", "/any/where"] {
        let name = ServerName::try_from("localhost").expect("it is a name");
        let client = ClientConnection::new(Arc::clone(&config), name).expect("it can begin");
        let stream = StreamOwned::new(client, connect(tls));
        let socket = Socket::over(Box::new(stream), tls, path, "sip");
        assert_eq!(status(&socket.handshake), "101", "{path}");
        let mut phone = SipPhone::on(socket, "w21001", "sip-1001");
        phone.command(Command::Register);
        phone.until(|event| matches!(event, Event::Registered { .. }));
    }
}
