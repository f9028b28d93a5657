//! Who hears whom, with real phones: the tones that arrive, and what the mixer measures.

mod mixer_world;

use sandbox::mixer::{News, Sound};
use str0m::media::Direction;

use mixer_world::phone::Codecs;
use mixer_world::{World, call, leg, on_phone};

#[tokio::test]
async fn two_phones_of_different_codecs_and_a_person_hear_each_other() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.called_phone("b", Codecs::PCMA, 950).await;
    let parties = [
        ("a", on_phone("a")),
        ("b", on_phone("b")),
        ("c", Sound::Tone(440)),
    ];
    let all = [
        ("a", "b"),
        ("a", "c"),
        ("b", "a"),
        ("b", "c"),
        ("c", "a"),
        ("c", "b"),
    ];
    world.mixer.plan(vec![call("1", &parties, &all)]);

    a.hears(&[440, 950]).await;
    b.hears(&[440, 700]).await;
    world.measures("1", &all).await;
}

#[tokio::test]
async fn each_scene_of_a_call_sounds_as_planned() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.calling_phone("b", 950).await;
    let s = world.called_phone("s", Codecs::BOTH, 1_150).await;
    let parties = [
        ("a", on_phone("a")),
        ("b", on_phone("b")),
        ("s", on_phone("s")),
        ("c", Sound::Tone(440)),
    ];
    // What they hear: scene, pairs of ear and mouth, then what A, B and S hear.
    type Scene = (
        &'static str,
        &'static [(&'static str, &'static str)],
        [&'static [u32]; 3],
    );
    let scenes: [Scene; 9] = [
        (
            "conversation",
            &[("a", "c"), ("c", "a")],
            [&[440], &[], &[]],
        ),
        ("hold", &[], [&[], &[], &[]]),
        ("mute", &[("a", "c")], [&[440], &[], &[]]),
        ("consult", &[("a", "b"), ("b", "a")], [&[950], &[700], &[]]),
        (
            "three-party",
            &[
                ("a", "b"),
                ("a", "c"),
                ("b", "a"),
                ("b", "c"),
                ("c", "a"),
                ("c", "b"),
            ],
            [&[440, 950], &[440, 700], &[]],
        ),
        (
            "listen",
            &[("a", "c"), ("c", "a"), ("s", "a"), ("s", "c")],
            [&[440], &[], &[440, 700]],
        ),
        (
            "whisper",
            &[("a", "c"), ("a", "s"), ("c", "a"), ("s", "a"), ("s", "c")],
            [&[440, 1_150], &[], &[440, 700]],
        ),
        (
            "barge-in",
            &[
                ("a", "c"),
                ("a", "s"),
                ("c", "a"),
                ("c", "s"),
                ("s", "a"),
                ("s", "c"),
            ],
            [&[440, 1_150], &[], &[440, 700]],
        ),
        ("intercept", &[("s", "c"), ("c", "s")], [&[], &[], &[440]]),
    ];
    for (scene, pairs, [of_a, of_b, of_s]) in scenes {
        println!("{scene}");
        world.mixer.plan(vec![call("1", &parties, pairs)]);
        world.measures("1", pairs).await;
        a.hears(of_a).await;
        b.hears(of_b).await;
        s.hears(of_s).await;
    }
}

#[tokio::test]
async fn two_calls_at_once_do_not_hear_each_other() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.calling_phone("b", 950).await;
    world.mixer.plan(vec![
        call(
            "1",
            &[("a", on_phone("a")), ("c", Sound::Tone(440))],
            &[("a", "c"), ("c", "a")],
        ),
        call(
            "2",
            &[("b", on_phone("b")), ("d", Sound::Tone(1_430))],
            &[("b", "d"), ("d", "b")],
        ),
    ]);
    a.hears(&[440]).await;
    b.hears(&[1_430]).await;
    world.measures("1", &[("a", "c"), ("c", "a")]).await;
    world.measures("2", &[("b", "d"), ("d", "b")]).await;

    // The first call ends, and nothing is left of it.
    world.mixer.plan(vec![call(
        "2",
        &[("b", on_phone("b")), ("d", Sound::Tone(1_430))],
        &[("b", "d"), ("d", "b")],
    )]);
    a.hears(&[]).await;
    b.hears(&[1_430]).await;
    world.measures("1", &[]).await;
}

