//! What holds for every message and every URI.

mod check;

use proptest::prelude::*;
use sip::{Draft, Message, Name, NameAddr, ParseError, Uri, quoted};

/// What messages are made of, so that chance finds the way into the parser.
const SCRAPS: &[&str] = &[
    "INVITE sip:a@b.invalid SIP/2.0\r\n",
    "OPTIONS sip:b SIP/2.0\r\n",
    "REGISTER sip:b SIP/2.0\n",
    "SIP/2.0 200 OK\r\n",
    "SIP/2.0 999 \r\n",
    "Via: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\n",
    "v: SIP / 2.0 / UDP\r\n\t[::1]:5060 ; branch = x ,\r\n SIP/2.0/TCP y\r\n",
    "From: \"a \\\" b\" <sip:a@b>;tag=1\r\n",
    "t: sip:a@b;tag=2\r\n",
    "i: 1\r\n",
    "CSeq: 1 INVITE\r\n",
    "CSeq: 1\r\n OPTIONS\r\n",
    "Contact: *\r\n",
    "m: <sip:a@b;lr?x=y>;expires=3, sip:c\r\n",
    "Content-Length: 5\r\n",
    "l: -1\r\n",
    "Content-Type: application/sdp\r\n",
    "Require: 100rel,\r\n",
    "\r\n",
    "\n",
    "\r",
    " folded\r\n",
    "\t\r\n",
    ":",
    ";",
    ",",
    "\"",
    "<",
    ">",
    "\\",
    "%41",
    "?a=b&c",
    "@",
    "中文",
    "\u{1f600}",
    "\0",
];

