//! Who hears whom as the control shows it: from the audio where there is audio, else by the books.

use serde_json::{Value, json};

use crate::mixer::Heard;

/// Puts what the mixer has measured over what the books say. A phone without audio here hears and is heard by the
/// books, so that a call of an agent with a phone on the desk still shows something.
pub(super) fn as_heard(state: &mut Value, heard: &Heard) {
    let calls = state.get_mut("calls").and_then(Value::as_array_mut);
    for call in calls.into_iter().flatten() {
        let id = text(call, "callId");
        let Some(parties) = call.get_mut("parties").and_then(Value::as_array_mut) else {
            continue;
        };
        let names: Vec<String> = parties.iter().map(|party| text(party, "who")).collect();
        let sounds: Vec<bool> = names
            .iter()
            .map(|who| {
                heard
                    .audio
                    .iter()
                    .any(|(call, one)| *call == id && one == who)
            })
            .collect();
        let hears = |ear: usize, mouth: usize| {
            if ear == mouth {
                false
            } else if sounds[ear] && sounds[mouth] {
                heard.pairs.iter().any(|(call, one, other)| {
                    *call == id && *one == names[ear] && *other == names[mouth]
                })
            } else {
                has(&parties[ear], &names[mouth])
            }
        };
        let all = 0..parties.len();
        let lists: Vec<[Value; 2]> = all
            .clone()
            .map(|own| {
                let heard_here = all.clone().filter(|other| hears(own, *other));
                let hear_this = all.clone().filter(|other| hears(*other, own));
                [
                    heard_here.map(|other| json!(names[other])).collect(),
                    hear_this.map(|other| json!(names[other])).collect(),
                ]
            })
            .collect();
        for (party, [hears, heard]) in parties.iter_mut().zip(lists) {
            party["hears"] = hears;
            party["heard"] = heard;
        }
    }
}

/// Whether a party hears somebody of this name by the books.
fn has(party: &Value, who: &str) -> bool {
    party
        .get("hears")
        .and_then(Value::as_array)
        .is_some_and(|hears| hears.iter().any(|one| one == who))
}

fn text(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(who: &str, hears: &[&str], heard: &[&str]) -> Value {
        json!({"who": who, "hears": hears, "heard": heard, "onHold": false})
    }

    fn call(parties: Vec<Value>) -> Value {
        json!({"agents": [], "calls": [{"callId": "c1", "parties": parties}]})
    }

    fn name(who: &str) -> (String, String) {
        ("c1".to_owned(), who.to_owned())
    }

    #[test]
    fn the_audio_decides_between_those_who_have_some() {
        let mut state = call(vec![
            party("1001", &["C"], &["C"]),
            party("C", &["1001"], &["1001"]),
        ]);
        let heard = Heard {
            pairs: vec![("c1".to_owned(), "1001".to_owned(), "C".to_owned())],
            audio: vec![name("1001"), name("C")],
        };
        as_heard(&mut state, &heard);
        let expected = call(vec![party("1001", &["C"], &[]), party("C", &[], &["1001"])]);
        assert_eq!(state, expected);
    }

    #[test]
    fn what_sounds_against_the_books_shows_too() {
        let mut state = call(vec![party("1001", &[], &[]), party("C", &[], &[])]);
        let heard = Heard {
            pairs: vec![("c1".to_owned(), "C".to_owned(), "1001".to_owned())],
            audio: vec![name("1001"), name("C")],
        };
        as_heard(&mut state, &heard);
        let expected = call(vec![party("1001", &[], &["C"]), party("C", &["1001"], &[])]);
        assert_eq!(state, expected);
    }

    #[test]
    fn the_books_count_where_one_side_has_no_audio() {
        let mut state = call(vec![
            party("1001", &["C", "S"], &["C"]),
            party("C", &["1001"], &["1001"]),
            party("S", &[], &["1001"]),
        ]);
        let before = state.clone();
        let heard = Heard {
            pairs: vec![("another".to_owned(), "C".to_owned(), "1001".to_owned())],
            audio: vec![name("C"), ("another".to_owned(), "1001".to_owned())],
        };
        as_heard(&mut state, &heard);
        assert_eq!(state, before);
    }
}