#[tokio::test]
async fn an_echo_repeats_what_the_phone_says() {
    for seconds in [0, 1] {
        let world = World::new();
        let a = world.calling_phone("a", 700).await;
        let parties = [("a", on_phone("a")), ("c", Sound::Echo(seconds))];
        let both = [("a", "c"), ("c", "a")];
        world.mixer.plan(vec![call("1", &parties, &both)]);
        a.hears(&[700]).await;
        a.sing(950);
        a.hears(&[950]).await;
        world.measures("1", &both).await;
    }
}

#[tokio::test]
async fn parties_without_audio_are_left_to_the_books() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let parties = [
        ("a", on_phone("a")),
        ("desk", Sound::None),
        ("late", on_phone("late")),
        ("c", Sound::Tone(440)),
    ];
    let pairs = [
        ("a", "desk"),
        ("desk", "a"),
        ("a", "late"),
        ("late", "a"),
        ("a", "c"),
        ("c", "a"),
    ];
    world.mixer.plan(vec![call("1", &parties, &pairs)]);
    a.hears(&[440]).await;
    // Nobody hears a phone that has not come yet, and it hears nobody.
    world.measures("1", &[("a", "c"), ("c", "a")]).await;
    let audio = world.mixer.heard().await.audio;
    let expected = ["a", "late", "c"].map(|who| ("1".to_owned(), who.to_owned()));
    assert_eq!(audio, expected);

    let late = world.calling_phone("late", 950).await;
    late.hears(&[700]).await;
    a.hears(&[440, 950]).await;
    world
        .measures("1", &[("a", "c"), ("c", "a"), ("a", "late"), ("late", "a")])
        .await;
}

#[tokio::test]
async fn a_leg_that_is_removed_is_silent_and_told_so() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.calling_phone("b", 950).await;
    let parties = [("a", on_phone("a")), ("b", on_phone("b"))];
    let both = [("a", "b"), ("b", "a")];
    world.mixer.plan(vec![call("1", &parties, &both)]);
    a.hears(&[950]).await;
    b.hears(&[700]).await;

    world.mixer.remove(leg("b"));
    b.is_closed().await;
    a.hears(&[]).await;
    world.measures("1", &[]).await;
}

#[tokio::test]
async fn a_phone_that_connects_and_goes_is_told_of() {
    let mut world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.calling_phone("b", 950).await;
    world.tells(News::Connected { leg: leg("a") }).await;
    let parties = [("a", on_phone("a")), ("b", on_phone("b"))];
    world
        .mixer
        .plan(vec![call("1", &parties, &[("a", "b"), ("b", "a")])]);
    a.hears(&[950]).await;

    b.close();
    world.tells(News::Gone { leg: leg("b") }).await;
    a.hears(&[]).await;
}

#[tokio::test]
async fn rubbish_from_the_network_harms_nobody() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let parties = [("a", on_phone("a")), ("c", Sound::Tone(440))];
    world
        .mixer
        .plan(vec![call("1", &parties, &[("a", "c"), ("c", "a")])]);
    a.hears(&[440]).await;

    let socket = std::net::UdpSocket::bind("127.0.0.1:0").expect("a free port");
    // Of every first octet, so that each protocol has its share, and of several lengths.
    for first in 0..=u8::MAX {
        for length in [0, 1, 12, 20, 200, 1_500, 4_000] {
            let datagram: Vec<u8> = (0..length)
                .map(|place| first.wrapping_add(place as u8))
                .collect();
            socket
                .send_to(&datagram, world.mixer.address())
                .expect("loopback takes it");
        }
    }
    a.hears(&[440]).await;
    world.offers_again(&a, Direction::RecvOnly, false).await;
    world.measures("1", &[("a", "c")]).await;
}
