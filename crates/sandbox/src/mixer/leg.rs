//! One phone in one call: its ICE, DTLS and SRTP, and the sound that comes and goes.

use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::{Codec, CodecExtra, FormatParams};
use str0m::media::{Direction, Frequency, MediaData, MediaKind, MediaTime, Mid};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcError};

use super::g711;
use super::jitter::Jitter;
use super::keys::{KeyReader, KeySender};
use super::mix::{FRAME, Frame, Mix, SILENCE};
use super::plan::LegId;
use super::plane::Wire;
use super::sdp::{has_codec, with_version};
use super::{MediaError, News};

/// The number of telephone events in our offers; a phone's offer names its own.
const EVENTS: u8 = 126;

/// A phone that ICE has given up is gone after this time, unless it comes back.
const GIVEN_UP: Duration = Duration::from_secs(30);

/// So much may a leg have to do at once. It has far less; without an end it would stop all others.
const ROUNDS: usize = 1_000;

/// A leg. After each of its methods that takes the [`Wire`] everything it has to send is sent.
pub(super) struct Leg {
    id: LegId,
    rtc: Rtc,
    /// Where its descriptions tell the phone to send to.
    local: Candidate,
    mid: Option<Mid>,
    /// Our offer that waits for its answer.
    pending: Option<SdpPendingOffer>,
    /// What offer and answer agreed on, as we see it. str0m's own direction runs ahead of that in an offer of ours.
    agreed: Option<Direction>,
    /// The phone's ICE session. Another one in an offer restarts ICE.
    ufrag: Option<String>,
    /// How many descriptions were made.
    version: u64,
    /// When it next has something to do.
    due: Instant,
    /// Since when ICE has been without a way to the phone.
    lost: Option<Instant>,
    is_closed: bool,
    jitter: Jitter,
    reader: KeyReader,
    sender: KeySender,
    said: Frame,
    hears: Mix,
    /// The RTP time of the next frame. It runs on through hold.
    time: u64,
    /// Whether the frame before was sent too.
    talks: bool,
    /// Whether audio has left since the last frame.
    reached: bool,
}

impl Leg {
    pub(super) fn new(id: LegId, wire: &Wire, now: Instant) -> Self {
        let mut config = Rtc::builder()
            .clear_codecs()
            .enable_pcmu(true, false)
            .enable_pcma(true, false)
            // The jitter buffer brings packets into order; str0m would hold them back after a loss.
            .set_reordering_size_audio(0);
        config.codec_config().add_config(
            EVENTS.into(),
            None,
            Codec::Tele,
            Frequency::EIGHT_KHZ,
            None,
            FormatParams::parse_line("0-16"),
        );
        let mut rtc = config.build(now);
        let local = wire.candidate();
        rtc.add_local_candidate(local.clone());
        Self {
            id,
            rtc,
            local,
            mid: None,
            pending: None,
            agreed: None,
            ufrag: None,
            version: 0,
            due: now,
            lost: None,
            is_closed: false,
            jitter: Jitter::new(),
            reader: KeyReader::default(),
            sender: KeySender::default(),
            said: SILENCE,
            hears: Mix::new(),
            time: 0,
            talks: false,
            reached: false,
        }
    }

    /// When it next has something to do.
    pub(super) fn due(&self) -> Instant {
        self.due
    }

