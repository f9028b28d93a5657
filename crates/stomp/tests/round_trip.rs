//! What is written is read back, however the stream is cut.

use proptest::prelude::*;
use stomp::{Command, Decoder, Item, Limits, Version, Writer};

type Owned = (Command, Vec<(String, String)>, Vec<u8>);

fn read(version: Version, chunks: &[&[u8]]) -> (Vec<Owned>, usize) {
    let mut decoder = Decoder::new(Limits::default());
    decoder.set_version(version);
    let mut out = Vec::new();
    for chunk in chunks {
        let mut frames = decoder.feed(chunk);
        while let Some(item) = frames.next() {
            if let Item::Frame(f) = item.expect("a frame of ours is readable") {
                let headers = f
                    .headers()
                    .map(|(n, v)| (n.into_owned(), v.into_owned()))
                    .collect();
                out.push((f.command(), headers, f.body().to_vec()));
            }
        }
    }
    (out, decoder.buffered())
}

/// Cuts `bytes` at the given places.
fn cut<'a>(bytes: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<usize> = cuts.iter().map(|c| c.index(bytes.len() + 1)).collect();
    at.sort_unstable();
    let mut chunks = Vec::new();
    let mut from = 0;
    for to in at {
        chunks.push(&bytes[from..to]);
        from = to;
    }
    chunks.push(&bytes[from..]);
    chunks
}

fn version() -> impl Strategy<Value = Version> {
    prop::sample::select(vec![Version::V10, Version::V11, Version::V12])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z-]{1,12}",
        proptest::string::string_regex("[\\PC\\\\:\\n\\r\u{4e2d}\\x00]{0,12}").expect("a regex"),
    ]
}

fn frame() -> impl Strategy<Value = (Command, Vec<(String, String)>, Vec<u8>, bool)> {
    (
        prop::sample::select(Command::ALL.to_vec()),
        prop::collection::vec((text(), text()), 0..6),
        prop::collection::vec(any::<u8>(), 0..300),
        any::<bool>(),
    )
}

proptest! {
    #[test]
    fn written_frames_are_read_back_at_any_split(
        version in version(),
        frames in prop::collection::vec(frame(), 1..5),
        line_feeds in 0usize..3,
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let mut bytes = Vec::new();
        let mut expected: Vec<Owned> = Vec::new();
        for (command, headers, body, content_length) in frames {
            let mut writer = Writer::new(version, command);
            let mut kept = Vec::new();
            for (name, value) in headers {
                // `content-length` is the writer's own.
                if name != "content-length" && writer.header(&name, &value).is_ok() {
                    kept.push((name, value));
                }
            }
            if content_length || body.contains(&0) {
                kept.push(("content-length".into(), body.len().to_string()));
            }
            bytes.extend(writer.finish(&body, content_length));
            bytes.extend(std::iter::repeat_n(b'\n', line_feeds));
            expected.push((command, kept, body));
        }
        let (got, left) = read(version, &cut(&bytes, &cuts));
        prop_assert_eq!(got, expected);
        prop_assert_eq!(left, 0);
    }

    #[test]
    fn any_bytes_at_any_split_give_the_same_items(
        version in version(),
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            prop::collection::vec(prop::sample::select(b"MESSAGE\nSEND\ncontent-length:3\n\na:b\\n\\q\0\r\n".to_vec()), 0..400),
        ],
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let all = |chunks: &[&[u8]]| {
            let mut decoder = Decoder::new(Limits { frame: 200, head: 60 });
            decoder.set_version(version);
            let mut out = Vec::new();
            for chunk in chunks {
                let mut frames = decoder.feed(chunk);
                while let Some(item) = frames.next() {
                    out.push(match item {
                        Ok(Item::Frame(f)) => format!("{f:?} {:?}", f.body()),
                        Ok(Item::EndOfLine) => "eol".into(),
                        Err(e) => e.to_string(),
                    });
                }
            }
            out
        };
        prop_assert_eq!(all(&[&bytes]), all(&cut(&bytes, &cuts)));
    }
}
