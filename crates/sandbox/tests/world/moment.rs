//! Everywhere that an agent may be in a call.

use sandbox::center::PhoneHabit;
use serde_json::json;

use super::scene::{A, B, C, S, Scene, WATCHES, consult, transfer};

/// A moment of a call, for one of those who take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// C calls A, whose phone rings.
    Ringing,
    /// A calls C, whose phone rings.
    Dialling,
    /// A talks to C.
    Talking,
    /// C is on hold.
    Held,
    /// A is muted.
    Muted,
    /// The target of A's attended transfer rings.
    Transferring,
    /// The target of A's consultation rings.
    Consulting,
    /// B's phone rings for a consultation.
    ConsultRinging,
    /// A consults B.
    InConsult,
    /// B is consulted.
    Consulted,
    /// A, who has called B in, talks to B and C.
    Conference,
    /// B, who was called in.
    ConferenceGuest,
    /// S listens to A and C.
    Listening,
    /// S is heard by A alone.
    Whispering,
    /// S is heard by A and C.
    Inserting,
}

impl Moment {
    pub const ALL: [Self; 15] = [
        Self::Ringing,
        Self::Dialling,
        Self::Talking,
        Self::Held,
        Self::Muted,
        Self::Transferring,
        Self::Consulting,
        Self::ConsultRinging,
        Self::InConsult,
        Self::Consulted,
        Self::Conference,
        Self::ConferenceGuest,
        Self::Listening,
        Self::Whispering,
        Self::Inserting,
    ];

    /// The agent whose moment it is.
    pub fn who(self) -> &'static str {
        match self {
            Self::ConsultRinging | Self::Consulted | Self::ConferenceGuest => B,
            Self::Listening | Self::Whispering | Self::Inserting => S,
            _ => A,
        }
    }

    /// `nowState` of that agent.
    pub fn state(self) -> &'static str {
        match self {
            Self::Ringing | Self::ConsultRinging => "AgentRinging",
            Self::Dialling => "CalledRinging",
            Self::Talking | Self::InConsult | Self::Consulted => "Conversation",
            Self::Held => "Hold",
            Self::Muted => "Mute",
            Self::Transferring => "TransferCalling",
            Self::Consulting => "ConsultCalling",
            Self::Conference | Self::ConferenceGuest => "TripartiteTalking",
            Self::Listening => "Listening",
            Self::Whispering => "Whispering",
            Self::Inserting => "ForceInserting",
        }
    }

    /// Whether that agent is in one of the states that count as talking.
    pub fn talks(self) -> bool {
        matches!(
            self,
            Self::Talking
                | Self::Muted
                | Self::InConsult
                | Self::Consulted
                | Self::Conference
                | Self::ConferenceGuest
        )
    }

    /// Leads to the moment. A, B and S are logged in, and ready for calls where they take no part.
    pub fn scene(self) -> Scene {
        if matches!(self, Self::Ringing | Self::Dialling) {
            return self.beginning();
        }
        let mut scene = Scene::talking(&[B, S]);
        match self {
            Self::Ringing | Self::Dialling | Self::Talking => {}
            Self::Held => {
                scene.send(A, "hold", json!({}));
            }
            Self::Muted => {
                scene.send(A, "mute", json!({}));
            }
            Self::Transferring => {
                scene.phone(B, PhoneHabit::Ignores);
                scene.send(A, "transferCall", transfer(1, B, 1));
            }
            Self::Consulting | Self::ConsultRinging => {
                scene.phone(B, PhoneHabit::Ignores);
                scene.send(A, "consultCall", consult(1, B));
            }
            Self::InConsult | Self::Consulted => scene.open_consult(),
            Self::Conference | Self::ConferenceGuest => scene.open_conference(),
            Self::Listening => scene.watch(WATCHES[0]),
            Self::Whispering => scene.watch(WATCHES[1]),
            Self::Inserting => scene.watch(WATCHES[2]),
        }
        self.arrived(scene)
    }

    fn beginning(self) -> Scene {
        let mut scene = Scene::idle(&[A, B, S]);
        if self == Self::Ringing {
            scene.phone(A, PhoneHabit::Ignores);
            scene.call = scene.world.call_in(C, A);
        } else {
            let fields = json!({"called": "00020050", "callId": "outbound-1"});
            scene.send(A, "makeCall", fields);
            scene.until(A, "CalledRinging");
            scene.call = "outbound-1".to_owned();
        }
        self.arrived(scene)
    }

    fn arrived(self, mut scene: Scene) -> Scene {
        scene.clear();
        assert_eq!(scene.world.agent_state(self.who()), self.state());
        scene.world.assert_whole();
        scene
    }
}
