//! What only a browser can show: storage, elements, options, the page's phone.

use crate::browser::host::{Described, Hooks};
use crate::browser::{clock, storage};
use crate::js::options;
use crate::pairing::Pairing;
use crate::toolbar::board::clock as clock_text;
use crate::toolbar::picture::Picture;
use crate::toolbar::{Board, Scene, dom};
use agent::session::{PhoneProfile, Saved};
use agent::{Config, Credentials, EventName, Fault, Input, Lang, Now, Output, Secret, Session};
use js_sys::Reflect;
use reactive_graph::owner::Owner;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

fn agent(number: &str) -> Credentials {
    Credentials {
        company: "demo".into(),
        agent_number: number.into(),
        ..Credentials::default()
    }
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).expect("a plain object");
    }
    object.into()
}

fn read_options(options: &JsValue) -> options::Options {
    options::read(options, js_sys::Function::new_no_args(""))
}

#[wasm_bindgen_test]
fn the_routing_key_stays_and_the_token_is_kept_for_the_tab_alone() {
    let who = agent("4711");
    let first = storage::load(&who);
    assert_eq!(first.routing_key.len(), 36);
    assert_eq!(
        first.routing_key.as_bytes()[14],
        b'4',
        "a UUID of version 4"
    );
    assert_eq!(storage::load(&who).routing_key, first.routing_key);
    assert_ne!(storage::load(&agent("4712")).routing_key, first.routing_key);

    storage::save_token(&who, Some(&Secret::from("secret-4711".to_owned())));
    assert_eq!(
        storage::load(&who).token.as_ref().map(Secret::expose),
        Some("secret-4711")
    );
    let local = web_sys::window()
        .and_then(|w| w.local_storage().ok()?)
        .expect("storage");
    for n in 0..local.length().expect("countable") {
        let name = local.key(n).ok().flatten().expect("a key");
        assert_ne!(
            local.get_item(&name).ok().flatten().as_deref(),
            Some("secret-4711"),
            "{name}"
        );
    }
    storage::save_token(&who, None);
    assert_eq!(storage::load(&who).token, None);
}

#[wasm_bindgen_test]
fn text_stays_text_and_follows_what_it_reads_until_it_is_taken_down() {
    let session = session();
    let board = board(&session, "zh-CN");
    let runs = Rc::new(Cell::new(0));
    let owner = Owner::new();
    let (shown, counted) = (board.clone(), runs.clone());
    let element = owner.with(|| {
        dom::el("div", "x").say(move || {
            counted.set(counted.get() + 1);
            if shown.lang() == Lang::of("zh-CN") {
                "<b>中</b>".into()
            } else {
                "<b>en</b>".into()
            }
        })
    });
    assert_eq!(
        element.element().text_content().as_deref(),
        Some("<b>中</b>")
    );
    assert_eq!(
        element.element().child_element_count(),
        0,
        "no markup came of it"
    );
    board.set_lang(Lang::of("en"));
    assert_eq!(
        element.element().text_content().as_deref(),
        Some("<b>en</b>")
    );
    assert_eq!(runs.get(), 2);
    owner.cleanup();
    board.set_lang(Lang::of("zh-CN"));
    assert_eq!(runs.get(), 2, "what was taken down runs no more");
}

#[wasm_bindgen_test]
fn a_listener_is_off_once_its_element_is_taken_down() {
    let pressed = Rc::new(Cell::new(0));
    let counted = pressed.clone();
    let owner = Owner::new();
    let button =
        owner.with(|| dom::el("button", "").on("click", move |_| counted.set(counted.get() + 1)));
    let press = || {
        button
            .element()
            .unchecked_ref::<web_sys::HtmlElement>()
            .click()
    };
    press();
    owner.cleanup();
    press();
    assert_eq!(pressed.get(), 1);
}

