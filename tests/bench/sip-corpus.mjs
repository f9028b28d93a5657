// The INVITE that both SIP parsers read: 2.3 KB, as a proxy hands it to a phone in a browser.

const CANDIDATES = Array.from({ length: 6 }, (_, at) => (
  `a=candidate:${1229918761 + at} 1 udp ${2122194687 - at} 192.0.2.${10 + at} ${50000 + at} typ host generation 0 network-id ${at + 1}`));

const BODY = [
  'v=0', 'o=- 1876232657907049816 2 IN IP4 192.0.2.10', 's=-', 't=0 0', 'a=group:BUNDLE 0',
  'm=audio 50000 UDP/TLS/RTP/SAVPF 111 0 8 126', 'c=IN IP4 192.0.2.10', ...CANDIDATES,
  'a=ice-ufrag:HAI9', 'a=ice-pwd:34r3NMfmTQ8n9p9oRMTe+MvQ',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, at) => (0xa1 ^ (at * 37) & 0xff).toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
  'a=setup:actpass', 'a=mid:0', 'a=sendrecv', 'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:126 telephone-event/8000', '',
].join('\r\n');

const FIELDS = [
  'Record-Route: <sip:proxy-1.example.com;transport=ws;lr;ftag=9fxced76sl;ovid=3a7b>',
  'Record-Route: <sip:proxy-2.example.com:5061;transport=tls;lr;ftag=9fxced76sl>',
  'Via: SIP/2.0/WSS proxy-1.example.com;branch=z9hG4bK8542.1f3c9a2b4d5e6f708192a3b4c5d6e7f8.0;rport',
  'Via: SIP/2.0/TLS proxy-2.example.com:5061;received=192.0.2.4;rport=43122;branch=z9hG4bK8542.aa01cd.1',
  'Via: SIP/2.0/WS df7jal23ls0d.invalid;received=192.0.2.10;rport=50122;branch=z9hG4bK56sdasks',
  'Max-Forwards: 68',
  'From: "Lin Jing, sales" <sip:1001@example.com>;tag=9fxced76sl',
  'To: <sip:13800138000@example.com;user=phone>',
  'Call-ID: 6ceca7e5-81b2-4146-89c2-e59a69a92f15@df7jal23ls0d.invalid',
  'CSeq: 7421 INVITE',
  'Contact: <sip:1001@example.com;gr=urn:uuid:1335b579-aedb-47e6-ad3b-dadaed72b710;ob>;+sip.ice',
  'Allow: ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER,UPDATE,PRACK',
  'Supported: timer, ice, replaces, outbound, gruu, 100rel',
  'Session-Expires: 1800;refresher=uac',
  'Min-SE: 90',
  'P-Asserted-Identity: "Lin Jing" <sip:1001@example.com>',
  'Privacy: none',
  'User-Agent: ExamplePhone/4.2 (browser)',
  'X-Call-Id: 0f3a6f4e-2f57-4f9c-9e4f-8a1f7c3b2d10',
  'X-caller: 02188886210',
  'Content-Type: application/sdp',
];

/** The message; `at` makes each another one, so that nobody remembers what was read. */
export const invite = (at) => [
  'INVITE sip:13800138000@phone.example.com;transport=ws SIP/2.0',
  ...FIELDS.map((field) => field.replace('7421', String(1000 + (at % 9000))).replace('6ceca7e5', (0x10000000 + at).toString(16))),
  `Content-Length: ${Buffer.byteLength(BODY)}`, '', BODY,
].join('\r\n');

/** How many fields its head has. */
export const FIELD_COUNT = FIELDS.length + 1;
