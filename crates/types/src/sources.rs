//! Holds the descriptions against the sources that read and tell what they describe: a name that stands there has to stand
//! here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use agent::rules::RULES;

use crate::declarations;
use crate::options::{AgentSdkOptions, Credentials, Features};
use crate::phone::SoftPhoneSdkOptions;
use crate::print::Interface;

/// The sources of the toolbar.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src")
}

/// All files of these kinds in and below a folder, one after the other.
fn text(folder: &Path, kinds: &[&str]) -> String {
    let mut out = String::new();
    for entry in fs::read_dir(folder).expect("a folder of the toolbar") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.push_str(&text(&path, kinds));
        } else if kinds
            .iter()
            .any(|kind| path.extension().is_some_and(|of| of == *kind))
        {
            out.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
    out
}

/// The words that stand in a text right behind one of these beginnings, up to what is no letter or digit.
fn behind<'a>(text: &'a str, beginnings: &[&str]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for beginning in beginnings {
        for (_, rest) in text
            .match_indices(beginning)
            .map(|(at, _)| text.split_at(at + beginning.len()))
        {
            let end = rest
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(rest.len());
            found.extend(Some(&rest[..end]).filter(|word| !word.is_empty()));
        }
    }
    found
}

/// The members that JavaScript takes out of an object by a pattern which ends like one of these.
fn taken_out_of<'a>(text: &'a str, ends: &[&str]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for end in ends {
        for (at, _) in text.match_indices(end) {
            let (before, _) = text.split_at(at);
            let (_, pattern) = before.rsplit_once('{').expect("where a pattern begins");
            let names = pattern.split(',').map(|one| {
                let end = one.find([':', '=']).unwrap_or(one.len());
                one[..end].trim()
            });
            found.extend(names.filter(|name| !name.is_empty() && !name.starts_with("...")));
        }
    }
    found
}

/// The members of an interface of `classes.d.ts`.
fn declared(name: &str) -> BTreeSet<String> {
    let all = declarations();
    let (_, rest) = all
        .split_once(&format!("export interface {name} {{\n"))
        .unwrap_or_else(|| panic!("no interface {name}"));
    let (body, _) = rest.split_once("\n}\n").expect("an end");
    let members = body
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    members
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(member, _)| member.to_owned())
        .collect()
}

fn assert_all(read: BTreeSet<&str>, described: &[String], least: usize) {
    assert!(
        read.len() >= least,
        "only {read:?} was found in the sources"
    );
    let missing: Vec<&&str> = read
        .iter()
        .filter(|name| !described.iter().any(|one| one == *name))
        .collect();
    assert!(
        missing.is_empty(),
        "{missing:?} is read or told, and not described"
    );
}

#[test]
fn every_option_that_is_read_is_described() {
    let session = fs::read_to_string(root().join("js/options.rs")).expect("a source");
    let described = [
        Interface::of::<AgentSdkOptions>().names(),
        Interface::of::<Credentials>().names(),
    ]
    .concat();
    let read = behind(
        &session,
        &[
            "get(options, \"",
            "text(options, \"",
            "ms(options, \"",
            "required(\"",
            "text(given, \"",
            "get(given, \"",
        ],
    );
    assert_all(read, &described, 18);

    let shell = text(&root().join("js"), &["js"]);
    let toolbar = text(&root().join("toolbar"), &["rs"]);
    let mut read = behind(&shell, &["option('", "options."]);
    read.extend(behind(&toolbar, &["given(\""]));
    // What `setCallInfo` said is asked for like an option.
    read.remove("callInfo");
    // The phone asks for its own in the same words.
    let phone = Interface::of::<SoftPhoneSdkOptions>().names();
    assert_all(read, &[described, phone].concat(), 20);
}

#[test]
fn every_option_of_the_phone_that_is_read_is_described() {
    let shell = ["soft-phone-sdk.js", "phone-media.js", "phone-peer.js"]
        .map(|file| fs::read_to_string(root().join("js").join(file)).expect("a source"))
        .concat();
    let rust = text(&root().join("phone"), &["rs"]);
    let mut read = behind(&shell, &["options."]);
    read.extend(taken_out_of(&shell, &["} = options", "} = this.#options"]));
    read.extend(behind(&rust, &["option(\""]));
    assert_all(read, &Interface::of::<SoftPhoneSdkOptions>().names(), 12);
}

#[test]
fn every_part_that_can_be_switched_off_is_described() {
    let described = Interface::of::<Features>().names();
    let of_requests: BTreeSet<&str> = RULES
        .iter()
        .map(|rule| rule.feature)
        .filter(|name| !name.is_empty())
        .collect();
    assert_all(of_requests.clone(), &described, 8);
    // And what is described switches something off.
    let sources = text(&root(), &["rs", "js"]);
    for name in described
        .iter()
        .filter(|name| !of_requests.contains(name.as_str()))
    {
        let named = [format!("\"{name}\""), format!("'{name}'")];
        assert!(
            named.iter().any(|text| sources.contains(text)),
            "nothing asks for {name}"
        );
    }
}

#[test]
fn every_event_that_is_told_is_described() {
    let shell = text(&root().join("js"), &["js"]);
    let rust = text(&root(), &["rs"]);
    let described: Vec<String> = ["LocalEvents", "ToolbarEvents", "SoftPhoneEvents"]
        .iter()
        .flat_map(|name| declared(name))
        .collect();
    let mut told = behind(&shell, &["listeners.tell('", " tell('"]);
    told.extend(behind(
        &rust,
        &["tell(\"", "tell_json(\"", "tell_status(\""],
    ));
    assert_all(told, &described, 20);
}

#[test]
fn every_request_has_a_method_whose_promise_is_of_its_outcome() {
    let all = declarations();
    let promised = behind(&all, &["Promise<Outcome<'"]);
    for rule in RULES.iter().filter(|rule| !rule.done.is_empty()) {
        assert!(
            promised.contains(rule.request),
            "no method of AgentSdkRequests in crates/types/src/classes.d.ts is for `{}`",
            rule.request
        );
    }
}