    /// Whether the phone has gone away.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        let is_given_up = self.lost.is_some_and(|since| now - since > GIVEN_UP);
        self.is_closed || is_given_up || !self.rtc.is_alive()
    }

    pub(super) fn offer(&mut self, wire: &Wire, now: Instant) -> Result<String, MediaError> {
        if self.waits_for_first_answer() {
            return Err(MediaError::Pending);
        }
        let restarts = self.agreed.is_some() && self.move_to(wire.candidate());
        let mut changes = self.rtc.sdp_api();
        match self.mid {
            None => {
                let mid =
                    changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
                self.mid = Some(mid);
            }
            Some(mid) => {
                // Without a change there is no offer. Whatever the phone wants now, we want both ways.
                changes.set_direction(mid, Direction::RecvOnly);
                changes.set_direction(mid, Direction::SendRecv);
            }
        }
        if restarts {
            changes.ice_restart(true);
        }
        let (offer, pending) = changes.apply().ok_or(MediaError::Pending)?;
        self.pending = Some(pending);
        self.drain(wire, now);
        Ok(self.describe(&offer.to_sdp_string()))
    }

    pub(super) fn take_offer(
        &mut self,
        sdp: &str,
        wire: &Wire,
        now: Instant,
    ) -> Result<String, MediaError> {
        if self.waits_for_first_answer() {
            return Err(MediaError::Pending);
        }
        if !has_codec(sdp) {
            return Err(MediaError::NoCodec);
        }
        let offer = SdpOffer::from_sdp_string(sdp).map_err(unreadable)?;
        let ufrag = sip::sdp::ufrag(sdp);
        if self.ufrag.is_some() && self.ufrag.as_deref() != ufrag {
            self.move_to(wire.candidate());
        }
        // From here on an offer of ours is void.
        self.pending = None;
        let taken = self.rtc.sdp_api().accept_offer(offer);
        self.drain(wire, now);
        let answer = taken.map_err(unreadable)?.to_sdp_string();
        if !has_codec(&answer) {
            return Err(MediaError::NoCodec);
        }
        // str0m tells of it only once the phone is connected.
        if let Some(mid) = sip::sdp::attribute(sdp, "mid") {
            self.mid = Some(Mid::from(mid));
        }
        self.agree(sdp);
        Ok(self.describe(&answer))
    }

    pub(super) fn take_answer(
        &mut self,
        sdp: &str,
        wire: &Wire,
        now: Instant,
    ) -> Result<(), MediaError> {
        let pending = self.pending.take().ok_or(MediaError::Pending)?;
        if !has_codec(sdp) {
            return Err(MediaError::NoCodec);
        }
        let answer = SdpAnswer::from_sdp_string(sdp).map_err(unreadable)?;
        let taken = self.rtc.sdp_api().accept_answer(pending, answer);
        self.drain(wire, now);
        taken.map_err(|why| match why {
            RtcError::ChangesOutOfOrder => MediaError::Pending,
            why => unreadable(why),
        })?;
        self.agree(sdp);
        Ok(())
    }

    pub(super) fn add_candidates(&mut self, candidates: &[String], wire: &Wire, now: Instant) {
        for text in candidates {
            let text = text.strip_prefix("a=").unwrap_or(text);
            // Host names, such as `….local`, are no addresses: the phone's own checks say where it is.
            if let Ok(candidate) = Candidate::from_sdp_string(text) {
                self.rtc.add_remote_candidate(candidate);
                self.drain(wire, now);
            }
        }
    }

    pub(super) fn press(&mut self, keys: &str) {
        self.sender.press(keys);
    }

    /// Tells the phone that all is over.
    pub(super) fn close(&mut self, wire: &Wire, now: Instant) {
        // Where that fails the phone learns it by signalling, as it does anyway.
        let _ = self.rtc.close();
        self.drain(wire, now);
    }

    pub(super) fn accepts(&self, input: &Input<'_>) -> bool {
        self.rtc.accepts(input)
    }

    /// Takes a datagram, or that it is time to do something.
    pub(super) fn handle(&mut self, input: Input<'_>, wire: &Wire, now: Instant) {
        // A datagram that cannot be used harms nobody.
        let _ = self.rtc.handle_input(input);
        self.drain(wire, now);
    }

    /// Begins a frame: takes what the phone says in it.
    pub(super) fn begin(&mut self) {
        self.said = self.jitter.pull();
        self.hears = Mix::new();
    }

    /// What the phone says in this frame.
    pub(super) fn said(&self) -> Frame {
        self.said
    }

    /// Adds to what the phone hears in this frame.
    pub(super) fn hear(&mut self, frame: &Frame) {
        self.hears.add(frame);
    }

    /// Sends what the phone hears in this frame, whose time has come at `due`.
    pub(super) fn send(&mut self, due: Instant, wire: &Wire, now: Instant) {
        let time = MediaTime::new(self.time, Frequency::EIGHT_KHZ);
        self.time += FRAME as u64;
        let may_send = self.agreed.is_some_and(|agreed| agreed.is_sending());
        let first = !std::mem::take(&mut self.talks);
        if !may_send || !self.rtc.is_connected() {
            return;
        }
        let Some(mut writer) = self.mid.and_then(|mid| self.rtc.writer(mid)) else {
            return;
        };
        let agreed = writer.payload_params().find_map(|params| {
            let codec = params.spec().codec;
            matches!(codec, Codec::PCMU | Codec::PCMA).then_some((params.pt(), codec))
        });
        let Some((number, codec)) = agreed else {
            return;
        };
        let takes_keys = writer.payload_params().any(|params| {
            let spec = params.spec();
            spec.codec == Codec::Tele && spec.clock_rate == Frequency::EIGHT_KHZ
        });
        // A phone that knows no telephone events gets none, and none of them late.
        if let Some(key) = self.sender.next()
            && takes_keys
        {
            writer = writer.telephone_event(key);
        }
        let frame = self.hears.frame();
        let data = match codec {
            Codec::PCMA => frame.map(g711::to_alaw),
            _ => frame.map(g711::to_ulaw),
        };
        let written = writer
            .start_of_talkspurt(first)
            .write(number, due, time, &data[..]);
        self.talks = written.is_ok();
        self.drain(wire, now);
    }

    /// Whether audio has left for the phone since the last time this was asked.
    pub(super) fn reached(&self) -> bool {
        self.reached
    }

    /// Ends a frame.
    pub(super) fn end(&mut self) {
        self.reached = false;
    }

    fn waits_for_first_answer(&self) -> bool {
        self.pending.is_some() && self.agreed.is_none()
    }

    /// Leaves the address that was told to the phone for another. Whether it is another.
    fn move_to(&mut self, candidate: Candidate) -> bool {
        if self.local.addr() == candidate.addr() {
            return false;
        }
        self.rtc.direct_api().invalidate_candidate(&self.local);
        self.rtc.add_local_candidate(candidate.clone());
        self.local = candidate;
        true
    }

    /// What holds after an offer and its answer.
    fn agree(&mut self, remote: &str) {
        self.ufrag = sip::sdp::ufrag(remote).map(str::to_owned);
        self.agreed = self
            .mid
            .and_then(|mid| self.rtc.media(mid))
            .map(|media| media.direction());
    }

    fn describe(&mut self, sdp: &str) -> String {
        self.version += 1;
        with_version(sdp, self.version)
    }

    /// Sends and takes in all there is, until nothing is due.
    fn drain(&mut self, wire: &Wire, now: Instant) {
        for _ in 0..ROUNDS {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(transmit)) => {
                    self.reached |= wire.send(&transmit) && is_audio(&transmit.contents);
                    continue;
                }
                Ok(Output::Event(event)) => {
                    self.take(event, wire, now);
                    continue;
                }
                Ok(Output::Timeout(due)) => {
                    self.due = due;
                    if due > now {
                        return;
                    }
                }
                // One packet of a phone that cannot be read; str0m says by itself when it cannot go on.
                Err(_) => continue,
            }
            let _ = self.rtc.handle_input(Input::Timeout(now));
        }
        self.due = now + Duration::from_millis(1);
    }

    fn take(&mut self, event: Event, wire: &Wire, now: Instant) {
        match event {
            Event::Connected => wire.tell(News::Connected {
                leg: self.id.clone(),
            }),
            Event::IceConnectionStateChange(state) => {
                self.lost = (state == IceConnectionState::Disconnected).then_some(now);
            }
            Event::MediaData(data) => self.take_audio(&data, wire),
            Event::Closed => self.is_closed = true,
            _ => {}
        }
    }

    fn take_audio(&mut self, data: &MediaData, wire: &Wire) {
        let may_receive = self.agreed.is_some_and(|agreed| agreed.is_receiving());
        // Browsers send packets of nothing but padding.
        if !may_receive || data.data.is_empty() {
            return;
        }
        let time = data.time.rebase(Frequency::EIGHT_KHZ).numer();
        if let CodecExtra::Tele(report) = data.codec_extra {
            let key = self
                .reader
                .read(time, report.event, data.audio_start_of_talk_spurt);
            if let Some(digit) = key {
                wire.tell(News::Key {
                    leg: self.id.clone(),
                    digit,
                });
            }
            return;
        }
        let octets = data.data.iter().copied();
        match data.params.spec().codec {
            Codec::PCMU => self.jitter.push(time, octets.map(g711::from_ulaw)),
            Codec::PCMA => self.jitter.push(time, octets.map(g711::from_alaw)),
            _ => {}
        }
    }
}

/// Whether a datagram is RTP and not RTCP, STUN or DTLS (RFC 7983, RFC 5761 section 4).
fn is_audio(datagram: &[u8]) -> bool {
    matches!(datagram, [128..=191, kind, ..] if !(192..=223).contains(kind))
}

fn unreadable(why: impl std::fmt::Display) -> MediaError {
    MediaError::Unreadable(why.to_string())
}
