//! Any bytes, cut anywhere: no panic, and the same items as from one piece.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stomp::{Decoder, Item, Limits, Version};

fn items(version: Version, chunks: &[&[u8]]) -> Vec<String> {
    let mut decoder = Decoder::new(Limits { frame: 4096, head: 512 });
    decoder.set_version(version);
    let mut out = Vec::new();
    for chunk in chunks {
        let mut frames = decoder.feed(chunk);
        while let Some(item) = frames.next() {
            out.push(match item {
                Ok(Item::Frame(f)) => format!("{:?} {:?}", f.headers().collect::<Vec<_>>(), f.body()),
                Ok(Item::EndOfLine) => String::new(),
                Err(e) => e.to_string(),
            });
        }
    }
    out
}

fuzz_target!(|data: &[u8]| {
    let [kind, cut, bytes @ ..] = data else { return };
    let version = [Version::V10, Version::V11, Version::V12][usize::from(kind % 3)];
    let at = usize::from(*cut).min(bytes.len());
    assert_eq!(items(version, &[bytes]), items(version, &[&bytes[..at], &bytes[at..]]));
});
