//! The torture messages of RFC 4475 and RFC 5118: what [`sip::judge`] says is what those RFCs want.
//!
//! The messages are not ours to give away. They are taken from the RFCs' texts, which `cargo xtask setup` fetches;
//! where they cannot be had the tests say so and check nothing.

mod table;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use sip::judge;
use table::{RFC_4475, RFC_5118, Row};

/// Says something past the test runner, which swallows what passing tests print.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "torture: {text}");
}

/// The text of an RFC; where it cannot be had says so.
fn text_of(rfc: &str) -> Option<String> {
    let folder = match env::var_os("RFC_TEXTS") {
        Some(folder) => PathBuf::from(folder),
        None => match env::var_os("XDG_CACHE_HOME").map(PathBuf::from) {
            Some(cache) if cache.is_absolute() => cache,
            _ => env::home_dir().unwrap_or_default().join(".cache"),
        }
        .join("agent-toolbar/rfc"),
    };
    let file = folder.join(format!("{rfc}.txt"));
    match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) => {
            say(&format!(
                "SKIPPED, the messages of {rfc} are NOT checked: cannot read {}: {error}; \
                 `cargo xtask setup` fetches it on Debian, or name a folder that has it in RFC_TEXTS",
                file.display()
            ));
            None
        }
    }
}

/// A folder of our own, empty.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("torture")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(&folder).expect("a folder can be made in the target folder");
    folder
}

/// Unpacks the archive of messages at the end of an RFC: base64 of a compressed tar, between page headers and footers.
fn unpack(rfc: &str, text: &str) -> PathBuf {
    let folder = scratch(rfc);
    let mut encoded = String::new();
    let lines = text
        .lines()
        .skip_while(|line| line.trim() != "-- BEGIN MESSAGE ARCHIVE --")
        .take_while(|line| line.trim() != "-- END MESSAGE ARCHIVE --");
    for line in lines {
        let mut words = line.split_whitespace();
        if let (Some(word), None) = (words.next(), words.next()) {
            encoded.push_str(word);
            encoded.push('\n');
        }
    }
    assert!(!encoded.is_empty(), "the text of {rfc} has its archive");
    fs::write(folder.join("archive"), encoded).expect("the archive can be written");
    let status = Command::new("sh")
        .current_dir(&folder)
        .args(["-c", "base64 -d archive | tar -xz"])
        .status()
        .expect("a shell is there, and base64 and tar");
    assert!(status.success(), "the archive of {rfc} can be unpacked");
    folder
}

/// Judges the message of each row, and names all rows that got what they should not.
fn check(rows: &[Row], read: impl Fn(&Row) -> Vec<u8>) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let got = judge(&read(row)).to_string();
            let allowed = row.allowed.join(" or ");
            (!row.allowed.contains(&got.as_str())).then(|| {
                format!(
                    "{} (section {}, {:?}): {got}, but the RFC wants {allowed}: {}",
                    row.name, row.section, row.level, row.why
                )
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_message_of_rfc_4475_gets_a_verdict_that_the_rfc_allows() {
    let Some(text) = text_of("rfc4475") else {
        return;
    };
    let folder = unpack("rfc4475", &text);
    check(&RFC_4475, |row| {
        fs::read(folder.join(format!("{}.dat", row.name))).expect("the archive has the message")
    });
}

#[test]
fn every_message_of_rfc_5118_gets_a_verdict_that_the_rfc_allows() {
    let Some(text) = text_of("rfc5118") else {
        return;
    };
    let folder = unpack("rfc5118", &text);
    check(&RFC_5118, |row| {
        let lines = fs::read_to_string(folder.join(row.name)).expect("the archive has the message");
        // This archive has the lines as files of Unix end them, and two messages lack the empty one.
        let mut message = lines.replace("\r\n", "\n").replace('\n', "\r\n");
        if !message.contains("\r\n\r\n") {
            message.push_str("\r\n");
        }
        message.into_bytes()
    });
}

#[test]
fn program_prints_a_line_for_each_file() {
    let built = env::current_exe().expect("the path of this test");
    let program = built
        .ancestors()
        .nth(2)
        .expect("the folder of the build")
        .join("examples")
        .join(format!("verdict{}", env::consts::EXE_SUFFIX));
    if !program.exists() {
        say(&format!(
            "SKIPPED, the program `verdict` is NOT checked: there is no {}; `cargo test` for the whole package builds it",
            program.display()
        ));
        return;
    }
    let head = "sip:desk@example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n\
                From: <sip:a@example.com>;tag=1\r\nTo: <sip:desk@example.com>\r\nCall-ID: c1\r\nMax-Forwards: 70\r\n";
    let cases = [
        (
            "good",
            format!("OPTIONS {head}CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"),
            "accept",
        ),
        (
            "unknown",
            format!("DANCE {head}CSeq: 1 DANCE\r\nContent-Length: 0\r\n\r\n"),
            "answer 501",
        ),
        ("noise", "no SIP at all".to_owned(), "reject"),
    ];
    let folder = scratch("program");
    for (name, text, _) in &cases {
        fs::write(folder.join(name), text).expect("the message can be written");
    }
    let output = Command::new(&program)
        .current_dir(&folder)
        .args(cases.iter().map(|(name, ..)| name))
        .output()
        .expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), cases.len(), "{printed}");
    for (line, (name, _, verdict)) in lines.iter().zip(&cases) {
        assert!(line.starts_with(name), "{line}");
        assert!(line.ends_with(&format!(" {verdict}")), "{line}");
    }
}
