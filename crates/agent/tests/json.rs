//! The JSON reader agrees with serde_json, in what it accepts and in what it sees.

use agent::backend::vcall;
use agent::json::{Value, quote};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value as Json;

fn joined(chars: Vec<char>) -> String {
    chars.into_iter().collect()
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{0,10}",
        prop::collection::vec(any::<char>(), 0..12).prop_map(joined),
        prop::collection::vec(
            prop::sample::select(vec![
                '"', '\\', '/', '\u{8}', '\u{c}', '\n', '\r', '\t', '\0', '\u{1f}', '中', '😀'
            ]),
            0..12
        )
        .prop_map(joined),
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        (-i64::MAX..=i64::MAX).prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        (-1e6f64..1e6).prop_map(Json::from),
        text().prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::from),
            prop::collection::vec((text(), inner), 0..8)
                .prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// Both see the same value.
fn agree(ours: Value<'_>, theirs: &Json) -> TestCaseResult {
    prop_assert_eq!(ours.is_none(), theirs.is_null());
    prop_assert_eq!(ours.is_object(), theirs.is_object());
    let text = ours.text();
    match theirs {
        Json::Null => prop_assert_eq!(text, None),
        Json::Bool(b) => prop_assert_eq!(text.as_deref(), Some(if *b { "true" } else { "false" })),
        Json::String(s) => prop_assert_eq!(text.as_deref(), Some(s.as_str())),
        Json::Number(n) => {
            let text = text.unwrap_or_default();
            let (ours_float, float) = (text.parse::<f64>(), n.as_f64().unwrap_or(f64::NAN));
            // serde_json reads some floats with the last bit wrong.
            let near = ours_float.is_ok_and(|f| (f - float).abs() <= float.abs() * 1e-12);
            prop_assert!(near, "{} is not {}", text, float);
            if let Some(whole) = n.as_i64() {
                prop_assert_eq!(ours.number(), Some(whole));
            } else if n.is_u64() {
                prop_assert_eq!(ours.number(), None);
            } else if let Some(number) = ours.number() {
                // Beyond 2^53 a float does not hold every whole number; the digits of the text do.
                let off = (number as f64 - float.trunc()).abs();
                prop_assert!(
                    off <= if float.abs() < 9e15 {
                        0.0
                    } else {
                        float.abs() * 1e-12
                    },
                    "{} {}",
                    text,
                    number
                );
            }
        }
        Json::Array(items) => {
            prop_assert_eq!(text, None);
            prop_assert_eq!(ours.items().count(), items.len());
            for (ours, theirs) in ours.items().zip(items) {
                agree(ours, theirs)?;
            }
        }
        Json::Object(members) => {
            prop_assert_eq!(text, None);
            prop_assert_eq!(ours.members().count(), members.len());
            for ((name, ours_value), (their_name, theirs)) in ours.members().zip(members) {
                let name = name.text();
                prop_assert_eq!(name.as_deref(), Some(their_name.as_str()));
                prop_assert_eq!(ours.get(their_name), ours_value);
                agree(ours_value, theirs)?;
            }
        }
    }
    if !theirs.is_array() {
        prop_assert_eq!(ours.items().count(), 0);
    }
    if !theirs.is_object() {
        prop_assert_eq!(ours.members().count(), 0);
    }
    Ok(())
}

/// Text that is often nearly JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"a\":",
        "\\",
        "\\u",
        "\\u00e9",
        "\\n",
        "\\x",
        "0",
        "1",
        "-",
        "-0",
        "01",
        ".",
        ".5",
        "e",
        "E+",
        "e-2",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\t",
        "\r",
        "\u{b}",
        "\0",
        "\u{1f}",
        "中",
        "\u{feff}",
        "{}",
        "[]",
        "[1,2]",
        "{\"a\":1}",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(pieces), 0..20).prop_map(|p| p.concat()),
        prop::collection::vec(any::<char>(), 0..30).prop_map(joined),
    ]
}

