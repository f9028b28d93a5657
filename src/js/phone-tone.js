const RATE = 8000;

/** The ring tone, a WAV file with 8 bits a sample: made when it is needed, so that nobody has to load it. */
function ringTone() {
  // Two bursts of 0.4 s with 0.2 s between them, then silence.
  const samples = new Uint8Array(3 * RATE).fill(128);
  // 440 and 480 Hz: what a telephone bell's tone is made of in much of the world.
  const wave = (at, hz) => Math.sin((at / RATE) * hz * 2 * Math.PI);
  for (let at = 0; at < RATE; at += 1) {
    if (at < 0.4 * RATE || at >= 0.6 * RATE) samples[at] = 128 + 60 * (wave(at, 440) + wave(at, 480));
  }
  const words = (...numbers) => new Uint32Array(numbers);
  const format = words(16, 0x1_0001, RATE, RATE, 0x8_0001);
  return new Blob(['RIFF', words(36 + samples.length), 'WAVEfmt ', format, 'data', words(samples.length), samples], { type: 'audio/wav' });
}