#[wasm_bindgen_test]
fn options_are_read_leniently_and_wrong_ones_named() {
    let read = read_options(&object(&[
        ("url", "ws://x/ws".into()),
        ("host", "/".into()),
        ("connectAccount", "a".into()),
        ("subscribePath", "/topic".into()),
        ("agentNumber", 1001.into()),
        ("password", "p".into()),
        ("pingInterval", "1000".into()),
        ("timeout", 700.into()),
        ("loginType", "2".into()),
        ("phoneEncryption", "no".into()),
    ]));
    let config = read.config.expect("complete");
    assert_eq!(config.check(), Ok(()));
    assert_eq!(config.credentials.agent_number, "1001");
    assert_eq!(
        config.credentials.password.expose(),
        "p",
        "both spellings of the password count"
    );
    assert_eq!(config.credentials.login_type, "\"2\"");
    assert_eq!(
        config.connect_password.expose(),
        "",
        "an absent passcode is empty"
    );
    assert_eq!(
        (config.ping_interval, config.timeout, config.max_reconnect),
        (10_000, 700, None)
    );
    assert!(read.mask, "only a boolean switches masking");

    let wrong = read_options(&object(&[("url", 7.into())]));
    assert!(matches!(
        wrong.config,
        Err(Fault::OptionWrong { field: "url", .. })
    ));
    let zero = read_options(&object(&[("maxReconnect", 0.into())]));
    assert_eq!(zero.config.expect("readable").max_reconnect, Some(0));
}

fn session() -> Session {
    let config = Config {
        url: "ws://127.0.0.1/ws".into(),
        host: "/".into(),
        connect_account: "a".into(),
        subscribe_path: "/topic".into(),
        credentials: agent("1001"),
        ..Config::default()
    };
    Session::new(
        config,
        Saved {
            routing_key: "key".into(),
            ..Saved::default()
        },
        1,
    )
    .expect("complete")
}

/// A page that has said nothing and forbids nothing.
struct SilentPage;

impl Hooks for SilentPage {
    fn before_dial(&self, number: &str, _: u8, then: Box<dyn FnOnce(Option<String>)>) {
        then(Some(number.to_owned()));
    }
    fn describe(&self, _: &str, then: Box<dyn FnOnce(Described)>) {
        then(Described::default());
    }
    fn allow(&self, _: &str) -> bool {
        true
    }
    fn keep(&self, _: &str, _: &str) {}
    fn kept(&self, _: &str) -> Option<String> {
        None
    }
    fn given(&self, _: &str) -> Option<String> {
        None
    }
    fn texts(&self, _: Lang) -> Option<JsValue> {
        None
    }
    fn tell(&self, _: &str, _: &str) {}
    fn save_log(&self) {}
}

fn board(session: &Session, lang: &str) -> Board {
    let picture = Picture::of(session);
    Board::new(picture, Rc::new(SilentPage), None, Lang::of(lang), true)
}

/// What the shell lends to whoever pairs a phone: the same file, in the page of the test.
fn lend_phone_functions() {
    lend(include_str!("js/phone-desk.js"), "makePhone, callPhone");
}

fn lend(shell: &str, names: &str) {
    js_sys::eval(&format!(
        "(() => {{ {shell}\n Object.assign(globalThis, {{ {names} }}); }})()"
    ))
    .expect("the shell's functions");
}

/// Lets a session hear one frame.
fn hear(session: &mut Session, text: &str) {
    session
        .handle(Input::Received(text.as_bytes()), Now { mono: 1, wall: 1 })
        .expect("nothing to refuse");
    while let Some(output) = session.poll_output() {
        assert_ne!(output, Output::CloseSocket);
    }
}

/// Opens a session's link.
fn open(session: &mut Session) {
    session
        .handle(Input::Connect, Now::default())
        .expect("starts");
    hear(session, "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0\n");
}

