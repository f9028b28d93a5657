//! Session descriptions as Chromium, a plain telephone and a trickling peer write them.

use sip::sdp::{self, Direction};

/// An offer as Chromium makes it, with one interface and before any STUN server was asked.
const CHROMIUM: &str = "v=0\r\n\
o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n\
s=-\r\n\
t=0 0\r\n\
a=group:BUNDLE 0\r\n\
a=extmap-allow-mixed\r\n\
a=msid-semantic: WMS stream-1\r\n\
m=audio 50004 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r\n\
c=IN IP4 192.0.2.7\r\n\
a=rtcp:9 IN IP4 0.0.0.0\r\n\
a=candidate:1001 1 udp 2122260223 192.0.2.7 50004 typ host generation 0 network-id 1\r\n\
a=candidate:1002 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active generation 0 network-id 1\r\n\
a=ice-ufrag:aB3d\r\n\
a=ice-pwd:0123456789abcdefABCDEF01\r\n\
a=ice-options:trickle\r\n\
a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n\
a=setup:actpass\r\n\
a=mid:0\r\n\
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n\
a=sendrecv\r\n\
a=msid:stream-1 track-1\r\n\
a=rtcp-mux\r\n\
a=rtcp-rsize\r\n\
a=rtpmap:111 opus/48000/2\r\n\
a=rtcp-fb:111 transport-cc\r\n\
a=fmtp:111 minptime=10;useinbandfec=1\r\n\
a=rtpmap:63 red/48000/2\r\n\
a=fmtp:63 111/111\r\n\
a=rtpmap:9 G722/8000\r\n\
a=rtpmap:0 PCMU/8000\r\n\
a=rtpmap:8 PCMA/8000\r\n\
a=rtpmap:13 CN/8000\r\n\
a=rtpmap:110 telephone-event/48000\r\n\
a=rtpmap:126 telephone-event/8000\r\n\
a=ssrc:1234 cname:c\r\n";

/// What a telephone at a gateway offers: no attributes at all but one.
const GATEWAY: &str = "v=0\no=gw 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\n\
m=audio 20000 RTP/AVP 18 8 0 101\na=rtpmap:101 telephone-event/8000\n";

/// Audio between two other sections, as a desktop with video makes it.
const THREE: &str = "v=0\r\ns=-\r\nt=0 0\r\na=inactive\r\na=ice-options:ice2 trickle\r\n\
m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:v\r\na=recvonly\r\n\
m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:a\r\n\
m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:d\r\na=sendonly\r\n";

#[test]
fn direction_is_that_of_the_audio_else_of_the_session_else_both_ways() {
    assert_eq!(sdp::direction(CHROMIUM), Direction::SendRecv);
    assert_eq!(sdp::direction(GATEWAY), Direction::SendRecv);
    assert_eq!(sdp::direction(THREE), Direction::Inactive);
    assert_eq!(sdp::direction(""), Direction::SendRecv);
}

#[test]
fn direction_that_was_set_is_read_and_nothing_else_changes() {
    for direction in [
        Direction::SendRecv,
        Direction::SendOnly,
        Direction::RecvOnly,
        Direction::Inactive,
    ] {
        for before in [CHROMIUM, GATEWAY, THREE] {
            let after = sdp::set_direction(before, direction);
            assert_eq!(sdp::direction(&after), direction, "{after}");
            let others = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.retain(|line| *line != format!("a={}", direction.name()));
                lines
            };
            for line in others(&after) {
                assert!(before.lines().any(|old| old == line), "{line}");
            }
            let again = sdp::set_direction(&after, direction);
            assert_eq!(again, after);
        }
    }
    let other_sections = sdp::set_direction(THREE, Direction::SendRecv);
    for line in ["a=inactive", "a=recvonly", "a=sendonly", "a=sendrecv"] {
        let count = other_sections.lines().filter(|one| *one == line).count();
        assert_eq!(count, 1, "{line}");
    }
}

#[test]
fn address_zero_is_a_hold_but_not_where_ice_finds_the_addresses() {
    let held = GATEWAY.replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0");
    assert_eq!(sdp::direction(&held), Direction::SendOnly);
    let both = sdp::set_direction(&held, Direction::RecvOnly);
    assert_eq!(sdp::direction(&both), Direction::Inactive);
    let own = GATEWAY.to_owned() + "c=IN IP4 0.0.0.0\n";
    assert_eq!(sdp::direction(&own), Direction::SendOnly);
    let trickling = CHROMIUM.replace("c=IN IP4 192.0.2.7", "c=IN IP4 0.0.0.0");
    assert_eq!(sdp::direction(&trickling), Direction::SendRecv);
}