fn soup() -> impl Strategy<Value = Vec<u8>> {
    let scraps = prop::collection::vec(prop::sample::select(SCRAPS.to_vec()), 0..24);
    (
        scraps,
        prop::collection::vec(any::<u8>(), 0..8),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(scraps, noise, at)| {
            let mut bytes = scraps.concat().into_bytes();
            let at = at.index(bytes.len() + 1);
            let tail = bytes.split_off(at);
            bytes.extend(noise);
            bytes.extend(tail);
            bytes
        })
}

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9.!%*_+`'~-]{2,20}"
}

/// A value with nothing around it that the reader takes away.
fn text() -> impl Strategy<Value = String> {
    "\\PC{0,40}".prop_map(|text| text.trim_ascii().to_owned())
}

/// A name that is in the table, as it may be written.
fn written() -> impl Strategy<Value = (Name, String)> {
    let forms = vec![
        (Name::Via, "Via", "v"),
        (Name::From, "From", "f"),
        (Name::To, "To", "t"),
        (Name::CallId, "Call-ID", "i"),
        (Name::Contact, "Contact", "m"),
        (Name::ContentType, "Content-Type", "c"),
        (Name::ContentEncoding, "Content-Encoding", "e"),
        (Name::Subject, "Subject", "s"),
        (Name::Supported, "Supported", "k"),
        (Name::Event, "Event", "o"),
        (Name::ReferTo, "Refer-To", "r"),
        (Name::ReferredBy, "Referred-By", "b"),
        (Name::AllowEvents, "Allow-Events", "u"),
        (Name::SessionExpires, "Session-Expires", "x"),
        (Name::AcceptContact, "Accept-Contact", "a"),
        (Name::RejectContact, "Reject-Contact", "j"),
        (Name::RequestDisposition, "Request-Disposition", "d"),
        (Name::Identity, "Identity", "y"),
    ];
    (prop::sample::select(forms), any::<bool>(), any::<u32>()).prop_map(
        |((name, whole, compact), short, cases)| {
            let text = if short { compact } else { whole };
            let letters = text.chars().enumerate().map(|(at, c)| {
                if (cases >> (at % 32)) & 1 == 1 {
                    c.to_ascii_uppercase()
                } else {
                    c.to_ascii_lowercase()
                }
            });
            (name, letters.collect::<String>())
        },
    )
}

fn user() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_.!~*'()&=+$,;?/-]{1,12}"
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_at_a_place_within_them(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check::message(&bytes);
    }

    #[test]
    fn anything_like_a_message_is_read_or_refused_and_prints_as_it_was_read(bytes in soup()) {
        check::message(&bytes);
    }

    #[test]
    fn any_text_is_a_uri_or_refused_at_a_place_within_it(text in "\\PC{0,60}") {
        check::uri(&text);
    }

    #[test]
    fn anything_like_a_uri_is_taken_apart_whole(text in "(sips?|tel|[a-z]{1,3}):[a-z0-9:@;?&=%\\[\\].-]{0,40}") {
        check::uri(&text);
    }

    #[test]
    fn what_is_printed_is_read_back(
        method in "[A-Z]{1,12}",
        fields in prop::collection::vec((token(), text()), 0..40),
        body in "\\PC{0,200}",
    ) {
        let mut draft = Draft::request(&method, "sip:somebody@example.invalid");
        for (name, value) in &fields {
            draft.header(name, value);
        }
        let text = draft.body("text/plain;charset=utf-8", &body).finish();
        let message = Message::parse(text.as_bytes())?;
        prop_assert_eq!(message.method(), Some(method.as_str()));
        let read: Vec<(&str, &str)> = message.all().take(fields.len()).collect();
        let written: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        prop_assert_eq!(read, written);
        prop_assert_eq!(message.body_text(), body);
    }

    #[test]
    fn no_value_smuggles_in_a_header(value in "[a-z:\\r\\n\\x00 ]{0,60}", reason in "[a-z:\\r\\n ]{0,30}") {
        let text = Draft::response(200, &reason).header("Subject", &value).finish();
        let message = Message::parse(text.as_bytes())?;
        let names: Vec<&str> = message.all().map(|(name, _)| name).collect();
        prop_assert_eq!(names, ["Subject", "Content-Length"]);
    }

    #[test]
    fn a_folded_header_is_the_same_as_one_in_one_line(
        words in prop::collection::vec("[!-~]{1,8}|[中文é]{1,3}", 1..8),
        folds in prop::collection::vec("[ \\t]{0,2}\\r\\n[ \\t]{1,3}|[ \\t]{0,2}\\n[ \\t]{1,3}", 8),
    ) {
        let mut folded = String::new();
        for (word, fold) in words.iter().zip(&folds) {
            folded.push_str(fold);
            folded.push_str(word);
        }
        let text = format!("OPTIONS sip:b SIP/2.0\r\nSubject:{folded}\r\nCSeq: 1\r\n\t OPTIONS\r\n\r\n");
        let message = Message::parse(text.as_bytes())?;
        let line = words.join(" ");
        prop_assert_eq!(message.header(Name::Subject), Some(line.as_str()));
        prop_assert_eq!(message.raw(Name::Subject), Some(folded.trim_ascii()));
        prop_assert_eq!(message.cseq().map(|cseq| (cseq.number, cseq.method)), Some((1, "OPTIONS")));
    }

    #[test]
    fn a_name_is_the_same_in_any_case_and_in_its_compact_form(
        (name, written) in written(),
        blanks in "[ \\t]{0,3}",
        value in token(),
    ) {
        let text = format!("OPTIONS sip:b SIP/2.0\r\nX-Other: 1\r\n{written}{blanks}:{value}\r\n\r\n");
        let message = Message::parse(text.as_bytes())?;
        prop_assert_eq!(message.header(name), Some(value.as_str()));
        prop_assert_eq!(message.other(&written), Some(value.as_str()));
    }

    #[test]
    fn values_in_one_line_and_in_many_lines_are_the_same(
        contacts in prop::collection::vec((text(), user(), any::<bool>()), 1..6),
        breaks in prop::collection::vec(any::<bool>(), 6),
    ) {
        let values: Vec<String> = contacts
            .iter()
            .map(|(display, user, plus)| {
                let name = quoted(display);
                let more = if *plus { ";+sip.instance=\"<urn:x,y;z>\"" } else { "" };
                format!("{name} <sip:{user}@b.invalid;a,b>{more}")
            })
            .collect();
        let mut text = "SIP/2.0 200 OK\r\n".to_owned();
        for (at, value) in values.iter().enumerate() {
            text.push_str(match (at, breaks[at]) {
                (0, _) => "Contact: ",
                (_, true) => "\r\nm:",
                (_, false) => " , ",
            });
            text.push_str(value);
        }
        text.push_str("\r\n\r\n");
        let message = Message::parse(text.as_bytes())?;
        prop_assert_eq!(message.values(Name::Contact), values.clone());
        for (value, (display, user, plus)) in values.iter().zip(&contacts) {
            let address = NameAddr::parse(value).expect("an address");
            prop_assert_eq!(address.display(), display.as_str());
            let uri = Uri::parse(address.uri)?;
            prop_assert_eq!(uri.user, Some(user.as_str()));
            prop_assert_eq!(address.param("+SIP.Instance"), plus.then_some("<urn:x,y;z>"));
        }
    }

    #[test]
    fn the_body_is_what_its_length_says(body in prop::collection::vec(any::<u8>(), 0..200), length in 0usize..300) {
        let head = format!("MESSAGE sip:b SIP/2.0\r\nContent-Length: {length}\r\n\r\n");
        let bytes = [head.as_bytes(), &body].concat();
        let message = Message::parse(&bytes)?;
        prop_assert_eq!(message.body(), body.get(..length).unwrap_or(&body));
    }

    #[test]
    fn a_head_that_breaks_off_within_a_line_is_refused(at in any::<prop::sample::Index>(), value in text()) {
        let text = format!("OPTIONS sip:b SIP/2.0\r\nCall-ID: 1\r\nSubject: x{value}\r\n");
        let at = at.index(text.len() - 1) + 1;
        let cut = &text.as_bytes()[..at];
        let whole_lines = cut.ends_with(b"\n") && cut.iter().filter(|b| **b == b'\n').count() > 1;
        prop_assert_eq!(Message::parse(cut).is_ok(), whole_lines);
    }

    #[test]
    fn a_uri_equals_itself_with_letters_escaped_and_nothing_else(user in "[A-Za-z0-9]{1,12}", escape in any::<u16>()) {
        let escaped: String = user
            .bytes()
            .enumerate()
            .map(|(at, b)| match (escape >> (at % 16)) & 1 {
                1 => format!("%{b:02x}"),
                _ => char::from(b).to_string(),
            })
            .collect();
        let plain = format!("sip:{user}@B.invalid;x={user}");
        let other = format!("SIP:{escaped}@b.INVALID;X={escaped}");
        let (one, two) = (Uri::parse(&plain)?, Uri::parse(&other)?);
        prop_assert!(one == two);
        prop_assert!(two == one);
        let longer = format!("sip:{escaped}x@b.invalid");
        prop_assert!(one != Uri::parse(&longer)?);
    }

    #[test]
    fn an_error_names_its_place(offset in any::<usize>()) {
        let error = ParseError { offset, what: "nothing is there" };
        prop_assert!(error.to_string().contains(&offset.to_string()));
    }
}