#[wasm_bindgen_test]
fn every_state_has_a_scene_and_a_notice_ends_with_it() {
    let mut session = session();
    let board = board(&session, "en");
    assert_eq!(board.scene(), Scene::NoLink);
    open(&mut session);
    board.follow(Picture::of(&session));
    assert_eq!(
        board.scene(),
        Scene::Connecting { again: false },
        "it signs in by itself"
    );
    hear(
        &mut session,
        "MESSAGE\nsubscription:sub-0\n\n{\"type\":\"event\",\"event\":\"Logout\",\"nowState\":\"Logout\",\"data\":{}}\0\n",
    );
    board.follow(Picture::of(&session));
    assert_eq!(board.scene(), Scene::SignedOut);
    board.set_notice(Some(Fault::NotLoggedIn));
    board.follow(Picture::of(&session));
    assert_eq!(
        board.notice(),
        Some(Fault::NotLoggedIn),
        "what else changed with it does not take it away"
    );
    for (state, scene) in [
        (EventName::Login, Scene::AtRest),
        (EventName::Idle, Scene::AtRest),
        (EventName::Busy, Scene::AtRest),
        (EventName::MakeCall, Scene::SettingUp),
        (EventName::CalledRinging, Scene::SettingUp),
        (EventName::Conversation, Scene::InCall),
        (EventName::Hold, Scene::InCall),
        (EventName::After, Scene::WrapUp),
        (EventName::Lock, Scene::Locked),
        (EventName::Kick, Scene::Kicked),
    ] {
        let name = state.as_str();
        let body = format!(
            "{{\"type\":\"event\",\"event\":\"{name}\",\"nowState\":\"{name}\",\"data\":{{\"token\":\"t\"}}}}"
        );
        hear(
            &mut session,
            &format!("MESSAGE\nsubscription:sub-0\n\n{body}\0\n"),
        );
        board.follow(Picture::of(&session));
        assert_eq!(board.scene(), scene, "{name}");
        assert_eq!(board.notice(), None, "{name}");
    }
}

#[wasm_bindgen_test]
fn of_a_link_that_is_new_nothing_is_said_at_first() {
    let mut session = session();
    let board = board(&session, "en");
    assert!(board.is_patient(Scene::NoLink), "nothing was tried yet");
    session
        .handle(Input::Connect, Now::default())
        .expect("starts");
    board.follow(Picture::of(&session));
    assert!(board.is_patient(board.scene()));
    assert!(!board.is_patient(Scene::NoLink), "one that is lost is told");
    assert!(!board.is_patient(Scene::Connecting { again: true }));
    assert!(!board.is_patient(Scene::SignedOut));
}

#[wasm_bindgen_test]
fn the_clocks_of_a_scene_do_not_move_with_a_message() {
    let mut session = session();
    let board = board(&session, "en");
    let event = |state: &str| {
        format!(
            "MESSAGE\nsubscription:sub-0\n\n{{\"type\":\"event\",\"event\":\"{state}\",\"nowState\":\"{state}\",\"data\":{{\"token\":\"t\"}}}}\0\n"
        )
    };
    open(&mut session);
    hear(&mut session, &event("Idle"));
    board.follow(Picture::of(&session));
    let shown = board.mono();
    while clock::now().mono == shown {}
    hear(&mut session, &event("Busy"));
    board.follow(Picture::of(&session));
    assert_eq!(
        (board.scene(), board.mono()),
        (Scene::AtRest, shown),
        "it is the same scene"
    );
    hear(&mut session, &event("After"));
    board.follow(Picture::of(&session));
    assert!(board.mono() > shown, "another scene shows the present time");
}

#[wasm_bindgen_test]
fn an_icon_that_becomes_another_shows_that_alone() {
    lend(include_str!("js/shapes.js"), "putShapes");
    let first = "<circle cx='1' cy='2' r='3'/><path class='k' d='M1 1'/>";
    let (icon, twin) = (dom::El::svg("i", first), dom::El::svg("i", first));
    let html = |icon: &dom::El| icon.element().inner_html();
    let shown = "<circle cx=\"1\" cy=\"2\" r=\"3\"></circle><path class=\"k\" d=\"M1 1\"></path>";
    assert_eq!((html(&icon), html(&twin)), (shown.into(), shown.into()));
    icon.draw("<circle class='f' r='4'/><rect x='1'/>");
    assert_eq!(
        html(&icon),
        "<circle class=\"f\" r=\"4\"></circle><rect x=\"1\"></rect>"
    );
    icon.draw("M2 2");
    assert_eq!(html(&icon), "<path d=\"M2 2\"></path>");
    icon.draw("");
    assert_eq!(html(&icon), "<path d=\"\"></path>");
    assert_eq!(html(&twin), shown, "what another one shows stays");
}

