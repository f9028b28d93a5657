const RATE = 8000;

/** The ring tone as a stream, which plays whatever files the page's policy lets play: made when it is needed, so that nobody has to load it. */
function ringTone(context) {
  // Two bursts of 0.4 s with 0.2 s between them, then silence.
  const buffer = context.createBuffer(1, 3 * RATE, RATE);
  const samples = buffer.getChannelData(0);
  // 440 and 480 Hz: what a telephone bell's tone is made of in much of the world.
  const wave = (at, hz) => Math.sin((at / RATE) * hz * 2 * Math.PI);
  for (let at = 0; at < RATE; at += 1) {
    if (at < 0.4 * RATE || at >= 0.6 * RATE) samples[at] = 0.47 * (wave(at, 440) + wave(at, 480));
  }
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const { stream } = source.connect(context.createMediaStreamDestination());
  source.start();
  return stream;
}
