//! Digest authentication on the examples of RFC 7616 section 3.9.1 and RFC 2617 section 3.5, on values that another
//! implementation has computed, and our client against our server.

use sip::auth::{Algorithm, Authority, Check, Digest, Secret, choose};

const BODY: &[u8] = b"v=0\r\n";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// The value of a parameter as it is written, quotes included.
fn written<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let value = value.strip_prefix("Digest ").expect("the scheme");
    value
        .split(", ")
        .find_map(|one| one.strip_prefix(name)?.strip_prefix('='))
}

/// A client for one challenge.
fn client(challenge: &str) -> Digest {
    Digest::new(choose(&[challenge]).expect("a challenge that can be answered"))
}

/// What a client sends as user 1001 with the password `pass word`.
fn invite(digest: &mut Digest) -> String {
    let password = secret("pass word");
    digest.answer("1001", &password, "INVITE", "sip:1002@sip.test", BODY, "c1")
}

/// The passwords that servers know here.
fn passwords(user: &str) -> Option<Secret> {
    match user {
        "1001" => Some(secret("pass word")),
        _ => None,
    }
}

/// What a server says to the credentials of an INVITE with our body.
fn check(server: &mut Authority, value: &str) -> Check {
    server.check(value, "INVITE", BODY, &passwords)
}

fn granted() -> Check {
    Check::Granted {
        user: "1001".to_owned(),
    }
}