#[wasm_bindgen_test]
fn the_frame_of_an_icon_that_changes_often_stays() {
    lend(include_str!("js/shapes.js"), "putShapes");
    let (icon, inner) = dom::El::changing_svg("i");
    let frame = icon.element().first_element_child().expect("a frame");
    for shapes in ["M1 1", "<circle r='4'/>"] {
        inner.draw(shapes);
        assert_eq!(icon.element().first_element_child(), Some(frame.clone()));
        assert_eq!(icon.element().child_element_count(), 2);
        assert_eq!(inner.element().child_element_count(), 1);
    }
}

#[wasm_bindgen_test]
fn clocks_show_minutes_and_from_an_hour_on_hours() {
    for (ms, text) in [
        (0, "00:00"),
        (59_999, "00:59"),
        (61_000, "01:01"),
        (3_600_000, "1:00:00"),
        (36_610_000, "10:10:10"),
    ] {
        assert_eq!(clock_text(ms), text);
    }
    let (earlier, later) = (clock::now(), clock::now());
    assert!(earlier.mono <= later.mono && earlier.wall > 1_600_000_000_000);
}

#[wasm_bindgen_test]
fn the_pages_phone_is_made_with_the_account_and_answers_the_agents_own_call_alone() {
    lend_phone_functions();
    let factory = js_sys::Function::new_with_args(
        "given",
        "this.given = given; this.answered = 0; this.on = () => {}; this.setAutoAnswer = () => {};
         this.answer = () => { this.answered += 1 }; this.stop = () => { this.stopped = true };
         this.disconnect = () => {}; globalThis.phone = this;",
    );
    let profile = PhoneProfile {
        host: "127.0.0.1".into(),
        url: String::new(),
        domain: "sandbox.invalid".into(),
        account: "w21001".into(),
        password: Secret::from("sip-1001".to_owned()),
    };
    let phone = Pairing::new(factory, None, 8443.into());
    assert_eq!(
        phone.start(&profile, Lang::of("zh-CN"), Rc::new(|_| {})),
        Ok(false),
        "it is a new one"
    );
    let made = Reflect::get(&js_sys::global(), &"phone".into()).expect("made");
    let given = Reflect::get(&made, &"given".into()).expect("given");
    let member = |name: &str| Reflect::get(&given, &name.into()).expect("readable");
    assert_eq!(member("account").as_string().as_deref(), Some("w21001"));
    assert_eq!(member("wssport").as_f64(), Some(8443.0));
    let answered = || {
        Reflect::get(&made, &"answered".into())
            .ok()
            .and_then(|n| n.as_f64())
    };
    phone.ringing(5, "c-1");
    assert_eq!(answered(), Some(0.0), "nobody called out");
    phone.expect_call(Some(7));
    phone.ringing(5, "c-1");
    assert_eq!(answered(), Some(0.0), "another call");
    phone.ringing(7, "c-2");
    phone.ringing(7, "c-2");
    assert_eq!(answered(), Some(1.0), "answered once");
    phone.stop();
    assert!(
        Reflect::get(&made, &"stopped".into())
            .expect("readable")
            .is_truthy()
    );
}

