//! Session descriptions: hold, refusals, offers that cross, other ways for ICE.

mod mixer_world;

use sandbox::mixer::{MediaError, Mixer, Sound};
use str0m::media::Direction;

use mixer_world::phone::{Codecs, Phone};
use mixer_world::{World, call, leg, on_phone};

/// Phones A (700 Hz) and B (950 Hz), who talk.
async fn talk() -> (World, Phone, Phone) {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.called_phone("b", Codecs::BOTH, 950).await;
    let parties = [("a", on_phone("a")), ("b", on_phone("b"))];
    world
        .mixer
        .plan(vec![call("1", &parties, &[("a", "b"), ("b", "a")])]);
    a.hears(&[950]).await;
    b.hears(&[700]).await;
    (world, a, b)
}

/// The version in the line `o=`.
fn version(sdp: &str) -> u64 {
    let origin = sdp
        .lines()
        .find(|line| line.starts_with("o="))
        .expect("there is an origin");
    let version = origin.split(' ').nth(2).expect("it has a version");
    version.parse().expect("the version is a number")
}

#[tokio::test]
async fn hold_stops_the_audio_both_ways_or_one_and_resume_brings_it_back() {
    let (world, a, b) = talk().await;
    type Step = (Direction, &'static str, &'static [u32], &'static [u32]);
    let steps: [Step; 5] = [
        // What A offers, what is answered, what A hears, what B hears.
        (Direction::SendOnly, "a=recvonly", &[], &[700]),
        (Direction::Inactive, "a=inactive", &[], &[]),
        (Direction::SendRecv, "a=sendrecv", &[950], &[700]),
        (Direction::RecvOnly, "a=sendonly", &[950], &[]),
        (Direction::SendRecv, "a=sendrecv", &[950], &[700]),
    ];
    for (newest, (offered, answered, of_a, of_b)) in (2..).zip(steps) {
        let answer = world.offers_again(&a, offered, false).await;
        assert!(answer.lines().any(|line| line == answered), "{answer}");
        assert_eq!(version(&answer), newest);
        a.hears(of_a).await;
        b.hears(of_b).await;
        let mut pairs = Vec::new();
        pairs.extend((!of_a.is_empty()).then_some(("a", "b")));
        pairs.extend((!of_b.is_empty()).then_some(("b", "a")));
        world.measures("1", &pairs).await;
    }
}

#[tokio::test]
async fn a_phone_on_hold_stays_so_while_an_offer_to_it_waits() {
    let (world, a, b) = talk().await;
    world.offers_again(&a, Direction::SendOnly, false).await;
    a.hears(&[]).await;
    let offer = world.mixer.offer(leg("a")).await.expect("an offer is made");
    assert!(offer.lines().any(|line| line == "a=sendrecv"), "{offer}");
    // It is never answered. Many frames later:
    a.hears(&[]).await;
    b.hears(&[700]).await;
    // The next one is answered both ways.
    let offer = world
        .mixer
        .offer(leg("a"))
        .await
        .expect("another offer is made");
    let answer = a.take_offer(&offer);
    world
        .mixer
        .take_answer(leg("a"), answer)
        .await
        .expect("the answer is taken");
    a.hears(&[950]).await;
    b.hears(&[700]).await;
}

#[tokio::test]
async fn an_offer_again_leaves_the_talk_as_it_is() {
    let (world, a, b) = talk().await;
    for round in 0..3 {
        let offer = world.mixer.offer(leg("a")).await.expect("an offer is made");
        assert_eq!(version(&offer), 2 + round);
        let answer = a.take_offer(&offer);
        world
            .mixer
            .take_answer(leg("a"), answer)
            .await
            .expect("the answer is taken");
        a.hears(&[950]).await;
        b.hears(&[700]).await;
    }
}

#[tokio::test]
async fn offers_and_answers_without_a_codec_of_ours_are_refused() {
    let (world, a, _b) = talk().await;
    let stranger = Phone::new("stranger", Codecs::OPUS, 1_150).await;
    let offer = stranger.offer(Direction::SendRecv, false);
    for name in ["stranger", "a"] {
        let refused = world.mixer.take_offer(leg(name), offer.clone()).await;
        assert_eq!(refused, Err(MediaError::NoCodec), "{name}");
    }
    assert_eq!(MediaError::NoCodec.status(), 488);
    // The talk goes on.
    a.hears(&[950]).await;

    let stranger = Phone::new("other", Codecs::OPUS, 1_150).await;
    let offer = world
        .mixer
        .offer(leg("other"))
        .await
        .expect("an offer is made");
    let answer = stranger.take_offer(&offer);
    let refused = world.mixer.take_answer(leg("other"), answer).await;
    assert_eq!(refused, Err(MediaError::NoCodec));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_harms_nobody() {
    let (world, a, b) = talk().await;
    let good = Phone::new("good", Codecs::BOTH, 1_150).await;
    let offer = good.offer(Direction::SendRecv, false);
    let without = |start: &str| -> String {
        offer
            .split_inclusive('\n')
            .filter(|line| !line.starts_with(start))
            .collect()
    };
    for sdp in [
        "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".to_owned(),
        without("a=ice-ufrag"),
        without("a=fingerprint"),
        without("a=mid"),
        without("v="),
    ] {
        let refused = world.mixer.take_offer(leg("bad"), sdp.clone()).await;
        let Err(why @ MediaError::Unreadable(_)) = refused else {
            panic!("{refused:?} for {sdp}");
        };
        assert_eq!(why.status(), 400);
    }
    for sdp in ["", "v=0\r\n", "hello"] {
        let refused = world.mixer.take_offer(leg("bad"), sdp.to_owned()).await;
        assert_eq!(refused, Err(MediaError::NoCodec), "{sdp}");
    }
    a.hears(&[950]).await;
    b.hears(&[700]).await;
}

#[tokio::test]
async fn when_offers_cross_the_phone_s_is_taken_and_the_answer_to_ours_is_not() {
    let (world, a, b) = talk().await;
    world.mixer.offer(leg("a")).await.expect("an offer is made");
    let answer = world.offers_again(&a, Direction::RecvOnly, false).await;
    a.hears(&[950]).await;
    b.hears(&[]).await;

    let late = world.mixer.take_answer(leg("a"), answer.clone()).await;
    assert_eq!(late, Err(MediaError::Pending));
    assert_eq!(MediaError::Pending.status(), 491);
    // Nor is one that nobody asked for.
    let unasked = world.mixer.take_answer(leg("nobody"), answer).await;
    assert_eq!(unasked, Err(MediaError::Pending));
    a.hears(&[950]).await;
}

#[tokio::test]
async fn while_the_first_offer_of_a_leg_waits_there_is_no_other() {
    let world = World::new();
    let phone = Phone::new("a", Codecs::BOTH, 700).await;
    let offer = world.mixer.offer(leg("a")).await.expect("an offer is made");
    assert_eq!(world.mixer.offer(leg("a")).await, Err(MediaError::Pending));
    let other = Phone::new("b", Codecs::BOTH, 950).await;
    let crossing = other.offer(Direction::SendRecv, false);
    assert_eq!(
        world.mixer.take_offer(leg("a"), crossing).await,
        Err(MediaError::Pending)
    );
    // The first one still stands.
    let answer = phone.take_offer(&offer);
    world
        .mixer
        .take_answer(leg("a"), answer)
        .await
        .expect("the answer is taken");
    let parties = [("a", on_phone("a")), ("c", Sound::Tone(440))];
    world.mixer.plan(vec![call("1", &parties, &[("a", "c")])]);
    phone.hears(&[440]).await;
}

#[tokio::test]
async fn an_ice_restart_of_the_phone_finds_the_mixer_that_has_moved() {
    let (world, a, b) = talk().await;
    let old = world.mixer.address();
    let new = world.mixer.relocate().await.expect("another port is free");
    assert_ne!(new, old);
    assert_eq!(world.mixer.address(), new);
    // The old way is dead, and no other is found without being told.
    a.hears(&[]).await;
    b.hears(&[]).await;
    world.measures("1", &[]).await;

    let answer = world.offers_again(&a, Direction::SendRecv, true).await;
    assert_names_only(&answer, &world.mixer);
    let answer = world.offers_again(&b, Direction::SendRecv, true).await;
    assert_names_only(&answer, &world.mixer);
    a.hears(&[950]).await;
    b.hears(&[700]).await;
    world.measures("1", &[("a", "b"), ("b", "a")]).await;

    // And once more.
    world.mixer.relocate().await.expect("another port is free");
    a.hears(&[]).await;
    world.offers_again(&a, Direction::SendRecv, true).await;
    world.offers_again(&b, Direction::SendRecv, true).await;
    a.hears(&[950]).await;
    b.hears(&[700]).await;
}

#[tokio::test]
async fn an_offer_of_the_mixer_that_has_moved_restarts_ice() {
    let (world, a, b) = talk().await;
    world.mixer.relocate().await.expect("another port is free");
    a.hears(&[]).await;
    for phone in [&a, &b] {
        let offer = world
            .mixer
            .offer(leg(phone.name()))
            .await
            .expect("an offer is made");
        assert_names_only(&offer, &world.mixer);
        let answer = phone.take_offer(&offer);
        world
            .mixer
            .take_answer(leg(phone.name()), answer)
            .await
            .expect("the answer is taken");
    }
    a.hears(&[950]).await;
    b.hears(&[700]).await;
}

#[tokio::test]
async fn an_ice_restart_without_need_harms_nobody() {
    let (world, a, b) = talk().await;
    world.offers_again(&a, Direction::SendRecv, true).await;
    a.hears(&[950]).await;
    b.hears(&[700]).await;
}

#[tokio::test]
async fn a_phone_whose_candidates_come_late_or_never_is_found() {
    let world = World::new();
    for name in ["late", "never"] {
        let phone = Phone::new(name, Codecs::BOTH, 700).await;
        let offer = phone.offer(Direction::SendRecv, false);
        let (candidates, rest): (Vec<&str>, Vec<&str>) = offer
            .split_inclusive('\n')
            .partition(|line| line.starts_with("a=candidate:"));
        assert!(!candidates.is_empty());
        let answer = world
            .mixer
            .take_offer(leg(name), rest.concat())
            .await
            .expect("the offer is taken");
        let mut late = vec![
            "candidate:1 1 udp 2113937151 0d3f4b3e-6a2f-4b6e-8f6d-3c1d2e4f5a6b.local 50000 typ host"
                .to_owned(),
            "candidate:".to_owned(),
            String::new(),
        ];
        if name == "late" {
            late.extend(candidates.iter().map(|line| line.trim().to_owned()));
        }
        world.mixer.add_candidates(leg(name), late);
        phone.take_answer(&answer);
        let parties = [(name, on_phone(name)), ("c", Sound::Tone(440))];
        world.mixer.plan(vec![call(name, &parties, &[(name, "c")])]);
        phone.hears(&[440]).await;
    }
}

#[test]
fn a_mixer_needs_an_address_that_phones_can_send_to() {
    let address = std::net::SocketAddr::from(([0, 0, 0, 0], 0));
    let why = Mixer::start(address).expect_err("no phone can send there");
    assert_eq!(why.kind(), std::io::ErrorKind::InvalidInput);
    assert!(why.to_string().contains("name one address"), "{why}");
}

/// Every candidate is the mixer's present address.
fn assert_names_only(sdp: &str, mixer: &Mixer) {
    let address = mixer.address();
    let wanted = format!(" {} {} typ host", address.ip(), address.port());
    let candidates: Vec<&str> = sdp
        .lines()
        .filter(|line| line.starts_with("a=candidate:"))
        .collect();
    assert!(!candidates.is_empty(), "{sdp}");
    for candidate in candidates {
        assert!(candidate.contains(&wanted), "{candidate}, not {wanted}");
    }
}
