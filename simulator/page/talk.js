// Push to talk: what is said while a button or its key is held. A screen reader, which cannot hold, presses it twice.

import { record } from "./microphone.js";

const KEY = "t";
const LONGEST_MS = 14500;

// `hush` stops the coach and gives that moment, `send` sends a recording as of a moment and gives what to tell, `goOn`
// lets the coach go on, and `tell` shows a sentence. `deaf` gives what stands in the way of it, as a sentence.
export function talkBy(button, { hush, send, goOn, tell, deaf }) {
  let letGo = null;

  async function hold() {
    if (letGo) return;
    if (deaf()) {
      tell(deaf());
      return;
    }
    const gone = new Promise((done) => (letGo = done)).then(() => button.setAttribute("aria-pressed", "false"));
    button.setAttribute("aria-pressed", "true");
    const moment = hush();
    try {
      tell(await send(await spoken(gone), moment));
    } catch (error) {
      tell(error.message);
    }
    letGo();
    letGo = null;
    goOn();
  }

  async function spoken(gone) {
    tell("One moment.");
    const opening = record();
    const end = await Promise.race([opening, gone]);
    // Whoever is asked whether the microphone may be used lets go for that, and may never answer.
    if (!end) {
      opening.then(ready, (error) => tell(error.message));
      throw new Error("Allow the microphone, then hold while you speak.");
    }
    tell("Listening.");
    const patience = setTimeout(letGo, LONGEST_MS);
    await gone;
    clearTimeout(patience);
    tell("One moment.");
    return end();
  }

  async function ready(end) {
    await end().catch(() => {});
    tell("The microphone is ready. Hold while you speak.");
  }

  const release = () => letGo?.();

  const meant = ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return false;
    return target === button ? [KEY, " ", "enter"].includes(key.toLowerCase()) : key.toLowerCase() === KEY && !target.matches("input, pre");
  };

  document.addEventListener("keydown", (event) => {
    if (!meant(event)) return;
    event.preventDefault();
    if (!event.repeat) hold();
  });

  document.addEventListener("keyup", (event) => {
    if (!meant(event)) return;
    event.preventDefault();
    release();
  });

  button.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    button.setPointerCapture(event.pointerId);
    hold();
  });

  button.addEventListener("pointerup", release);
  button.addEventListener("pointercancel", release);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  window.addEventListener("blur", release);

  // Neither a pointer nor a key.
  button.addEventListener("click", ({ detail }) => {
    if (detail) return;
    if (letGo) release();
    else hold();
  });
}
