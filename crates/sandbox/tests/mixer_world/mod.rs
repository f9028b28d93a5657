//! A mixer and phones that talk with it over loopback: real ICE, DTLS and SRTP, in the test's own process.
//!
//! Nothing here sleeps to wait: phones are asked again with each frame that they play.

// Each test file is a program of its own and uses only a part of this.
#![allow(dead_code)]

pub mod phone;
mod tones;

use std::net::SocketAddr;
use std::time::Duration;

use sandbox::mixer::{CallPlan, LegId, Mixer, News, PlanParty, Sound};
use str0m::media::Direction;
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use phone::{Codecs, Phone};

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct World {
    pub mixer: Mixer,
    news: mpsc::Receiver<News>,
}

impl World {
    pub fn new() -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let (mixer, news) = Mixer::start(address).expect("a free port can be had");
        Self { mixer, news }
    }

    /// A phone that has offered a call of its own, in PCMU, and sings one tone.
    pub async fn calling_phone(&self, name: &str, hertz: u32) -> Phone {
        let phone = Phone::new(name, Codecs::BOTH, hertz).await;
        let offer = phone.offer(Direction::SendRecv, false);
        let answer = self
            .mixer
            .take_offer(leg(name), offer)
            .await
            .expect("the offer is taken");
        phone.take_answer(&answer);
        phone
    }

    /// A phone that has answered a call to it, and sings one tone.
    pub async fn called_phone(&self, name: &str, codecs: Codecs, hertz: u32) -> Phone {
        let phone = Phone::new(name, codecs, hertz).await;
        let offer = self.mixer.offer(leg(name)).await.expect("an offer is made");
        let answer = phone.take_offer(&offer);
        self.mixer
            .take_answer(leg(name), answer)
            .await
            .expect("the answer is taken");
        phone
    }

    /// The phone offers again. Gives the mixer's answer.
    pub async fn offers_again(
        &self,
        phone: &Phone,
        direction: Direction,
        restarts: bool,
    ) -> String {
        let offer = phone.offer(direction, restarts);
        let answer = self
            .mixer
            .take_offer(leg(phone.name()), offer)
            .await
            .expect("the offer is taken");
        phone.take_answer(&answer);
        answer
    }

    /// Waits until the mixer measures exactly these pairs of ear and mouth in a call.
    pub async fn measures(&self, call: &str, expected: &[(&str, &str)]) {
        let mut expected: Vec<_> = expected
            .iter()
            .map(|(ear, mouth)| ((*ear).to_owned(), (*mouth).to_owned()))
            .collect();
        expected.sort();
        let mut measured = Vec::new();
        let waiting = async {
            let mut frames = interval(Duration::from_millis(20));
            loop {
                frames.tick().await;
                let heard = self.mixer.heard().await;
                measured = heard
                    .pairs
                    .into_iter()
                    .filter(|(id, _, _)| id == call)
                    .map(|(_, ear, mouth)| (ear, mouth))
                    .collect();
                measured.sort();
                if measured == expected {
                    return;
                }
            }
        };
        if timeout(PATIENCE, waiting).await.is_err() {
            panic!("the mixer measures {measured:?} instead of {expected:?}");
        }
    }

    /// Waits for a piece of news; others that come before it are passed over.
    pub async fn tells(&mut self, expected: News) {
        let waiting = async {
            while let Some(news) = self.news.recv().await {
                if news == expected {
                    return;
                }
            }
            panic!("the mixer has ended");
        };
        if timeout(PATIENCE, waiting).await.is_err() {
            panic!("{expected:?} was not told");
        }
    }

    /// Waits until the mixer has told of as many keys of a phone as are expected, and compares them.
    pub async fn tells_keys(&mut self, phone: &Phone, expected: &str) {
        let mut keys = String::new();
        let waiting = async {
            while keys.len() < expected.len() {
                match self.news.recv().await {
                    Some(News::Key { leg: from, digit }) if from == leg(phone.name()) => {
                        keys.push(digit);
                    }
                    Some(_) => {}
                    None => panic!("the mixer has ended"),
                }
            }
        };
        let is_late = timeout(PATIENCE, waiting).await.is_err();
        assert_eq!(keys, expected, "late: {is_late}");
    }
}

/// The leg of the phone of that name.
pub fn leg(name: &str) -> LegId {
    LegId(format!("leg of {name}"))
}

/// The sound of the phone of that name.
pub fn on_phone(name: &str) -> Sound {
    Sound::Phone(leg(name))
}

/// A call in which these hear those: ear and mouth.
pub fn call(id: &str, parties: &[(&str, Sound)], hears: &[(&str, &str)]) -> CallPlan {
    let place = |name: &str| {
        parties
            .iter()
            .position(|(who, _)| *who == name)
            .expect("the party is there")
    };
    CallPlan {
        call_id: id.to_owned(),
        parties: parties
            .iter()
            .map(|(who, sound)| PlanParty {
                who: (*who).to_owned(),
                sound: sound.clone(),
            })
            .collect(),
        hears: hears
            .iter()
            .map(|(ear, mouth)| (place(ear), place(mouth)))
            .collect(),
    }
}
