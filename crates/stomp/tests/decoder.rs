//! What the decoder accepts, refuses and skips.

use stomp::{Command, DecodeError, Decoder, Fault, Item, Limits, Version};

fn items(decoder: &mut Decoder, chunk: &[u8]) -> Vec<Result<String, DecodeError>> {
    let mut frames = decoder.feed(chunk);
    let mut out = Vec::new();
    while let Some(item) = frames.next() {
        match item {
            Ok(Item::Frame(f)) => {
                let body = String::from_utf8_lossy(f.body()).into_owned();
                out.push(Ok(format!("{} {body}", f.command().as_str())));
            }
            Ok(Item::EndOfLine) => {}
            Err(e) => out.push(Err(e)),
        }
    }
    out
}

fn decoder(version: Version) -> Decoder {
    let mut d = Decoder::new(Limits {
        frame: 1000,
        head: 100,
    });
    d.set_version(version);
    d
}

fn header(version: Version, bytes: &[u8], name: &str) -> Option<String> {
    let mut d = decoder(version);
    let mut frames = d.feed(bytes);
    match frames.next() {
        Some(Ok(Item::Frame(f))) => f.header(name).map(|v| v.into_owned()),
        other => panic!("no frame: {other:?}"),
    }
}

#[test]
fn of_repeated_headers_the_first_counts() {
    assert_eq!(
        header(Version::V12, b"MESSAGE\nfoo:World\nfoo:Hello\n\n\0", "foo").as_deref(),
        Some("World")
    );
}

#[test]
fn escapes_follow_the_version() {
    let frame = b"MESSAGE\na:1\\n2\\c3\\\\4\n\n\0";
    assert_eq!(
        header(Version::V12, frame, "a").as_deref(),
        Some("1\n2:3\\4")
    );
    assert_eq!(
        header(Version::V11, frame, "a").as_deref(),
        Some("1\n2:3\\4")
    );
    assert_eq!(
        header(Version::V10, frame, "a").as_deref(),
        Some("1\\n2\\c3\\\\4")
    );
    let cr = b"MESSAGE\na:1\\r2\n\n\0";
    assert_eq!(header(Version::V12, cr, "a").as_deref(), Some("1\r2"));
    let refused = items(&mut decoder(Version::V11), cr);
    assert_eq!(
        refused,
        [Err(DecodeError {
            fault: Fault::BadEscape,
            offset: 11
        })]
    );
}

#[test]
fn connected_is_never_escaped() {
    assert_eq!(
        header(Version::V12, b"CONNECTED\nserver:a\\nb\n\n\0", "server").as_deref(),
        Some("a\\nb")
    );
}

#[test]
fn lines_may_end_in_cr_lf_in_1_2() {
    assert_eq!(
        header(Version::V12, b"MESSAGE\r\na:1\r\n\r\nx\0\r\n", "a").as_deref(),
        Some("1")
    );
    assert_eq!(
        header(Version::V11, b"MESSAGE\na:1\r\n\nx\0", "a").as_deref(),
        Some("1\r")
    );
}

#[test]
fn a_body_with_content_length_may_hold_nuls() {
    let mut d = decoder(Version::V12);
    assert_eq!(
        items(&mut d, b"SEND\ncontent-length:3\n\na\0b\0\n"),
        [Ok("SEND a\0b".into())]
    );
}

#[test]
fn a_bad_frame_is_reported_and_the_next_one_read() {
    let cases: [(&[u8], Fault, u64); 6] = [
        (b"HELLO\n\n\0", Fault::UnknownCommand, 0),
        (b"SEND\nno colon\n\n\0", Fault::BadHeader, 5),
        (b"SEND\n:x\n\n\0", Fault::BadHeader, 5),
        (b"SEND\ncontent-length:x\n\n\0", Fault::BadContentLength, 5),
        (b"SEND\ncontent-length:1\n\nab\0", Fault::MissingNul, 24),
        (b"SEND\na:\xff\n\n\0", Fault::NotUtf8, 7),
    ];
    for (bad, fault, offset) in cases {
        let mut stream = bad.to_vec();
        stream.extend_from_slice(b"\nMESSAGE\n\nnext\0");
        let got = items(&mut decoder(Version::V12), &stream);
        assert_eq!(
            got,
            [
                Err(DecodeError { fault, offset }),
                Ok("MESSAGE next".into())
            ],
            "{fault:?}"
        );
    }
}

#[test]
fn a_frame_over_the_limit_is_skipped_without_being_kept() {
    let long = "x".repeat(5000);
    for frame in [
        format!("SEND\n\n{long}\0"),
        format!("SEND\ncontent-length:5000\n\n{long}\0"),
    ] {
        let mut d = decoder(Version::V12);
        let mut got = Vec::new();
        for chunk in format!("{frame}\nMESSAGE\n\nnext\0").as_bytes().chunks(7) {
            got.extend(items(&mut d, chunk));
            assert!(d.buffered() <= 1007, "kept {} bytes", d.buffered());
        }
        assert_eq!(
            got,
            [
                Err(DecodeError {
                    fault: Fault::TooLarge,
                    offset: 0
                }),
                Ok("MESSAGE next".into())
            ]
        );
    }
}

#[test]
fn a_head_over_the_limit_is_skipped() {
    let mut d = decoder(Version::V12);
    let stream = format!("SEND\na:{}\n\nbody\0MESSAGE\n\nnext\0", "x".repeat(200));
    let got = items(&mut d, stream.as_bytes());
    assert!(
        matches!(
            got[0],
            Err(DecodeError {
                fault: Fault::TooLarge,
                ..
            })
        ),
        "{got:?}"
    );
    assert_eq!(got[1], Ok("MESSAGE next".into()));
}

#[test]
fn every_command_has_its_own_name() {
    for c in Command::ALL {
        let got = items(
            &mut decoder(Version::V12),
            format!("{}\n\n\0", c.as_str()).as_bytes(),
        );
        assert_eq!(got, [Ok(format!("{} ", c.as_str()))]);
    }
}
