//! Outside persons who call the voice menu.

mod world;

use sandbox::center::{Control, Denied};
use serde_json::json;
use world::event;
use world::scene::{A, C, CALLED, Scene, data, ended};

/// An agent of g-support alone; A is of g-sales alone.
const SUPPORT: &str = "1006";

#[test]
fn a_key_leads_to_a_group() {
    for (keys, chosen, other) in [("1", A, SUPPORT), ("2", SUPPORT, A)] {
        let mut scene = Scene::idle(&[A, SUPPORT]);
        let call = scene.call_menu(C);
        scene.world.wait(5000);
        scene.quiet(chosen);
        scene.press(&call, keys);
        let told = scene.gets(chosen, &CALLED);
        let param = json!({"ivrId": "ivr-main", "keys": keys}).to_string();
        for name in CALLED {
            assert_eq!(event(&told, name)["ivrParam"], param.as_str());
            assert_eq!(data(&told, name)["ivrKeyRecord"], json!([keys]));
            assert_eq!(data(&told, name)["caller"], C);
            assert_eq!(data(&told, name)["called"], "ivr-main");
            assert_eq!(data(&told, name)["occCallId"], call.as_str());
        }
        assert_eq!(data(&told, "Conversation")["callType"], "normal");
        scene.quiet(other);
        scene.world.assert_whole();
        let told = scene.act(chosen, "cancelCall", json!({}), &["CancelCall*", "After"]);
        ended(&told, 0, 0);
        assert_eq!(event(&told, "After")["ivrParam"], param.as_str());
        assert!(event(&told, "CancelCall").get("ivrParam").is_none());
    }
}

#[test]
fn zero_leads_to_whoever_is_idle() {
    for number in [A, SUPPORT] {
        let mut scene = Scene::idle(&[number]);
        let call = scene.call_menu(C);
        scene.press(&call, "0");
        let told = scene.gets(number, &CALLED);
        assert_eq!(data(&told, "Conversation")["ivrKeyRecord"], json!(["0"]));
    }
}

#[test]
fn nine_hangs_up() {
    let mut scene = Scene::idle(&[A, SUPPORT]);
    let call = scene.call_menu(C);
    scene.press(&call, "9");
    assert!(scene.no_calls());
    scene.world.wait(30_000);
    scene.quiet(A);
    scene.quiet(SUPPORT);
}

#[test]
fn no_key_for_ten_seconds_leads_to_support() {
    let mut scene = Scene::idle(&[A, SUPPORT]);
    scene.call_menu(C);
    scene.world.wait(9999);
    scene.quiet(SUPPORT);
    scene.world.wait(1);
    scene.gets(SUPPORT, &["AgentRinging"]);
    let told = scene.gets(SUPPORT, &["AgentAnswer", "Conversation"]);
    let param = event(&told, "Conversation")["ivrParam"].as_str();
    assert!(param.is_some_and(|param| param.contains(r#""ivrId":"ivr-main""#)));
    scene.quiet(A);
}

#[test]
fn a_wrong_key_leads_to_support() {
    for keys in ["5", "#"] {
        let mut scene = Scene::idle(&[A, SUPPORT]);
        let call = scene.call_menu(C);
        scene.press(&call, keys);
        scene.gets(SUPPORT, &CALLED);
        scene.quiet(A);
    }
}

#[test]
fn the_keys_are_told_even_after_a_wait() {
    let mut scene = Scene::empty();
    scene.login(A);
    let call = scene.call_menu(C);
    scene.press(&call, "1");
    let queue = scene.gets(A, &["QueueInfo"]);
    assert_eq!(queue[0]["groupID"], "g-sales");
    assert_eq!(scene.waiting("g-sales"), 1);
    let expected = [
        "Idle*",
        "QueueInfo",
        "AgentRinging",
        "AgentAnswer",
        "Conversation",
    ];
    let told = scene.act(A, "idle", json!({}), &expected);
    let param = json!({"ivrId": "ivr-main", "keys": "1"}).to_string();
    for name in CALLED {
        assert_eq!(event(&told, name)["ivrParam"], param.as_str());
    }
    assert_eq!(data(&told, "Conversation")["occCallId"], call.as_str());
}

#[test]
fn other_calls_tell_no_keys() {
    let mut scene = Scene::idle(&[A]);
    scene.world.call_in(C, A);
    let told = scene.gets(A, &CALLED);
    for name in CALLED {
        assert!(event(&told, name).get("ivrParam").is_none());
        assert_eq!(data(&told, name)["ivrKeyRecord"], json!([]));
    }
}

#[test]
fn the_person_hangs_up_in_the_menu() {
    let mut scene = Scene::idle(&[A, SUPPORT]);
    let call = scene.call_menu(C);
    scene.hang_up_call(&call);
    assert!(scene.no_calls());
    scene.world.wait(30_000);
    scene.quiet(A);
    scene.quiet(SUPPORT);
}

#[test]
fn unknown_menus_and_calls_are_named() {
    let mut scene = Scene::empty();
    let denied = scene.world.control(Control::CallIvr {
        from: C.to_owned(),
        ivr: "ivr-none".to_owned(),
    });
    assert!(matches!(denied, Err(Denied::NotFound(sentence)) if sentence.contains("ivr-none")));
    let denied = scene.world.control(Control::Keys {
        call_id: "none".to_owned(),
        keys: "1".to_owned(),
    });
    assert!(matches!(denied, Err(Denied::NotFound(_))));
    assert!(scene.no_calls());
}
