//! A phone: a WebRTC peer that sings one tone and knows which tones it hears.

use std::collections::VecDeque;
use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use sandbox::mixer::g711;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::{Codec, CodecExtra, FormatParams};
use str0m::media::{Direction, Frequency, MediaData, MediaKind, MediaTime, Mid, TelephoneEvent};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, Event, Input, Output, Rtc};
use tokio::net::UdpSocket;
use tokio::sync::Notify;
use tokio::time::{interval, timeout};

use super::PATIENCE;
use super::tones::{levels, tones_in};

/// Samples of 20 ms.
const FRAME: usize = 160;
/// Samples that are listened to at once: 200 ms.
const WINDOW: usize = 1_600;
/// After so many frames nothing is left in the window of what was there before.
const FRESH: u64 = 12;
/// A tenth of what a sample can hold.
const PEAK: f64 = 3_276.7;
const KEYS: &str = "0123456789*#ABCD";

/// What a phone speaks.
#[derive(Clone, Copy)]
pub struct Codecs {
    pub pcmu: bool,
    pub pcma: bool,
    pub opus: bool,
}

impl Codecs {
    pub const BOTH: Self = Self {
        pcmu: true,
        pcma: true,
        opus: true,
    };
    pub const PCMA: Self = Self {
        pcmu: false,
        pcma: true,
        opus: false,
    };
    pub const OPUS: Self = Self {
        pcmu: false,
        pcma: false,
        opus: true,
    };
}

pub struct Phone {
    name: String,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Told of after each frame.
    changed: Notify,
}

struct State {
    rtc: Rtc,
    socket: Arc<UdpSocket>,
    address: SocketAddr,
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    hertz: u32,
    turn: f64,
    time: u64,
    /// When the present frame should have begun: a busy machine makes several at once.
    clock: Instant,
    /// What has come and was not played yet.
    incoming: VecDeque<i16>,
    /// What was played in the last 200 ms, silence where nothing had come.
    window: Vec<i16>,
    frames: u64,
    /// Keys to press, and frames until the next one.
    to_press: VecDeque<u8>,
    pause: u32,
    /// Keys that came, and when the newest began.
    keys: String,
    newest_key: Option<u64>,
    is_closed: bool,
}

