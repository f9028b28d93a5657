//! What str0m leaves to be done with session descriptions, by line.

/// Whether a description has audio that is not refused, in PCMU or PCMA. Of a codec that it does not have str0m makes
/// no error, but an answer with port 0.
pub(super) fn has_codec(sdp: &str) -> bool {
    let mut lines = sdp.lines().skip_while(|line| !line.starts_with("m=audio "));
    let Some(media) = lines.next() else {
        return false;
    };
    // `m=audio PORT PROTOCOL TYPE…`
    let mut words = media.split_ascii_whitespace().skip(1);
    if words.next().is_none_or(|port| port == "0") {
        return false;
    }
    // 0 and 8 are theirs without being said (RFC 3551 section 6).
    words.skip(1).any(|kind| matches!(kind, "0" | "8"))
        || lines
            .take_while(|line| !line.starts_with("m="))
            .any(names_codec)
}

fn names_codec(line: &str) -> bool {
    line.strip_prefix("a=rtpmap:")
        .and_then(|mapping| mapping.split_once(' '))
        .is_some_and(|(_, codec)| {
            let codec = codec.trim().to_ascii_uppercase();
            matches!(
                codec.as_str(),
                "PCMU/8000" | "PCMA/8000" | "PCMU/8000/1" | "PCMA/8000/1"
            )
        })
}

/// The description with a version of its own in the line `o=`, which str0m never raises (RFC 3264 section 8).
pub(super) fn with_version(sdp: &str, version: u64) -> String {
    let mut text = String::with_capacity(sdp.len() + 8);
    for line in sdp.split_inclusive('\n') {
        // `o=NAME SESSION VERSION …`
        let mut words = line.splitn(4, ' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(name), Some(session), Some(_), Some(rest)) if name.starts_with("o=") => {
                text.push_str(&format!("{name} {session} {version} {rest}"));
            }
            _ => text.push_str(line),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audio(media: &str, attributes: &str) -> String {
        format!("v=0\r\no=- 7 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n{media}\r\n{attributes}")
    }

    #[test]
    fn telephony_codecs_are_found_by_number_and_by_name() {
        for (media, attributes, found) in [
            (
                "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
                "a=rtpmap:111 opus/48000/2\r\n",
                true,
            ),
            ("m=audio 9 UDP/TLS/RTP/SAVPF 8", "", true),
            (
                "m=audio 9 UDP/TLS/RTP/SAVPF 96",
                "a=rtpmap:96 pcmu/8000\r\n",
                true,
            ),
            (
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "a=rtpmap:111 opus/48000/2\r\n",
                false,
            ),
            (
                "m=audio 0 UDP/TLS/RTP/SAVPF 0",
                "a=rtpmap:0 PCMU/8000\r\n",
                false,
            ),
            ("m=audio 8 UDP/TLS/RTP/SAVPF 111", "", false),
            ("m=video 9 UDP/TLS/RTP/SAVPF 8", "", false),
            (
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 PCMU/8000\r\n",
                false,
            ),
        ] {
            assert_eq!(
                has_codec(&audio(media, attributes)),
                found,
                "{media} {attributes}"
            );
        }
    }

    #[test]
    fn only_the_version_is_another() {
        let sdp = audio("m=audio 9 UDP/TLS/RTP/SAVPF 0", "a=mid:0\r\n");
        assert_eq!(with_version(&sdp, 12), sdp.replace("o=- 7 2 ", "o=- 7 12 "));
        assert_eq!(with_version(&sdp, 2), sdp);
    }
}
