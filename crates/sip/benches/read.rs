//! Messages a second: an INVITE of 2.3 KB with 24 header lines, read, and read with what a summary asks of it.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sip::Message;
use std::hint::black_box;

const HEAD: &str = "INVITE sip:w21001@6ft2l9u1.invalid;transport=ws;ob SIP/2.0\r\n\
    Via: SIP/2.0/WSS proxy.example.com:8443;rport;branch=z9hG4bK-524287-1---2f1b6bd6c1d6a64c\r\n\
    Via: SIP/2.0/UDP 192.0.2.17:5060;rport=5060;received=192.0.2.17;branch=z9hG4bKpj7f3a9a\r\n\
    Record-Route: <sip:proxy.example.com:8443;transport=ws;r2=on;lr;ftag=as58f4201b>\r\n\
    Record-Route: <sip:192.0.2.17;r2=on;lr;ftag=as58f4201b>\r\n\
    Max-Forwards: 68\r\n\
    From: \"Zhang San\" <sip:13800138000@sandbox.invalid;user=phone>;tag=as58f4201b\r\n\
    To: <sip:w21001@sandbox.invalid>\r\n\
    Contact: <sip:13800138000@192.0.2.33:5060;transport=udp>\r\n\
    Call-ID: 6e5a9c0d4bfb4e4c8f2f97b81b76a6b1@192.0.2.33:5060\r\n\
    CSeq: 102 INVITE\r\n\
    User-Agent: platform-gateway 4.2.1\r\n\
    Date: Sat, 21 Nov 2026 08:15:00 GMT\r\n\
    Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE\r\n\
    Supported: replaces, timer, path, outbound\r\n\
    Session-Expires: 1800;refresher=uac\r\n\
    Min-SE: 90\r\n\
    X-Call-Id: 1001-1795308100944-7\r\n\
    X-Caller: 13800138000\r\n\
    X-BridgeGw: gw-02\r\n\
    P-Asserted-Identity: \"Zhang San\" <sip:13800138000@sandbox.invalid>\r\n\
    Privacy: none\r\n\
    Accept: application/sdp\r\n\
    Content-Type: application/sdp\r\n\
    Content-Length: ";

const CANDIDATE: &str =
    "a=candidate:2130706431 1 udp 2130706431 192.0.2.33 49170 typ host generation 0\r\n";

fn invite() -> String {
    let mut body = "v=0\r\no=- 3795308100 3795308100 IN IP4 192.0.2.33\r\ns=-\r\nc=IN IP4 192.0.2.33\r\nt=0 0\r\n\
        m=audio 49170 UDP/TLS/RTP/SAVPF 111 0 8 101\r\na=rtpmap:111 opus/48000/2\r\n"
        .to_owned();
    while HEAD.len() + body.len() < 2300 {
        body.push_str(CANDIDATE);
    }
    format!("{HEAD}{}\r\n\r\n{body}", body.len())
}

/// What `SoftPhoneSdk.parseMessage` asks.
fn summary(message: &Message<'_>) -> usize {
    let length = |text: Option<&str>| text.map_or(0, str::len);
    length(message.method())
        + message.call_id().len()
        + message.cseq().map_or(0, |cseq| cseq.number as usize)
        + length(message.from().map(|from| from.uri))
        + length(message.to().map(|to| to.uri))
        + message.count()
        + message.body().len()
}

fn read(c: &mut Criterion) {
    let text = invite();
    let mut group = c.benchmark_group("read INVITE");
    group.throughput(Throughput::Elements(1));
    group.bench_function("parse", |b| {
        b.iter(|| Message::parse(black_box(text.as_bytes())).map(|message| message.count()));
    });
    group.bench_function("parse and summarise", |b| {
        b.iter(|| Message::parse(black_box(text.as_bytes())).map(|message| summary(&message)));
    });
    group.bench_function("judge", |b| {
        b.iter(|| sip::judge(black_box(text.as_bytes())));
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
