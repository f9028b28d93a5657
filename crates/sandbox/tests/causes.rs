//! Every cause of the platform's table can be met by dialling a number.

mod world;

use std::collections::BTreeMap;

use agent::Lang;
use agent::cause::ALL;
use serde_json::json;
use world::scene::{A, Scene, ended};

/// Code and text of every cause in the platform's language, the first row of each code.
fn table() -> BTreeMap<u32, &'static str> {
    let mut table = BTreeMap::new();
    for cause in ALL {
        let text = cause.text.say(Lang::default());
        table.entry(cause.code).or_insert(text);
    }
    table
}

#[test]
fn every_cause_can_be_dialled() {
    let table = table();
    assert!(table.len() > 90, "{} codes", table.len());
    let mut scene = Scene::idle(&[A]);
    for (code, text) in table {
        let fields = json!({"called": format!("0000{code:04}"), "calledType": 2});
        let expected = [
            "MakeCall*",
            "AgentOriginate*",
            "AgentRinging*",
            "AgentAnswer*",
            "After",
        ];
        let told = scene.act(A, "makeCall", fields, &expected);
        let after = ended(&told, code, 1);
        assert_eq!(after["data"], text, "{code}");
        assert_eq!(after["answerTime"], 0, "{code}");
        assert_eq!(after["callType"], "normal", "{code}");
        assert!(scene.no_calls(), "{code}");
    }
}

#[test]
fn a_cause_that_is_not_in_the_table_has_a_text_too() {
    let mut scene = Scene::idle(&[A]);
    scene.send(A, "makeCall", json!({"called": "00007777"}));
    let told = scene.until(A, "After");
    assert_eq!(ended(&told, 7777, 1)["data"], "未找到该错误原因");
}
