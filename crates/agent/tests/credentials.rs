//! A page that gives the password only when it is asked: it is asked whenever a login needs one, and nothing is kept.

mod world;

use agent::session::{Link, Saved};
use agent::{Config, Credentials, Fault, Input, Secret};
use serde_json::{Value, json};
use world::{ROUTING_KEY, TOKEN, World, config};

/// What the page gives.
const PASSWORD: &str = "Agent-Password-7";

/// A configuration without a password.
fn asking() -> Config {
    let mut config = config();
    config.ask = true;
    config.credentials.password = Secret::default();
    config
}

fn who(agent_number: &str, password: &str) -> Credentials {
    Credentials {
        agent_number: agent_number.into(),
        password: Secret::from(password.to_owned()),
        ..config().credentials
    }
}

fn saved() -> Saved {
    Saved {
        routing_key: ROUTING_KEY.into(),
        ..Saved::default()
    }
}

/// The page answers.
fn give(world: &mut World, credentials: Credentials) {
    let given = Input::Credentials(Some((credentials, saved())));
    assert_eq!(world.handle(given), Ok(None));
}

/// The page has nothing to answer with.
fn give_nothing(world: &mut World) {
    assert_eq!(world.handle(Input::Credentials(None)), Ok(None));
}

/// A session that has logged in with what it was given; what happened until then is forgotten.
fn logged_in() -> World {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    give(&mut world, who("1001", PASSWORD));
    assert!(world.session.is_login());
    world.clear();
    world
}

#[test]
fn a_sign_in_is_under_way_while_the_page_is_asked_and_ends_where_it_has_nothing() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    assert_eq!(world.session.signing_in(), Some(1));
    give_nothing(&mut world);
    assert_eq!(world.session.signing_in(), None);
}

#[test]
fn nobody_is_signing_in_while_the_page_lets_somebody_type() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.advance(999);
    assert_eq!(world.session.signing_in(), Some(1));
    world.advance(1);
    assert_eq!(world.session.signing_in(), None);
    give(&mut world, who("1001", PASSWORD));
    assert!(world.session.is_login());
}

/// Agent number and password of every login that was sent.
fn logins(world: &World) -> Vec<(String, String)> {
    let logins = world.sent.iter().filter(|s| s.request() == "login");
    logins
        .map(|sent| {
            let body: Value = serde_json::from_str(sent.body()).expect("JSON");
            let text = |key: &str| body[key].as_str().expect("a text").to_owned();
            (text("agentNumber"), text("password"))
        })
        .collect()
}

fn login_of(agent_number: &str, password: &str) -> (String, String) {
    (agent_number.into(), password.into())
}

#[test]
fn instead_of_a_login_without_a_password_the_page_is_asked_once() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    assert_eq!(world.asked, [world.now.mono]);
    assert!(logins(&world).is_empty());
    world.advance(60_000);
    assert_eq!(world.asked.len(), 1, "it may take its time");
    assert!(logins(&world).is_empty());
    give(&mut world, who("1001", PASSWORD));
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
    assert!(world.session.is_login());
    assert_eq!(world.asked.len(), 1);
    assert_eq!(world.opened.len(), 1, "the link is the same");
}

#[test]
fn with_a_password_nobody_is_asked() {
    let mut config = config();
    config.ask = true;
    let mut world = World::with(config, None, 1);
    world.connect();
    assert!(world.asked.is_empty());
    assert_eq!(logins(&world), [login_of("1001", "secret")]);
}

#[test]
fn without_that_wish_nobody_is_asked() {
    let mut config = asking();
    config.ask = false;
    let mut world = World::with(config, None, 1);
    world.connect();
    assert!(world.asked.is_empty());
    assert_eq!(logins(&world), [login_of("1001", "")]);
}

#[test]
fn a_page_that_names_no_agent_is_asked_too() {
    let mut config = asking();
    config.credentials.agent_number.clear();
    let mut world = World::with(config, None, 1);
    world.connect();
    assert_eq!(world.asked.len(), 1);
    give(&mut world, who("1001", PASSWORD));
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
    assert!(world.session.is_login());
}

#[test]
fn with_a_token_nobody_is_asked() {
    let mut world = World::with(asking(), Some(TOKEN), 1);
    world.connect();
    assert!(world.asked.is_empty());
    assert_eq!(world.requests(), ["reconnect", "heartbeat"]);
    world.advance(10_000);
    world.lose();
    assert!(world.asked.is_empty());
    assert!(world.session.is_login());
}

#[test]
fn a_token_that_nobody_knows_any_more_leads_to_the_question() {
    let mut world = World::with(asking(), Some("old"), 1);
    world.peer.answers = false;
    world.connect();
    world.advance(5000);
    assert_eq!(world.asked, [world.now.mono], "a reconnect met silence");
    assert!(logins(&world).is_empty());
    world.peer.answers = true;
    give(&mut world, who("1001", PASSWORD));
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
}

#[test]
fn a_refused_token_leads_to_the_question_again() {
    let mut world = logged_in();
    for round in 1..=2 {
        world.peer.answers = false;
        world
            .handle(Input::Command(agent::Command::Idle))
            .expect("an agent may be ready");
        world.platform_response("idle", 1, "token已失效");
        assert_eq!(world.asked.len(), round);
        world.peer.answers = true;
        give(&mut world, who("1001", PASSWORD));
        assert_eq!(logins(&world).len(), round);
        assert!(world.session.is_login());
        // The platform gives another token then.
        world.peer.login["token"] = json!(format!("token-{round}"));
    }
    assert!(logins(&world).iter().all(|(_, given)| given == PASSWORD));
}