impl Phone {
    /// A phone that knows nobody yet. It lives as long as the test's runtime.
    pub async fn new(name: &str, codecs: Codecs, hertz: u32) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
        let socket = Arc::new(socket);
        let address = socket.local_addr().expect("the port is known");
        let mut config = Rtc::builder()
            .clear_codecs()
            .enable_opus(codecs.opus, false)
            .enable_pcmu(codecs.pcmu, false)
            .enable_pcma(codecs.pcma, false)
            .set_reordering_size_audio(0);
        config.codec_config().add_config(
            101.into(),
            None,
            Codec::Tele,
            Frequency::EIGHT_KHZ,
            None,
            FormatParams::parse_line("0-16"),
        );
        let mut rtc = config.build(Instant::now());
        rtc.add_local_candidate(Candidate::host(address, "udp").expect("a good address"));
        let state = State {
            rtc,
            socket: Arc::clone(&socket),
            address,
            mid: None,
            pending: None,
            hertz,
            turn: 0.0,
            time: 0,
            clock: Instant::now(),
            incoming: VecDeque::new(),
            window: vec![0; WINDOW],
            frames: 0,
            to_press: VecDeque::new(),
            pause: 0,
            keys: String::new(),
            newest_key: None,
            is_closed: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Notify::new(),
        });
        tokio::spawn(run(Arc::clone(&shared), socket));
        Self {
            name: name.to_owned(),
            shared,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// An offer: the first, or one that changes the direction or restarts ICE.
    pub fn offer(&self, direction: Direction, restarts: bool) -> String {
        let mut state = self.state();
        let known = state.mid;
        let mut changes = state.rtc.sdp_api();
        let mid = match known {
            None => changes.add_media(MediaKind::Audio, direction, None, None, None),
            Some(mid) => {
                changes.set_direction(mid, direction);
                mid
            }
        };
        if restarts {
            changes.ice_restart(true);
        }
        let (offer, pending) = changes.apply().expect("something changes");
        state.mid = Some(mid);
        state.pending = Some(pending);
        state.drain();
        offer.to_sdp_string()
    }

    pub fn take_answer(&self, sdp: &str) {
        let mut state = self.state();
        let pending = state.pending.take().expect("an offer is pending");
        let answer = SdpAnswer::from_sdp_string(sdp).expect("the answer can be read");
        state
            .rtc
            .sdp_api()
            .accept_answer(pending, answer)
            .expect("the answer can be taken");
        state.drain();
    }

    pub fn take_offer(&self, sdp: &str) -> String {
        let mut state = self.state();
        let offer = SdpOffer::from_sdp_string(sdp).expect("the offer can be read");
        let answer = state
            .rtc
            .sdp_api()
            .accept_offer(offer)
            .expect("the offer can be taken");
        state.drain();
        answer.to_sdp_string()
    }

    /// Sings another tone from now on.
    pub fn sing(&self, hertz: u32) {
        self.state().hertz = hertz;
    }

    /// Presses keys, one after the other.
    pub fn press(&self, keys: &str) {
        let codes = keys
            .chars()
            .map(|key| KEYS.chars().position(|known| known == key).expect("a key"));
        self.state()
            .to_press
            .extend(codes.map(|code| u8::try_from(code).expect("one of sixteen")));
    }

    /// Closes the connection, as a page that is left.
    pub fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.rtc.close().expect("it can be closed");
        state.drain();
    }

    /// Waits until exactly these tones, in rising order, are heard; nothing from before this was called counts.
    pub async fn hears(&self, expected: &[u32]) {
        let first = self.state().frames;
        let is_heard = self
            .until(|state| {
                state.frames >= first + FRESH
                    && tones_in(&state.window).as_deref() == Some(expected)
            })
            .await;
        if !is_heard {
            let levels = levels(&self.state().window);
            panic!("{} hears {levels:?} instead of {expected:?}", self.name);
        }
    }

    /// Waits until as many keys have come as are expected, and compares them.
    pub async fn gets_keys(&self, expected: &str) {
        self.until(|state| state.keys.len() >= expected.len()).await;
        assert_eq!(self.state().keys, expected);
    }

    /// Waits until the other side has closed the connection.
    pub async fn is_closed(&self) {
        let is_closed = self.until(|state| state.is_closed).await;
        assert!(is_closed, "nobody closed the connection of {}", self.name);
    }

    /// Looks after each frame until something is so. Whether it became so in good time.
    async fn until(&self, is_so: impl Fn(&State) -> bool) -> bool {
        let waiting = async {
            loop {
                let changed = self.shared.changed.notified();
                let is_now = is_so(&self.state());
                if is_now {
                    return;
                }
                changed.await;
            }
        };
        timeout(PATIENCE, waiting).await.is_ok()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().expect("no phone has failed")
    }
}

/// The life of a phone.
async fn run(shared: Arc<Shared>, socket: Arc<UdpSocket>) {
    let mut frames = interval(Duration::from_millis(20));
    loop {
        let is_frame = tokio::select! {
            _ = frames.tick() => true,
            _ = socket.readable() => false,
        };
        {
            let mut state = shared.state.lock().expect("no phone has failed");
            state.receive();
            if is_frame {
                state.frame();
            }
        }
        if is_frame {
            shared.changed.notify_waiters();
        }
    }
}