#[wasm_bindgen_test]
fn a_phone_that_can_be_told_takes_the_own_call_by_its_id() {
    lend_phone_functions();
    let factory = js_sys::Function::new_with_args(
        "",
        "globalThis.told = []; this.on = () => {}; this.stop = () => {};
         this.expect = (own) => { told.push(own) };",
    );
    let profile = PhoneProfile {
        host: String::new(),
        url: "wss://127.0.0.1/sip".into(),
        domain: "sandbox.invalid".into(),
        account: "w21001".into(),
        password: Secret::from("sip-1001".to_owned()),
    };
    let phone = Pairing::new(factory, None, 8443.into());
    assert_eq!(
        phone.start(&profile, Lang::of("en"), Rc::new(|_| {})),
        Ok(false),
        "an address is enough"
    );
    let told = || {
        let told = Reflect::get(&js_sys::global(), &"told".into()).expect("told");
        js_sys::JSON::stringify(&told)
            .ok()
            .and_then(|text| text.as_string())
            .expect("JSON")
    };
    phone.ringing(5, "c-0");
    assert_eq!(told(), "[]", "nobody called out");
    phone.expect_call(Some(7));
    phone.ringing(5, "c-0");
    assert_eq!(told(), "[true]", "another call");
    phone.ringing(7, "c-1");
    phone.over(0);
    assert_eq!(told(), "[true,\"c-1\"]", "its id, and once");
    phone.expect_call(Some(9));
    phone.answered(r#"{"type":"response","response":"makeCall","sequence":9,"status":0}"#);
    phone.answered(r#"{"type":"response","response":"makeCall","sequence":8,"status":1101}"#);
    assert_eq!(told(), "[true,\"c-1\",true]", "it is on its way");
    phone.answered(r#"{"type":"response","response":"makeCall","sequence":9,"status":1101}"#);
    assert_eq!(told(), "[true,\"c-1\",true,false]", "refused");
    phone.expect_call(Some(12));
    phone.over(11);
    assert!(told().ends_with("false,true]"), "over before it began");
    phone.over(13);
    assert!(told().ends_with("false,true,false]"), "over");
}

/// A member's value of many kinds, told by a number.
fn value(n: u32) -> String {
    match n % 9 {
        0 => "null".into(),
        1 => "true".into(),
        2 => n.to_string(),
        3 => format!("-{n}.25e2"),
        4 => format!("\"{n}\""),
        5 => "\"\\u4e2d\\uD83D\\uDE00 \\\\ \\\" \\n \\/\"".into(),
        6 => format!("[{n}, {{\"id\" : \"g-{n}\"}}, []]"),
        7 => format!("{{\"a\":{{\"b\":[{n}]}}}}"),
        _ => "\"销售组 <b>&amp;</b>\"".into(),
    }
}

#[wasm_bindgen_test]
fn typed_events_say_what_json_parse_says() {
    let keys = agent::event::Data::KEYS;
    for seed in 0..300u32 {
        let mut members = Vec::new();
        for n in 0..seed % 17 {
            let pick = seed.wrapping_mul(2_654_435_761).wrapping_add(n * 40_503);
            let name = match keys.get(pick as usize % (keys.len() + 10)) {
                Some(known) => (*known).to_owned(),
                None => format!("unknown{n}"),
            };
            members.push(format!("\"{name}\" :{}", value(pick >> 7)));
        }
        let body = format!(
            "{{\"type\":\"event\",\"event\":\"Conversation\",\"data\":{{{}}},\"nowState\":\"Conversation\",\"sequence\":\"{seed}\"}}",
            members.join(", ")
        );
        let theirs = js_sys::JSON::parse(&body).expect("JSON");
        let theirs = Reflect::get(&theirs, &"data".into()).expect("data");
        let Ok(agent::event::Incoming::Event(event)) = agent::backend::vcall::read(&body) else {
            panic!("not read: {body}")
        };
        assert_eq!(
            (event.known, event.sequence),
            (Some(EventName::Conversation), i64::from(seed))
        );
        let unknown = event.data.unknown.iter();
        let unknown =
            unknown.map(|(name, value)| (name.text().expect("a name").into_owned(), *value));
        let ours: Vec<_> = event
            .data
            .known()
            .map(|(name, value)| (name.to_owned(), value))
            .chain(unknown)
            .collect();
        let names: std::collections::BTreeSet<_> =
            ours.iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(
            names.len() as u32,
            js_sys::Object::keys(theirs.unchecked_ref::<js_sys::Object>()).length(),
            "{body}"
        );
        for (name, value) in ours {
            let their = Reflect::get(&theirs, &name.as_str().into()).expect("a member");
            let raw = js_sys::JSON::parse(value.raw()).expect("raw text of JSON");
            let text = |v: &JsValue| js_sys::JSON::stringify(v).ok().and_then(|t| t.as_string());
            assert_eq!(text(&raw), text(&their), "{name} of {body}");
            if let Some(their) = their.as_string() {
                assert_eq!(value.text().as_deref(), Some(their.as_str()));
            }
            if let Some(their) = their.as_f64() {
                assert_eq!(value.number(), Some(their.trunc() as i64));
            }
            assert_eq!(value.is_none(), their.is_null());
        }
    }
}