#[test]
fn a_refused_reconnect_leads_to_the_question_too() {
    let mut world = logged_in();
    world.peer.answers = false;
    world.lose();
    world.platform_response("reconnect", 1, "token已失效");
    assert_eq!(world.asked, [world.now.mono]);
    assert!(logins(&world).is_empty());
}

#[test]
fn the_password_is_forgotten_when_it_has_served() {
    let mut world = logged_in();
    assert!(world.session.config().credentials.password.is_empty());
    world
        .handle(Input::Login(None))
        .expect("an agent may log in");
    assert_eq!(world.asked, [world.now.mono]);
    assert!(logins(&world).is_empty());
}

#[test]
fn a_refused_password_is_not_sent_again() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.peer.answers = false;
    give(&mut world, who("1001", "wrong"));
    world.platform_response("login", 1, "工号或密码错误");
    let message = "工号或密码错误".to_owned();
    let status = 1;
    assert_eq!(world.exceptions(), [&Fault::Refused { message, status }]);
    world.clear();
    world.advance(60_000);
    assert!(world.asked.is_empty(), "the agent decides");
    world
        .handle(Input::Login(None))
        .expect("an agent may log in");
    assert_eq!(world.asked, [world.now.mono]);
    assert!(logins(&world).is_empty());
    world.peer.answers = true;
    give(&mut world, who("1001", PASSWORD));
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
}

#[test]
fn a_page_that_gives_nothing_is_not_asked_again_until_somebody_wants_to_log_in() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    give_nothing(&mut world);
    world.clear();
    world.advance(60_000);
    world.lose();
    world.advance(60_000);
    assert!(world.asked.is_empty());
    assert!(world.requests().is_empty());
    assert_eq!(world.session.link(), Link::Up);
    world
        .handle(Input::Login(None))
        .expect("an agent may log in");
    assert_eq!(world.asked.len(), 1);
    give(&mut world, who("1001", PASSWORD));
    assert!(world.session.is_login());

    let mut world = World::with(asking(), None, 1);
    world.connect();
    give_nothing(&mut world);
    world.clear();
    world.connect();
    assert_eq!(world.asked.len(), 1, "a new link is wanted");
}

#[test]
fn a_question_that_the_link_did_not_outlive_is_asked_again() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.advance(1000);
    world.clear();
    world.lose();
    assert_eq!(world.asked, [world.now.mono]);
    give(&mut world, who("1001", PASSWORD));
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
}

#[test]
fn an_answer_that_comes_without_a_link_serves_the_next_one() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.peer.listens = false;
    world.lose();
    world.clear();
    give(&mut world, who("1001", PASSWORD));
    assert!(world.sent.is_empty());
    world.peer.listens = true;
    world.advance(10_000);
    assert_eq!(logins(&world), [login_of("1001", PASSWORD)]);
    assert!(world.asked.is_empty());
    assert!(world.session.is_login());
}

#[test]
fn another_agent_gets_a_link_of_their_own() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.clear();
    let given = Saved {
        routing_key: "other-key".into(),
        ..Saved::default()
    };
    let input = Input::Credentials(Some((who("1002", PASSWORD), given)));
    assert_eq!(world.handle(input), Ok(None));
    assert_eq!(world.opened, [world.now.mono]);
    assert_eq!(world.closed, [world.now.mono]);
    assert_eq!(logins(&world), [login_of("1002", PASSWORD)]);
    let subscribe = world.sent.iter().find(|s| s.command() == "SUBSCRIBE");
    let subscribe = &subscribe.expect("a subscription").text;
    assert!(
        subscribe.contains("destination:/topic/other-key\n"),
        "{subscribe}"
    );
    assert_eq!(world.session.config().credentials.agent_number, "1002");
    assert!(world.session.is_login());
}

#[test]
fn another_company_is_another_agent() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.clear();
    let other = Credentials {
        company: "other".into(),
        ..who("1001", PASSWORD)
    };
    give(&mut world, other);
    assert_eq!(world.opened, [world.now.mono]);
    assert_eq!(logins(&world).len(), 1);
}

#[test]
fn the_login_type_that_is_given_is_used() {
    let mut world = World::with(asking(), None, 1);
    world.connect();
    let given = Credentials {
        login_type: "\"3\"".into(),
        ..who("1001", PASSWORD)
    };
    give(&mut world, given);
    let login = world.sent.iter().find(|s| s.request() == "login");
    let body = login.expect("a login").body();
    assert!(body.contains(r#""loginType":"3""#), "{body}");
}

#[test]
fn no_password_is_ever_printed() {
    let given = Input::Credentials(Some((who("1001", PASSWORD), saved())));
    assert!(!format!("{given:?}").contains(PASSWORD));
    let mut world = World::with(asking(), None, 1);
    world.connect();
    world.peer.answers = false;
    give(&mut world, who("1001", PASSWORD));
    assert!(!format!("{:?}", world.session.config()).contains(PASSWORD));
    for (_, emit) in &world.emits {
        assert!(!format!("{emit:?}").contains(PASSWORD));
    }
}
