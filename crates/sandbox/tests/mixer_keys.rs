//! Keys that are pressed in a call (RFC 4733), both ways.

mod mixer_world;

use sandbox::mixer::Sound;

use mixer_world::phone::Codecs;
use mixer_world::{World, call, leg, on_phone};

#[tokio::test]
async fn keys_of_a_phone_are_told_once_each() {
    let mut world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.called_phone("b", Codecs::PCMA, 950).await;
    a.press("1122*#");
    world.tells_keys(&a, "1122*#").await;
    b.press("90AD");
    world.tells_keys(&b, "90AD").await;
}

#[tokio::test]
async fn keys_reach_a_phone_while_the_talk_goes_on() {
    let world = World::new();
    let a = world.calling_phone("a", 700).await;
    let b = world.called_phone("b", Codecs::PCMA, 950).await;
    let parties = [
        ("a", on_phone("a")),
        ("b", on_phone("b")),
        ("c", Sound::Tone(440)),
    ];
    let all = [("a", "b"), ("b", "a"), ("a", "c"), ("b", "c")];
    world.mixer.plan(vec![call("1", &parties, &all)]);
    a.hears(&[440, 950]).await;
    world.mixer.press(leg("a"), "12");
    world.mixer.press(leg("a"), "2 x#");
    world.mixer.press(leg("b"), "d");
    a.gets_keys("122#").await;
    b.gets_keys("D").await;
    a.hears(&[440, 950]).await;
    b.hears(&[440, 700]).await;
}

#[tokio::test]
async fn keys_wait_until_the_phone_can_be_reached() {
    let world = World::new();
    let offer = world.mixer.offer(leg("a")).await.expect("an offer is made");
    world.mixer.press(leg("a"), "7");
    let a = mixer_world::phone::Phone::new("a", Codecs::BOTH, 700).await;
    let answer = a.take_offer(&offer);
    world
        .mixer
        .take_answer(leg("a"), answer)
        .await
        .expect("the answer is taken");
    a.gets_keys("7").await;
}
