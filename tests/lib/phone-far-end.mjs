import { newTab } from './browser.mjs';
import { newPhoneProfile } from './phone-page.mjs';

/**
 * The sound of somebody at the other end, without any signalling: offers and answers are carried by the test. `codecs` are the
 * names of what it can, in its order; by default what the browser can.
 */
export async function openFarEnd(t, browser, { codecs } = {}) {
  const page = await newTab(t, await newPhoneProfile(t, browser));
  await page.route('http://localhost/far-end.html', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Far end</title>' }));
  await page.goto('http://localhost/far-end.html');
  await page.evaluate(async (names) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getTracks();
    window.far = new RTCPeerConnection();
    const sender = far.addTrack(track, stream);
    window.speak = (on) => sender.replaceTrack(on ? track : null);
    far.ontrack = ({ track: theirs }) => {
      const player = new Audio();
      player.srcObject = new MediaStream([theirs]);
      player.play();
    };
    window.choose = () => {
      if (!names) return;
      const all = RTCRtpReceiver.getCapabilities('audio').codecs;
      const mime = (name) => `audio/${name.toLowerCase()}`;
      const chosen = names.flatMap((name) => all.filter(({ mimeType }) => mimeType.toLowerCase() === mime(name)));
      for (const transceiver of far.getTransceivers()) transceiver.setCodecPreferences(chosen);
    };
    // With all its addresses, so that nothing has to follow.
    window.described = async () => {
      while (far.iceGatheringState !== 'complete') {
        await new Promise((resolve) => far.addEventListener('icegatheringstatechange', resolve, { once: true }));
      }
      return far.localDescription.sdp;
    };
  }, codecs);
  return new FarEnd(page);
}

class FarEnd {
  constructor(page) {
    this.page = page;
  }

  /** An offer, with another direction or an ICE restart where that is wanted. */
  offer({ direction, iceRestart = false } = {}) {
    return this.page.evaluate(async (wanted) => {
      choose();
      if (wanted.direction) for (const transceiver of far.getTransceivers()) transceiver.direction = wanted.direction;
      await far.setLocalDescription(await far.createOffer({ iceRestart: wanted.iceRestart }));
      return described();
    }, { direction, iceRestart });
  }

  /** Takes the answer to its offer. */
  takeAnswer(sdp) {
    return this.page.evaluate((text) => far.setRemoteDescription({ type: 'answer', sdp: text }), sdp);
  }

  /** Answers an offer. */
  answer(sdp) {
    return this.page.evaluate(async (text) => {
      await far.setRemoteDescription({ type: 'offer', sdp: text });
      choose();
      await far.setLocalDescription(await far.createAnswer());
      return described();
    }, sdp);
  }

  /** Whether it sends its tone, or nothing at all. */
  speaks(on) {
    return this.page.evaluate((yes) => speak(yes), on);
  }
}