#[test]
fn example_of_rfc_7616_is_answered_with_the_stronger_hash() {
    let common = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", \
                  nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                  opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    let md5 = format!("Digest {common}, algorithm=MD5");
    let sha = format!("Digest {common}, algorithm=SHA-256");
    let (md5, sha) = (md5.as_str(), sha.as_str());
    let asked = [
        (vec![md5, sha], "SHA-256"),
        (vec![sha, md5], "SHA-256"),
        (vec![md5], "MD5"),
    ];
    for (values, algorithm) in asked {
        let mut digest = Digest::new(choose(&values).expect("a challenge"));
        let value = digest.answer(
            "Mufasa",
            &secret("Circle of Life"),
            "GET",
            "/dir/index.html",
            b"",
            "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        );
        let response = match algorithm {
            "MD5" => "\"8ca523f5e9506fed4657c9700eebdbec\"",
            _ => "\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"",
        };
        assert_eq!(written(&value, "response"), Some(response));
        assert_eq!(written(&value, "algorithm"), Some(algorithm));
        assert_eq!(
            written(&value, "opaque"),
            Some("\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
        );
        assert_eq!(written(&value, "qop"), Some("auth"));
        assert_eq!(written(&value, "nc"), Some("00000001"));
        assert_eq!(written(&value, "uri"), Some("\"/dir/index.html\""));
    }
}

#[test]
fn example_of_rfc_2617_is_answered() {
    let mut digest = client(
        "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
         nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
    );
    let password = secret("Circle Of Life");
    let uri = "/dir/index.html";
    let value = digest.answer("Mufasa", &password, "GET", uri, b"", "0a4f113b");
    assert_eq!(
        written(&value, "response"),
        Some("\"6629fae49393a05397450978507c4ef1\"")
    );
}

#[test]
fn every_hash_and_protection_is_computed_and_counts_its_requests() {
    let expected = [
        (
            "MD5",
            "auth",
            "a4d0925b63cb817a8badf171ee41fb10",
            "419de027d4edb4d893306087af15fab2",
        ),
        (
            "MD5",
            "auth-int",
            "735d8e7dcf14b357cf1949104342ae1e",
            "3d5ef23074b1052660791cd8779dd38d",
        ),
        (
            "MD5-sess",
            "auth",
            "58309a6aab1be4584c7bb34c39c3549e",
            "2fe143603498fd9f9d33513df029cc93",
        ),
        (
            "MD5-sess",
            "auth-int",
            "5d10caf48fc14f3814c99f312ff3f143",
            "0ab9bc04aa56bfd8276dd07eed273615",
        ),
        (
            "SHA-256",
            "auth",
            "5a08f674103f57bf9b790b8861f3f931b9a7064cb98a56713bba8842357e5dcb",
            "c65f593516ebdef532de5f3d253287645a3ae7c7ba90e899027254aa3073afdc",
        ),
        (
            "SHA-256",
            "auth-int",
            "33001a794ca85c104db634d54e4540c5f42a9fb054b7a7f46592a5c456913902",
            "e88490727398ce9584375a5b3c964958ca9faa7aef55a9b37ea56514cbc03280",
        ),
        (
            "SHA-256-sess",
            "auth",
            "2c42176f29808ce9c55d87bcc333e560daeb89ca875e82eee68b75d7f9dadf71",
            "a39a0aff33fa9fd3ef7809cae8154a0241326f1d47cd068ce865cc483a8314d7",
        ),
        (
            "SHA-256-sess",
            "auth-int",
            "f9f2717f49479799d28502a3d91dba767c054622479a73cd018fdc2c72fd1ee6",
            "a11f95dd9af2f61413172a35eacf0aba4cc1732ba41527cd4678046f7c85e046",
        ),
    ];
    for (algorithm, qop, first, second) in expected {
        let mut digest = client(&format!(
            "Digest realm=\"sip.test\", nonce=\"n1\", algorithm={algorithm}, qop=\"{qop}\""
        ));
        for (nc, response) in [("00000001", first), ("00000002", second)] {
            let value = invite(&mut digest);
            assert_eq!(
                written(&value, "response"),
                Some(format!("\"{response}\"").as_str()),
                "{algorithm} {qop} {nc}"
            );
            assert_eq!(written(&value, "nc"), Some(nc));
            assert_eq!(written(&value, "qop"), Some(qop));
        }
    }
}

#[test]
fn challenge_without_qop_is_answered_as_in_rfc_2069() {
    let mut digest = client("Digest realm=\"sip.test\", nonce=\"n1\"");
    let password = secret("pass word");
    let value = digest.answer("1001", &password, "REGISTER", "sip:sip.test", b"", "unused");
    assert_eq!(
        written(&value, "response"),
        Some("\"a631a425dac85bc96704c02f1ec04a0a\"")
    );
    for name in ["qop", "nc", "cnonce", "opaque"] {
        assert_eq!(written(&value, name), None, "{name}");
    }
}

#[test]
fn escaped_quotes_are_hashed_as_the_letters_they_stand_for_and_escaped_again() {
    let mut digest =
        client(r#"digest  Realm = "a \"b\" \\c" ,NONCE="n1",qop=AUTH,Algorithm="md5",stale=TRUE"#);
    assert_eq!(digest.challenge().realm, r#"a "b" \c"#);
    assert!(digest.challenge().stale);
    let password = secret("pass word");
    let value = digest.answer("10\"01", &password, "REGISTER", "sip:sip.test", b"", "c1");
    assert_eq!(
        written(&value, "response"),
        Some("\"6b25a9c7ee8c61e3b07e68fdbd1881a4\"")
    );
    assert_eq!(written(&value, "realm"), Some(r#""a \"b\" \\c""#));
    assert_eq!(written(&value, "username"), Some(r#""10\"01""#));
}

#[test]
fn challenge_that_was_cut_at_its_commas_or_joined_with_others_is_read() {
    let cut = [
        "Digest realm=\"a, b\"",
        "nonce=\"n1\"",
        "algorithm=SHA-256",
        "qop=\"auth\"",
    ];
    let challenge = choose(&cut).expect("a challenge");
    assert_eq!(challenge.realm, "a, b");
    assert_eq!(challenge.algorithm, Algorithm::Sha256);
    let joined = [
        "Negotiate, Basic realm=\"x\", Digest realm=\"y\", nonce=\"n2\", Digest realm=\"z\", nonce=\"n3\"",
    ];
    assert_eq!(choose(&joined).expect("a challenge").realm, "y");
}

#[test]
fn challenges_that_cannot_be_answered_are_passed_over() {
    let unknown = [
        "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256, qop=\"auth\"",
        "Digest realm=\"x\", nonce=\"n\", qop=\"token\"",
        "Digest realm=\"x\", qop=\"auth\"",
        "Basic realm=\"x\"",
        "NTLM abc==",
        "=,=\"",
        "\"",
        "",
    ];
    assert!(choose(&unknown).is_none());
    let mut some = unknown.to_vec();
    some.push("Digest realm=\"y\", nonce=\"n\"");
    assert_eq!(choose(&some).expect("the last").realm, "y");
}

#[test]
fn name_with_line_ends_adds_no_header() {
    let mut digest = client("Digest realm=\"sip.test\", nonce=\"n1\"");
    let value = digest.answer(
        "1001\r\nX-Evil: 1",
        &secret("pass word"),
        "INVITE",
        "sip:1002@sip.test",
        b"",
        "c1",
    );
    assert!(!value.contains(['\r', '\n']), "{value}");
}

#[test]
fn password_never_shows() {
    assert_eq!(format!("{:?}", secret("pass word")), "***");
}

#[test]
fn server_grants_what_the_client_answers_for_every_hash_and_protection() {
    for algorithm in [
        Algorithm::Md5,
        Algorithm::Md5Sess,
        Algorithm::Sha256,
        Algorithm::Sha256Sess,
    ] {
        for int in [false, true] {
            let mut server = Authority::new("our \"realm\"", &[algorithm]);
            let values = server.challenge("n1", false);
            let mut challenge =
                choose(&[values.first().expect("one value").as_str()]).expect("a challenge");
            assert_eq!(challenge.algorithm, algorithm);
            assert!(!challenge.stale);
            challenge.qop_auth = !int;
            let mut digest = Digest::new(challenge);
            for _ in 0..3 {
                assert_eq!(check(&mut server, &invite(&mut digest)), granted());
            }
        }
    }
}

#[test]
fn server_offers_its_algorithms_in_the_order_of_its_preference() {
    for taken in [0, 1] {
        let mut server = Authority::new("sip.test", &[Algorithm::Md5, Algorithm::Sha256]);
        let values = server.challenge("n1", true);
        let names: Vec<_> = values.iter().map(|one| written(one, "algorithm")).collect();
        assert_eq!(names, [Some("MD5"), Some("SHA-256")]);
        let value = &values[taken];
        assert_eq!(written(value, "stale"), Some("true"));
        assert_eq!(check(&mut server, &invite(&mut client(value))), granted());
    }
}

#[test]
fn answer_sent_again_is_stale() {
    let mut server = Authority::new("sip.test", &[Algorithm::Md5]);
    let values = server.challenge("n1", false);
    let mut digest = client(&values[0]);
    let (first, second) = (invite(&mut digest), invite(&mut digest));
    assert_eq!(check(&mut server, &second), granted());
    assert_eq!(check(&mut server, &second), Check::Stale);
    assert_eq!(check(&mut server, &first), Check::Stale);
    assert_eq!(check(&mut server, &invite(&mut digest)), granted());
}

#[test]
fn answer_to_a_forgotten_nonce_is_stale_only_with_the_right_password() {
    let mut server = Authority::new("sip.test", &[Algorithm::Md5, Algorithm::Md5Sess]);
    for algorithm in ["MD5", "MD5-sess"] {
        let asked = format!(
            "Digest realm=\"sip.test\", nonce=\"gone\", qop=\"auth\", algorithm={algorithm}"
        );
        assert_eq!(
            check(&mut server, &invite(&mut client(&asked))),
            Check::Stale
        );
        let wrong = client(&asked).answer(
            "1001",
            &secret("wrong"),
            "INVITE",
            "sip:1002@sip.test",
            BODY,
            "c1",
        );
        assert_eq!(check(&mut server, &wrong), Check::Denied);
    }
}

#[test]
fn oldest_nonce_is_forgotten_first() {
    let mut server = Authority::new("sip.test", &[Algorithm::Md5]);
    let mut digests = Vec::new();
    for number in 0..1025 {
        let values = server.challenge(&format!("n{number}"), false);
        digests.push(client(&values[0]));
    }
    assert_eq!(check(&mut server, &invite(&mut digests[0])), Check::Stale);
    assert_eq!(check(&mut server, &invite(&mut digests[1])), granted());
    assert_eq!(check(&mut server, &invite(&mut digests[1024])), granted());
}

#[test]
fn answer_without_qop_is_good_once() {
    let mut server = Authority::new("sip.test", &[Algorithm::Md5]);
    let _ = server.challenge("n1", false);
    let value = invite(&mut client("Digest realm=\"sip.test\", nonce=\"n1\""));
    assert_eq!(check(&mut server, &value), granted());
    assert_eq!(check(&mut server, &value), Check::Stale);
}

#[test]
fn changed_requests_and_strange_credentials_are_denied() {
    let fresh = || {
        let mut server = Authority::new("sip.test", &[Algorithm::Md5]);
        let values = server.challenge("n1", false);
        (server, values)
    };
    let (mut server, values) = fresh();
    let value = invite(&mut client(&values[0]));
    for (from, to) in [
        ("username=\"1001\"", "username=\"1002\""),
        ("realm=\"sip.test\"", "realm=\"other\""),
        ("sip:1002@", "sip:1003@"),
        ("nonce=\"n1\"", "nonce=\"n2\""),
        ("nc=00000001", "nc=00000002"),
        ("nc=00000001", "nc=1"),
        ("nc=00000001", "nc=zzzzzzzz"),
        ("cnonce=\"c1\"", "cnonce=\"c2\""),
        ("qop=auth", "qop=auth-int"),
        ("qop=auth", "qop=other"),
        ("algorithm=MD5", "algorithm=SHA-256"),
        ("algorithm=MD5", "algorithm=none"),
        (", response=", ", respons="),
        (", cnonce=", ", cnonc="),
        (", uri=", ", ur="),
        ("Digest ", "Basic "),
    ] {
        assert!(value.contains(from), "{value}");
        let changed = value.replacen(from, to, 1);
        assert_eq!(check(&mut server, &changed), Check::Denied, "{changed}");
    }
    let foreign = server.check(&value, "BYE", BODY, &passwords);
    assert_eq!(foreign, Check::Denied);
    assert_eq!(check(&mut server, ""), Check::Denied);
    assert_eq!(check(&mut server, "Digest"), Check::Denied);
    // None of them used the count up.
    assert_eq!(check(&mut server, &value), granted());

    let (mut server, _) = fresh();
    let guarded = client("Digest realm=\"sip.test\", nonce=\"n1\", qop=\"auth-int\"").answer(
        "1001",
        &secret("pass word"),
        "INVITE",
        "sip:1002@sip.test",
        BODY,
        "c1",
    );
    let other_body = server.check(&guarded, "INVITE", b"v=1\r\n", &passwords);
    assert_eq!(other_body, Check::Denied);
    assert_eq!(check(&mut server, &guarded), granted());
}
