//! Text that stays as it is, and text with something put into it.

use super::super::dom::{El, el};
use agent::json::Value;

/// An element with text that does not change while it stands.
pub fn still(tag: &str, class: &str, text: &str) -> El {
    let element = el(tag, class);
    element.element().set_text_content(Some(text));
    element
}

/// A text of the language's with this in place of its `{}`.
pub fn filled(text: &str, with: &str) -> String {
    match text.split_once("{}") {
        Some((before, after)) => [before, with, after].concat(),
        None => text.to_owned(),
    }
}

/// Texts that the page gave for an option, without empty ones.
pub fn texts(json: &str) -> Vec<String> {
    let list = Value::parse(json).unwrap_or_default();
    let texts = list.items().map(Value::string);
    texts.filter(|text| !text.is_empty()).collect()
}
