//! The lines of calls in full, what messages and the state chip say beyond the scene, and what stands at the bar's end in a
//! call centre at work: all of it in the part that is loaded when the agent has signed in. What a line cannot do without is in
//! [`super::plain`], too.

use super::board::{Board, Lines};
use super::chip::{self, Face};
use super::dom::El;
use super::scene::Scene;
use super::{call, conference, consult, incoming, message, own, queue, wall, watching, wrapup};
use crate::client::Client;
use agent::Fault;
use agent::session::Received;
use std::rc::Rc;

/// Outlives a scene.
struct Full {
    board: Board,
    client: Rc<Client>,
    mask: bool,
    /// What the page knows of the other party.
    known: call::Known,
    /// The call that a supervisor is about to take over.
    wish: watching::Wish,
    /// The note that is being written.
    draft: wrapup::Draft,
}

/// Has a board's lines drawn in full from now on.
pub fn begin(board: &Board, client: &Rc<Client>, mask: bool) {
    let full = Full {
        board: board.clone(),
        client: client.clone(),
        mask,
        known: call::Known::new(board, client),
        wish: watching::Wish::default(),
        draft: wrapup::Draft::default(),
    };
    watching::carry_out(board, client, &full.wish);
    watching::tell_joined(board);
    wrapup::hand_over_late(board, client, &full.draft);
    board.set_lines(Rc::new(full));
    own::check(board, client);
    chip::full::close_when_told(board);
}

impl Lines for Full {
    fn line(&self, scene: Scene) -> Option<Vec<El>> {
        let Full {
            board,
            client,
            mask,
            known,
            wish,
            draft,
        } = self;
        let mask = *mask;
        Some(match scene {
            Scene::Incoming => incoming::incoming(board, client, known, mask),
            Scene::SettingUp | Scene::InCall | Scene::Transferring => {
                call::call(board, client, known, scene, mask)
            }
            Scene::Watching => watching::watching(board, client, wish, mask),
            Scene::Consulting => consult::line(board, client, mask),
            Scene::Conference => conference::line(board, client, mask),
            Scene::WrapUp => wrapup::wrap_up(board, client, draft, mask),
            _ => return None,
        })
    }

    fn message(&self, scene: Scene) -> Option<Vec<El>> {
        message::of_scene(&self.board, &self.client, scene)
    }

    fn fault(&self, scene: Scene, fault: Fault) -> Vec<El> {
        message::of_fault(&self.board, &self.client, scene, fault)
    }

    fn sentence(&self, fault: &Fault) -> String {
        own::sentence(&self.board, fault)
    }

    fn state(&self, scene: Scene) -> Option<Face> {
        chip::full::state(&self.board, scene)
    }

    fn chip_name(&self) -> String {
        chip::full::name(&self.board)
    }

    fn chip(&self) -> Vec<El> {
        chip::full::extras(&self.board)
    }

    fn utilities(&self) -> Vec<El> {
        let (board, client) = (&self.board, &self.client);
        vec![queue::queue(board, client), wall::wall(board, client)]
    }

    fn toast(&self) -> El {
        message::toast(&self.board, &self.client)
    }

    fn heard(&self, received: &Received) {
        self.board.found().hear(received);
    }

    fn settled(&self, client: &Client, sequence: i64, result: &Result<(), Fault>) {
        self.board.found().settled(client, sequence, result);
    }
}
