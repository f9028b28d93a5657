//! Short names between the wasm and its bindings: those of wasm-bindgen are long, and half of each is a hash that no
//! compression shortens.

use std::collections::BTreeMap;

use crate::sh::Failure;

/// The module's name after wasm-opt.
const MODULE: &str = "a";

/// The bindings with the names that wasm-opt gave, of which `named` tells.
pub fn shorten(bindings: &str, named: &str) -> Result<String, Failure> {
    // Of an import: module, name and the new name; of an export: name and the new name.
    let named: BTreeMap<String, Vec<Vec<String>>> =
        serde_json::from_str(named).map_err(|error| {
            Failure::new(format!(
                "wasm-opt did not tell the names it gave as JSON: {error}"
            ))
        })?;
    let mut text = bindings.to_owned();
    for row in named.values().flatten() {
        match row.as_slice() {
            [module, name, short] => {
                text = text.replace(&format!("\"{module}\": "), &format!("\"{MODULE}\": "));
                text = replace_word(&text, &format!(" {name}:"), &format!(" {short}:"));
            }
            [name, short] => {
                text = replace_word(&text, &format!("wasm.{name}"), &format!("wasm.{short}"));
            }
            _ => {}
        }
    }
    Ok(text)
}

/// Replaces what is not followed by more of a name.
fn replace_word(text: &str, long: &str, short: &str) -> String {
    let mut pieces = text.split(long);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let goes_on =
            piece.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$');
        replaced.push_str(if goes_on { long } else { short });
        replaced.push_str(piece);
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_imports_and_exports_are_shortened() {
        let bindings = r#"const import0 = { __wbg_on_12ab: function() { wasm.core_new(); }, }; wasm.core_newer();
            return { "./x_bg.js": import0 };"#;
        let named = r#"{"imports": [["./x_bg.js", "__wbg_on_12ab", "$"]], "exports": [["core_new", "b"], ["core_newer", "c"]]}"#;
        assert_eq!(
            shorten(bindings, named).ok().as_deref(),
            Some(
                r#"const import0 = { $: function() { wasm.b(); }, }; wasm.c();
            return { "a": import0 };"#
            )
        );
    }

    #[test]
    fn what_is_no_list_of_names_is_refused() {
        assert!(shorten("", "Fatal: no such pass").is_err());
    }
}
