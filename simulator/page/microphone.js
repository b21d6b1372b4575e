// The microphone of this computer, for as long as a button is held, and what it heard as a wav file.

const RATE = 16000;
const HEADER_BYTES = 44;

// The coach is quiet meanwhile, and what takes noise out of a sound takes the beginning of a short word with it.
const AS_IT_IS = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };

const REFUSALS = {
  NotAllowedError: "The microphone is not allowed here. Allow it for this page in your browser, or type what you say.",
  NotFoundError: "There is no microphone here. Type what you say.",
  NotReadableError: "The microphone is in use or does not start. Type what you say.",
};

// Begins to record. What it gives ends that, and gives a wav file. Throws with a sentence where nothing can be recorded.
export async function record() {
  if (!navigator.mediaDevices || !window.MediaRecorder) throw new Error("This browser records nothing. Type what you say.");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: AS_IT_IS }).catch((error) => {
    throw new Error(REFUSALS[error.name] ?? `The microphone does not start (${error.message}). Type what you say.`);
  });
  const close = () => stream.getTracks().forEach((track) => track.stop());
  try {
    const recorder = new MediaRecorder(stream);
    const parts = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    const ended = new Promise((done) => recorder.addEventListener("stop", done));
    recorder.start();
    return async () => {
      if (recorder.state !== "inactive") recorder.stop();
      await ended;
      close();
      return wav(await samples(new Blob(parts)));
    };
  } catch (error) {
    close();
    throw error;
  }
}

// Whatever the browser has recorded, as samples of one channel at the rate that is listened to.
async function samples(recorded) {
  const decoding = new OfflineAudioContext(1, 1, RATE);
  const sound = await decoding.decodeAudioData(await recorded.arrayBuffer()).catch(() => {
    throw new Error("Nothing was recorded. Hold the button until you have said it.");
  });
  return sound.getChannelData(0);
}

function wav(heard) {
  const file = new DataView(new ArrayBuffer(HEADER_BYTES + 2 * heard.length));
  const text = (at, letters) => [...letters].forEach((letter, index) => file.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  text(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, RATE, true);
  file.setUint32(28, 2 * RATE, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, "data");
  file.setUint32(40, 2 * heard.length, true);
  heard.forEach((sample, index) => {
    file.setInt16(HEADER_BYTES + 2 * index, Math.max(-1, Math.min(1, sample)) * 32767, true);
  });
  return new Blob([file], { type: "audio/wav" });
}
