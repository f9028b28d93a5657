//! Who hears whom, in every situation.

mod world;

use serde_json::json;
use world::moment::Moment;
use world::scene::{A, B, C, S, Scene, WATCHES, consult, transfer};

/// The person whom an agent asks or passes a call to.
const D: &str = "13800138001";

#[test]
fn in_a_conversation_each_hears_the_other() {
    for mut scene in [Scene::talking(&[]), Scene::calling(&[])] {
        scene.hearing(&[(A, &[C]), (C, &[A])]);
    }
    Scene::colleagues().hearing(&[(A, &[B]), (B, &[A])]);
}

#[test]
fn on_hold_nobody_hears_anybody() {
    let mut scene = Moment::Held.scene();
    scene.hearing(&[(A, &[]), (C, &[])]);
    scene.act(A, "unHold", json!({}), &["UnHold*"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn a_muted_agent_hears_but_is_not_heard() {
    let mut scene = Moment::Muted.scene();
    scene.hearing(&[(A, &[C]), (C, &[])]);
    scene.act(A, "unmute", json!({}), &["Unmute*"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn in_a_consultation_the_customer_is_left_out() {
    let mut scene = Moment::InConsult.scene();
    scene.on_hold(&[C]);
    scene.hearing(&[(A, &[B]), (B, &[A]), (C, &[])]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.hearing(&[(A, &[B]), (B, &[]), (C, &[])]);
    scene.act(A, "unmute", json!({}), &["Unmute*"]);
    scene.act(B, "mute", json!({}), &["Mute*"]);
    scene.hearing(&[(A, &[]), (B, &[A]), (C, &[])]);
    scene.act(B, "unmute", json!({}), &["Unmute*"]);
    scene.act(A, "consultCancel", json!({}), &["ConsultCancel*"]);
    scene.hearing(&[(A, &[C]), (C, &[A])]);
}

#[test]
fn while_a_target_rings_nobody_hears_anybody() {
    for moment in [Moment::Transferring, Moment::Consulting] {
        let mut scene = moment.scene();
        scene.on_hold(&[C]);
        scene.hearing(&[(A, &[]), (B, &[]), (C, &[])]);
    }
}

#[test]
fn in_a_conference_all_hear_all() {
    let mut scene = Moment::Conference.scene();
    scene.on_hold(&[]);
    scene.hearing(&[(A, &[B, C]), (B, &[A, C]), (C, &[A, B])]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.hearing(&[(A, &[B, C]), (B, &[C]), (C, &[B])]);
    scene.act(A, "unmute", json!({}), &["Unmute*"]);
    scene.act(B, "mute", json!({}), &["Mute*"]);
    scene.hearing(&[(A, &[C]), (B, &[A, C]), (C, &[A])]);
}

#[test]
fn who_listens_is_heard_by_nobody() {
    let mut scene = Moment::Listening.scene();
    scene.hearing(&[(A, &[C]), (C, &[A]), (S, &[A, C])]);
}

#[test]
fn who_whispers_is_heard_by_the_agent_alone() {
    let mut scene = Moment::Whispering.scene();
    scene.hearing(&[(A, &[C, S]), (C, &[A]), (S, &[A, C])]);
}

#[test]
fn who_barges_in_is_heard_by_both() {
    let mut scene = Moment::Inserting.scene();
    scene.hearing(&[(A, &[C, S]), (C, &[A, S]), (S, &[A, C])]);
}

#[test]
fn going_from_one_to_another_changes_who_hears_the_supervisor() {
    let mut scene = Scene::talking(&[S]);
    scene.watch(WATCHES[0]);
    scene.hearing(&[(A, &[C]), (C, &[A]), (S, &[A, C])]);
    scene.watch(WATCHES[2]);
    scene.hearing(&[(A, &[C, S]), (C, &[A, S]), (S, &[A, C])]);
    scene.watch(WATCHES[1]);
    scene.hearing(&[(A, &[C, S]), (C, &[A]), (S, &[A, C])]);
    scene.watch(WATCHES[0]);
    scene.hearing(&[(A, &[C]), (C, &[A]), (S, &[A, C])]);
}

#[test]
fn a_muted_agent_who_is_watched_is_heard_by_nobody() {
    let mut scene = Scene::talking(&[S]);
    scene.act(A, "mute", json!({}), &["Mute*"]);
    scene.watch(WATCHES[2]);
    scene.hearing(&[(A, &[C, S]), (C, &[S]), (S, &[C])]);
}

#[test]
fn whoever_takes_over_talks_to_the_customer() {
    let mut scene = Scene::talking(&[S]);
    scene.open_intercept();
    scene.hearing(&[(S, &[C]), (C, &[S])]);

    for mode in [0, 1] {
        let mut scene = Scene::talking(&[B]);
        scene.send(A, "transferCall", transfer(1, B, mode));
        scene.until(B, "Conversation");
        scene.hearing(&[(B, &[C]), (C, &[B])]);
    }

    let mut scene = Moment::InConsult.scene();
    scene.act(
        A,
        "consultTransfer",
        json!({}),
        &["ConsultTransfer*", "After"],
    );
    scene.hearing(&[(B, &[C]), (C, &[B])]);

    let mut scene = Scene::talking(&[]);
    scene.send(A, "consultCall", consult(2, D));
    scene.until(A, "Conversation");
    scene.act(
        A,
        "consultTransfer",
        json!({}),
        &["ConsultTransfer*", "After"],
    );
    scene.hearing(&[(C, &[D]), (D, &[C])]);
}

#[test]
fn until_the_answer_nobody_hears_anybody() {
    let mut scene = Moment::Ringing.scene();
    scene.hearing(&[(A, &[]), (C, &[])]);
    let mut scene = Moment::Dialling.scene();
    scene.hearing(&[(A, &[]), ("00020050", &[])]);
}

#[test]
fn after_the_end_nobody_is_left() {
    for moment in Moment::ALL {
        let mut scene = moment.scene();
        scene.hang_up();
        scene.hearing(&[]);
    }
}
