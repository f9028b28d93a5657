//! Keys in the audio stream (RFC 4733), both ways.

use std::collections::VecDeque;
use std::time::Duration;

use str0m::media::TelephoneEvent;

/// All keys; the place of each is its event code (RFC 4733 section 3.2).
const KEYS: &str = "0123456789*#ABCD";

/// How long a key is pressed.
const PRESSED: Duration = Duration::from_millis(160);
/// From the beginning of one key to that of the next, in frames of 20 ms: 160 ms and a pause of 100 ms.
const SPACING: u32 = 13;

/// What a segment of a long event spans at most; the next one goes on from there (RFC 4733 section 2.5.1.3).
const SEGMENT: u64 = 0xffff;
/// An event that began more than 10 s before the newest one is of another time line, not late.
const LATE: u64 = 80_000;

/// Finds the keys in a stream of event reports, of which each key sends many.
#[derive(Debug, Default)]
pub(super) struct KeyReader {
    /// Beginning and code of the newest event.
    newest: Option<(u64, u8)>,
}

impl KeyReader {
    /// Takes a report of an event that began at an RTP time; `is_first` is the marker of its packet. Gives the key at
    /// the first report of it that comes.
    pub(super) fn read(&mut self, time: u64, event: u8, is_first: bool) -> Option<char> {
        if let Some((newest, code)) = self.newest {
            if time <= newest && newest - time < LATE {
                return None;
            }
            if !is_first && event == code && time == newest + SEGMENT {
                self.newest = Some((time, event));
                return None;
            }
        }
        self.newest = Some((time, event));
        KEYS.chars().nth(usize::from(event))
    }
}

/// Keys that wait to be sent.
#[derive(Debug, Default)]
pub(super) struct KeySender {
    waiting: VecDeque<u8>,
    /// Frames until the next key may begin.
    pause: u32,
}

impl KeySender {
    /// Adds keys. What is no key is left out.
    pub(super) fn press(&mut self, keys: &str) {
        let codes = keys
            .chars()
            .filter_map(|key| {
                KEYS.chars()
                    .position(|known| known == key.to_ascii_uppercase())
            })
            .filter_map(|code| u8::try_from(code).ok());
        self.waiting.extend(codes);
    }

    /// The key that begins in this frame. To be asked once a frame.
    pub(super) fn next(&mut self) -> Option<TelephoneEvent> {
        self.pause = self.pause.saturating_sub(1);
        if self.pause > 0 {
            return None;
        }
        let event = self.waiting.pop_front()?;
        self.pause = SPACING;
        Some(TelephoneEvent {
            event,
            end: true,
            volume: 10,
            duration: PRESSED,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys that are read from reports.
    fn read(reports: &[(u64, u8, bool)]) -> String {
        let mut reader = KeyReader::default();
        reports
            .iter()
            .filter_map(|(time, event, is_first)| reader.read(*time, *event, *is_first))
            .collect()
    }

    #[test]
    fn a_key_counts_once_however_many_packets_tell_of_it() {
        assert_eq!(
            read(&[(1_000, 5, true), (1_000, 5, false), (1_000, 5, false)]),
            "5"
        );
        assert_eq!(read(&[(1_000, 5, true), (2_000, 5, true)]), "55");
    }

    #[test]
    fn a_key_counts_without_its_first_packet() {
        assert_eq!(read(&[(1_000, 11, false), (1_000, 11, false)]), "#");
    }

    #[test]
    fn a_packet_that_comes_late_is_no_new_key() {
        assert_eq!(
            read(&[(1_000, 1, true), (2_000, 2, true), (1_000, 1, false)]),
            "12"
        );
        assert_eq!(read(&[(1_000_000, 1, true), (500, 2, true)]), "12");
    }

    #[test]
    fn a_long_key_goes_on_in_another_segment() {
        assert_eq!(
            read(&[(1_000, 7, true), (1_000, 7, false), (66_535, 7, false)]),
            "7"
        );
        assert_eq!(read(&[(1_000, 7, true), (66_535, 7, true)]), "77");
    }

    #[test]
    fn all_keys_have_their_codes_and_others_are_none() {
        let reports: Vec<_> = (0..=20)
            .map(|code| (u64::from(code) * 1_000, code, true))
            .collect();
        assert_eq!(read(&reports), KEYS);
    }

    #[test]
    fn keys_are_sent_one_after_the_other() {
        let mut sender = KeySender::default();
        sender.press("1 d?#");
        let sent: Vec<(usize, u8)> = (0..100)
            .filter_map(|frame| sender.next().map(|event| (frame, event.event)))
            .collect();
        assert_eq!(sent, [(0, 1), (13, 15), (26, 11)]);

        sender.press("9");
        assert_eq!(sender.next().map(|event| event.event), Some(9));
    }
}