impl State {
    fn receive(&mut self) {
        let mut buffer = [0; 2_000];
        while let Ok((length, source)) = self.socket.try_recv_from(&mut buffer) {
            let received = Receive::new(Protocol::Udp, source, self.address, &buffer[..length]);
            if let Ok(received) = received {
                let _ = self
                    .rtc
                    .handle_input(Input::Receive(Instant::now(), received));
                self.drain();
            }
        }
    }

    /// Plays and sends 20 ms.
    fn frame(&mut self) {
        self.frames += 1;
        self.clock += Duration::from_millis(20);
        // Never more than 100 ms behind.
        while self.incoming.len() > 5 * FRAME {
            self.incoming.pop_front();
        }
        self.window.drain(..FRAME);
        for _ in 0..FRAME {
            self.window.push(self.incoming.pop_front().unwrap_or(0));
        }
        self.speak();
        let _ = self.rtc.handle_input(Input::Timeout(Instant::now()));
        self.drain();
    }

    fn speak(&mut self) {
        let mut sound = [0; FRAME];
        for sample in &mut sound {
            *sample = ((self.turn * TAU).sin() * PEAK).round() as i16;
            self.turn = (self.turn + f64::from(self.hertz) / 8_000.0).fract();
        }
        let time = MediaTime::new(self.time, Frequency::EIGHT_KHZ);
        self.time += FRAME as u64;
        self.pause = self.pause.saturating_sub(1);
        let Some(mid) = self.mid else {
            return;
        };
        let may_send = self
            .rtc
            .media(mid)
            .is_some_and(|media| media.direction().is_sending());
        if !may_send || !self.rtc.is_connected() {
            return;
        }
        let Some(mut writer) = self.rtc.writer(mid) else {
            return;
        };
        let agreed = writer.payload_params().find_map(|params| {
            let codec = params.spec().codec;
            matches!(codec, Codec::PCMU | Codec::PCMA).then_some((params.pt(), codec))
        });
        let Some((number, codec)) = agreed else {
            return;
        };
        if self.pause == 0
            && let Some(event) = self.to_press.pop_front()
        {
            self.pause = 15;
            writer = writer.telephone_event(TelephoneEvent {
                event,
                end: true,
                volume: 10,
                duration: Duration::from_millis(200),
            });
        }
        let data = match codec {
            Codec::PCMA => sound.map(g711::to_alaw),
            _ => sound.map(g711::to_ulaw),
        };
        writer
            .write(number, self.clock, time, &data[..])
            .expect("what was agreed can be sent");
        self.drain();
    }

    fn drain(&mut self) {
        for _ in 0..1_000 {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(transmit)) => {
                    let _ = self
                        .socket
                        .try_send_to(&transmit.contents, transmit.destination);
                }
                Ok(Output::Event(event)) => self.take(event),
                Ok(Output::Timeout(due)) => {
                    let now = Instant::now();
                    if due > now {
                        return;
                    }
                    let _ = self.rtc.handle_input(Input::Timeout(now));
                }
                Err(why) => {
                    assert!(self.is_closed, "a phone failed: {why}");
                    return;
                }
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::MediaAdded(added) => self.mid = Some(added.mid),
            Event::MediaData(data) => self.take_audio(&data),
            Event::Closed => self.is_closed = true,
            _ => {}
        }
    }

    fn take_audio(&mut self, data: &MediaData) {
        if let CodecExtra::Tele(report) = data.codec_extra {
            let began = data.time.rebase(Frequency::EIGHT_KHZ).numer();
            if self.newest_key.is_none_or(|newest| began > newest) {
                self.newest_key = Some(began);
                let key = KEYS.chars().nth(usize::from(report.event));
                self.keys.push(key.expect("one of sixteen"));
            }
            return;
        }
        let octets = data.data.iter().copied();
        match data.params.spec().codec {
            Codec::PCMU => self.incoming.extend(octets.map(g711::from_ulaw)),
            Codec::PCMA => self.incoming.extend(octets.map(g711::from_alaw)),
            other => panic!("{other:?} was not agreed on"),
        }
    }
}