#[test]
fn codecs_are_kept_with_all_their_lines_in_the_order_asked_for() {
    let kept = sdp::keep_codecs(CHROMIUM, &["opus", "PCMU", "PCMA", "telephone-event"]);
    let numbers = "m=audio 50004 UDP/TLS/RTP/SAVPF 111 0 8 110 126";
    assert!(kept.lines().any(|line| line == numbers), "{kept}");
    let gone = [
        "a=rtpmap:63 red/48000/2",
        "a=fmtp:63 111/111",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:13 CN/8000",
        "m=audio 50004 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
    ];
    let expected: Vec<&str> = CHROMIUM
        .lines()
        .filter(|line| !gone.contains(line))
        .collect();
    let left: Vec<&str> = kept.lines().filter(|line| *line != numbers).collect();
    assert_eq!(left, expected);
    assert!(kept.ends_with("\r\n"));
}

#[test]
fn codecs_without_a_map_are_known_by_their_numbers_and_names_in_any_case() {
    let kept = sdp::keep_codecs(GATEWAY, &["Opus", "pcmu", "pcma", "TELEPHONE-EVENT"]);
    assert!(
        kept.lines()
            .any(|line| line == "m=audio 20000 RTP/AVP 0 8 101"),
        "{kept}"
    );
}

#[test]
fn audio_with_none_of_the_codecs_is_refused_and_other_sections_stay() {
    for before in [CHROMIUM, GATEWAY, THREE] {
        assert!(!sdp::is_refused(before));
        let after = sdp::keep_codecs(before, &["speex"]);
        assert!(sdp::is_refused(&after), "{after}");
        assert_eq!(after.lines().count(), before.lines().count());
        let video = |text: &str| text.contains("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n");
        assert_eq!(video(&after), video(before));
    }
    assert!(sdp::is_refused(""));
    assert!(sdp::is_refused("v=0\r\nm=audio 0 RTP/AVP 0\r\n"));
    assert_eq!(sdp::keep_codecs("v=0\r\n", &["opus"]), "v=0\r\n");
}

#[test]
fn feedback_for_all_codecs_is_kept() {
    let all = CHROMIUM.replace("a=rtcp-fb:111 transport-cc", "a=rtcp-fb:* nack");
    assert!(sdp::keep_codecs(&all, &["PCMU"]).contains("a=rtcp-fb:* nack\r\n"));
}

#[test]
fn ice_facts_are_read_of_the_audio_and_of_the_session() {
    assert_eq!(sdp::ufrag(CHROMIUM), Some("aB3d"));
    assert_eq!(sdp::ufrag(GATEWAY), None);
    assert_eq!(sdp::attribute(CHROMIUM, "mid"), Some("0"));
    assert_eq!(sdp::attribute(THREE, "mid"), Some("a"));
    assert!(sdp::has_trickle(CHROMIUM));
    assert!(sdp::has_trickle(THREE));
    assert!(!sdp::has_trickle(GATEWAY));
    assert!(!sdp::has_trickle("a=ice-options:trickles\r\n"));
}

#[test]
fn candidates_are_listed_and_added() {
    let listed = sdp::candidates(CHROMIUM);
    assert_eq!(listed.len(), 2);
    assert!(listed[0].starts_with("candidate:1001 1 udp "));
    assert!(sdp::candidates(THREE).is_empty());

    let late = "candidate:7 1 udp 1 192.0.2.7 5 typ srflx raddr 0.0.0.0 rport 0";
    let written = format!("a={late}");
    for line in [late, &written] {
        for before in [CHROMIUM, GATEWAY, THREE] {
            let after = sdp::with_candidate(before, line);
            assert_eq!(sdp::candidates(&after).last(), Some(&late), "{after}");
            assert_eq!(after.lines().count(), before.lines().count() + 1);
        }
    }
}

#[test]
fn late_candidates_are_written_and_read_as_a_fragment() {
    let (first, second) = ("candidate:7 1 udp 1 192.0.2.7 5 typ host", "candidate:8 x");
    let text = sdp::fragment(CHROMIUM, &[first, second], true);
    assert_eq!(
        text,
        "a=ice-ufrag:aB3d\r\na=ice-pwd:0123456789abcdefABCDEF01\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n\
         a=candidate:7 1 udp 1 192.0.2.7 5 typ host\r\na=candidate:8 x\r\na=end-of-candidates\r\n"
    );
    assert_eq!(sdp::read_fragment(&text), [("0", first), ("0", second)]);
    assert_eq!(sdp::ufrag(&text), Some("aB3d"));
    assert!(!sdp::fragment(CHROMIUM, &[first], false).contains("end-of-candidates"));

    let foreign = "a=ice-ufrag:x\na=candidate:0 y\nm=audio 9 RTP/AVP 0\na=mid:a\na=candidate:1 y\n\
                   m=video 9 RTP/AVP 0\na=candidate:2 y\n";
    assert_eq!(
        sdp::read_fragment(foreign),
        [
            ("", "candidate:0 y"),
            ("a", "candidate:1 y"),
            ("", "candidate:2 y")
        ]
    );
}
