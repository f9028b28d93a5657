//! The Custom Elements Manifest: what editors and catalogues are told of `<agent-toolbar>`.
//!
//! The template in `pkg-config/` says what no other file does; events of the platform and custom properties are added from where
//! they are defined.

use agent::EventName;
use serde_json::{Value, json};

use crate::sh::Failure;

/// The template, which is also the name of what is made of it.
pub const NAME: &str = "custom-elements.json";

/// The manifest, of its template and the sheet of the tokens.
pub fn manifest(template: &str, tokens: &str) -> Result<String, Failure> {
    let mut manifest: Value = serde_json::from_str(template)
        .map_err(|error| Failure::new(format!("{NAME} is no JSON: {error}")))?;
    let element = manifest
        .pointer_mut("/modules/0/declarations/0")
        .and_then(Value::as_object_mut);
    let Some(element) = element else {
        return Err(Failure::new(format!("{NAME} declares no element")));
    };
    element.insert("cssProperties".to_owned(), properties(tokens)?);
    let events = element.get_mut("events").and_then(Value::as_array_mut);
    let Some(events) = events else {
        return Err(Failure::new(format!("{NAME} has no events")));
    };
    for event in EventName::ALL {
        events.push(json!({ "name": event.as_str(), "description": event.meaning() }));
    }
    for event in events {
        let name = event["name"].as_str().unwrap_or_default().to_owned();
        event["name"] = format!("agent-{name}").into();
        let text = format!("CustomEvent<EventMap['{name}'][0]>");
        event["type"] = json!({ "text": text });
    }
    let text = serde_json::to_string_pretty(&manifest);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::new(format!("{NAME} cannot be written: {error}")))
}

/// The custom properties of the first rule, which holds the values that count where nothing else is said. A comment there says
/// what follows it is about.
fn properties(tokens: &str) -> Result<Value, Failure> {
    let rule = tokens
        .split_once(":host {")
        .and_then(|(_, rest)| rest.split_once('}'));
    let Some((rule, _)) = rule else {
        return Err(Failure::new("tokens.css has no rule for :host"));
    };
    let mut all = Vec::new();
    let mut about = String::new();
    for line in rule.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("/*") {
            comment.trim_end_matches("*/").trim().clone_into(&mut about);
        }
        for declaration in line.split(';') {
            if let Some((name, value)) = declaration.trim().split_once(':')
                && name.starts_with("--at-")
            {
                all.push(json!({ "name": name, "default": value.trim(), "description": about }));
            }
        }
    }
    Ok(all.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"{"modules":[{"declarations":[{"events":[{"name":"Open","description":"It opens."}]}]}]}"#;
    const TOKENS: &str = "/* all */\n:host {\n  /* size */\n  --at-1:4px; --at-2: 8px;\n  color-scheme:light;\n}\n:host([x]) { --at-1:5px }";

    #[test]
    fn events_and_custom_properties_come_from_where_they_are_defined() {
        let text = manifest(TEMPLATE, TOKENS).unwrap_or_default();
        let all: Value = serde_json::from_str(&text).unwrap_or_default();
        let element = &all["modules"][0]["declarations"][0];
        assert_eq!(element["events"][0]["name"], "agent-Open");
        assert_eq!(
            element["events"][1],
            json!({
                "name": "agent-Login",
                "description": EventName::Login.meaning(),
                "type": { "text": "CustomEvent<EventMap['Login'][0]>" },
            })
        );
        assert_eq!(
            element["cssProperties"],
            json!([
                { "name": "--at-1", "default": "4px", "description": "size" },
                { "name": "--at-2", "default": "8px", "description": "size" },
            ])
        );
    }

    #[test]
    fn a_sheet_without_the_rule_is_refused() {
        assert!(manifest(TEMPLATE, "a { --at-1:4px }").is_err());
        assert!(manifest("{}", TOKENS).is_err());
    }
}