/// Calls everything that a value can be asked.
fn ask(value: Value<'_>) {
    let _ = (
        value.raw(),
        value.is_none(),
        value.is_object(),
        value.text(),
        value.number(),
        value.get("a"),
    );
    for (name, member) in value.members() {
        let _ = name.text();
        ask(member);
    }
    for item in value.items() {
        ask(item);
    }
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_alike(json in json()) {
        for text in [json.to_string(), format!("{json:#}"), format!(" \n{json}\t\r\n")] {
            let ours = Value::parse(&text);
            prop_assert!(ours.is_ok(), "{:?} of {}", ours, text);
            agree(ours.unwrap_or_default(), &json)?;
        }
    }

    #[test]
    fn any_text_is_accepted_exactly_when_serde_json_accepts_it(text in nearly_json()) {
        let theirs = serde_json::from_str::<Json>(&text);
        // Numbers that no f64 holds and halves of surrogate pairs are JSON (RFC 8259 sections 6 and 8.2).
        let reason = theirs.as_ref().err().map(ToString::to_string).unwrap_or_default();
        prop_assume!(!reason.contains("number out of range"));
        prop_assume!(!reason.contains("surrogate") && !reason.contains("end of hex escape"));
        let ours = Value::parse(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}: {:?}, {}", text, ours, reason);
        match (ours, theirs) {
            (Err(e), _) => prop_assert!(e.offset <= text.len()),
            // Of repeated members serde_json keeps one.
            (Ok(ours), Ok(theirs)) if !text.contains('{') => agree(ours, &theirs)?,
            _ => {}
        }
    }

    #[test]
    fn quoted_text_is_read_back(text in text()) {
        let mut quoted = String::new();
        quote(&mut quoted, &text);
        let theirs: String = serde_json::from_str(&quoted).expect("a JSON string");
        prop_assert_eq!(&theirs, &text);
        let ours = Value::parse(&quoted).expect("a JSON string").text();
        prop_assert_eq!(ours.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn escaped_text_is_read_back(text in text(), upper in any::<bool>()) {
        let units = text.encode_utf16().map(|unit| {
            if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") }
        });
        let escaped = format!("\"{}\"", units.collect::<String>());
        let ours = Value::parse(&escaped).expect("a JSON string").text();
        prop_assert_eq!(ours.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in nearly_json()) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), text] {
            if let Ok(value) = Value::parse(&text) {
                ask(value);
            }
            if let Err(e) = vcall::read(&text) {
                prop_assert!(e.offset <= text.len());
            }
        }
    }
}

#[test]
fn every_short_escape_is_read() {
    let escaped = r#""\"\\\/\b\f\n\r\t\u0041\ud83d\ude00""#;
    let theirs: String = serde_json::from_str(escaped).expect("a JSON string");
    let ours = Value::parse(escaped).expect("a JSON string").text();
    assert_eq!(ours.as_deref(), Some(theirs.as_str()));
}

#[test]
fn half_of_a_surrogate_pair_becomes_the_replacement_character() {
    for (escaped, text) in [
        (r#""\ud800""#, "\u{fffd}"),
        (r#""\udc00x""#, "\u{fffd}x"),
        (r#""\ud800\u0041""#, "\u{fffd}A"),
    ] {
        let ours = Value::parse(escaped).expect("a JSON string").text();
        assert_eq!(ours.as_deref(), Some(text), "{escaped}");
    }
}

#[test]
fn sixty_four_levels_are_read_and_no_more() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(Value::parse(&nested(64)).is_ok());
    assert!(Value::parse(&nested(65)).is_err());
    assert!(Value::parse(&"[".repeat(1_000_000)).is_err());
    assert!(Value::parse(&"{\"a\":".repeat(1_000_000)).is_err());
}

#[test]
fn of_repeated_members_the_last_counts() {
    let value = Value::parse(r#"{"a":1,"b":2,"\u0061":3}"#).expect("JSON");
    assert_eq!(value.get("a").number(), Some(3));
    assert!(value.get("c").is_none());
}

#[test]
fn numbers_are_read_from_numbers_and_strings() {
    for (json, number) in [
        ("12", Some(12)),
        ("\"12\"", Some(12)),
        ("-3", Some(-3)),
        ("\" 7 \"", Some(7)),
        ("1.9", Some(1)),
        ("-1.9", Some(-1)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("\"\"", None),
        ("\"-\"", None),
        ("\"x1\"", None),
        ("true", None),
        ("null", None),
        ("[1]", None),
    ] {
        let value = Value::parse(json).expect("JSON");
        assert_eq!(value.number(), number, "{json}");
    }
}

#[test]
fn a_number_with_an_exponent_is_never_cut_at_its_point() {
    // A Java platform writes a double of this size so.
    for json in ["1.795308100944E12", "\"1.795308100944e12\""] {
        let number = Value::parse(json).expect("JSON").number();
        assert!(
            matches!(number, None | Some(1_795_308_100_944)),
            "{json}: {number:?}"
        );
    }
}
