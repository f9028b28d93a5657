//! G.711: a sample in eight bits, by µ-law or A-law (ITU-T G.711).

/// Added to a sample before its µ-law segment is looked for, so that segments begin at powers of two.
const BIAS: i32 = 0x84;
/// The loudest that µ-law can say.
const CLIP: i32 = 32_635;

/// The µ-law octet of a sample.
#[must_use]
pub fn to_ulaw(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = i32::from(sample).abs().min(CLIP) + BIAS;
    // From 7 (the highest bit after the sign) down to 0.
    let segment = (magnitude >> 7).ilog2();
    let mantissa = (magnitude >> (segment + 3)) & 0x0f;
    !octet(sign | (segment << 4) as i32 | mantissa)
}

/// The sample of a µ-law octet.
#[must_use]
pub fn from_ulaw(octet: u8) -> i16 {
    let octet = !octet;
    let (segment, mantissa) = parts(octet);
    let magnitude = (((mantissa << 3) + BIAS) << segment) - BIAS;
    signed(magnitude, octet & 0x80 != 0)
}

/// The A-law octet of a sample.
#[must_use]
pub fn to_alaw(sample: i16) -> u8 {
    // A-law has thirteen bits; a negative step covers what is just below it.
    let (sign, magnitude) = if sample < 0 {
        (0, -i32::from(sample) - 1)
    } else {
        (0x80, i32::from(sample))
    };
    // The two lowest segments have steps of the same size.
    let (segment, mantissa) = if magnitude < 0x100 {
        (0, magnitude >> 4)
    } else {
        let segment = magnitude.ilog2() - 7;
        (segment, (magnitude >> (segment + 3)) & 0x0f)
    };
    // Every other bit is turned, so that silence is no long run of equal bits.
    octet(sign | (segment << 4) as i32 | mantissa) ^ 0x55
}

/// The sample of an A-law octet.
#[must_use]
pub fn from_alaw(octet: u8) -> i16 {
    let octet = octet ^ 0x55;
    let (segment, mantissa) = parts(octet);
    let magnitude = match segment {
        0 => (mantissa << 4) + 8,
        segment => ((mantissa << 4) + 0x108) << (segment - 1),
    };
    signed(magnitude, octet & 0x80 == 0)
}

/// Segment and place in it.
fn parts(octet: u8) -> (u32, i32) {
    (u32::from(octet >> 4) & 7, i32::from(octet & 0x0f))
}

fn signed(magnitude: i32, negative: bool) -> i16 {
    let value = if negative { -magnitude } else { magnitude };
    // Both laws end below 32,768.
    i16::try_from(value).unwrap_or(i16::MAX)
}

fn octet(bits: i32) -> u8 {
    // Sign, segment and mantissa are eight bits together.
    u8::try_from(bits).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mu_law_has_the_decoder_values_of_the_standard() {
        // Table 2a of G.711 in steps of 14 bits, here four times as large.
        let known = [
            (0x80, 8031),
            (0x8f, 4191),
            (0x90, 3999),
            (0x9f, 2079),
            (0xa0, 1983),
            (0xaf, 1023),
            (0xb0, 975),
            (0xbf, 495),
            (0xc0, 471),
            (0xcf, 231),
            (0xd0, 219),
            (0xdf, 99),
            (0xe0, 93),
            (0xef, 33),
            (0xf0, 30),
            (0xfe, 2),
            (0xff, 0),
        ];
        for (octet, steps) in known {
            assert_eq!(from_ulaw(octet), steps * 4, "{octet:#04x}");
            assert_eq!(from_ulaw(octet & 0x7f), -steps * 4, "{octet:#04x}");
        }
    }

    #[test]
    fn a_law_has_the_decoder_values_of_the_standard() {
        // Table 1a of G.711 in steps of 13 bits, here eight times as large; the even bits are turned.
        let known: [(u8, i16); 16] = [
            (0xff, 4032),
            (0xf0, 2112),
            (0xef, 2016),
            (0xe0, 1056),
            (0xdf, 1008),
            (0xd0, 528),
            (0xcf, 504),
            (0xc0, 264),
            (0xbf, 252),
            (0xb0, 132),
            (0xaf, 126),
            (0xa0, 66),
            (0x9f, 63),
            (0x90, 33),
            (0x8f, 31),
            (0x80, 1),
        ];
        for (octet, steps) in known {
            assert_eq!(from_alaw(octet ^ 0x55), steps * 8, "{octet:#04x}");
            assert_eq!(from_alaw((octet & 0x7f) ^ 0x55), -steps * 8, "{octet:#04x}");
        }
    }

    #[test]
    fn silence_is_silence() {
        assert_eq!(to_ulaw(0), 0xff);
        assert_eq!(to_alaw(0), 0xd5);
        assert_eq!(to_alaw(-1), 0x55);
    }

    #[test]
    fn every_octet_comes_back() {
        for octet in 0..=u8::MAX {
            // µ-law has a zero of either sign.
            if octet != 0x7f {
                assert_eq!(to_ulaw(from_ulaw(octet)), octet);
            }
            assert_eq!(to_alaw(from_alaw(octet)), octet);
        }
    }

    #[test]
    fn no_sample_comes_back_further_off_than_half_a_step() {
        for sample in i16::MIN..=i16::MAX {
            let size = i32::from(sample).abs();
            // A step is a sixteenth of its segment, which is at most as long as the sample is large.
            for (name, heard) in [
                ("µ", from_ulaw(to_ulaw(sample))),
                ("A", from_alaw(to_alaw(sample))),
            ] {
                let off = (i32::from(heard) - i32::from(sample)).abs();
                let clipped = if size > CLIP { size - CLIP } else { 0 };
                assert!(
                    off <= size / 32 + 8 + clipped,
                    "{name}-law: {sample} came back as {heard}"
                );
            }
        }
    }
}
