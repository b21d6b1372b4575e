// The sound has the clock: what is drawn is where the sound is, and each command says how far it had come.

import { talkBy } from "./talk.js";

const the = (id) => document.getElementById(id);
const sound = the("sound");

const still = matchMedia("(prefers-reduced-motion: reduce)");

let evening = { turn: 0, spoken_ms: 0, life_ms: 0, captions: [], works: [], stages: [], here: null, routine: null, open: false };
let busy = Promise.resolve();
let drawnPose = "";
let drawnDots = "";
let deaf = "";
let talking = false;

const now = () => Math.round(sound.currentTime * 1000);

const last = (items, at) => items.findLast((item) => item.starts <= at);

// Stops the sound, and gives the moment that it was at.
function hush() {
  sound.pause();
  return { turn: evening.turn, heard_ms: now() };
}

function play() {
  if (talking || !evening.life_ms || sound.ended) return;
  sound.play().catch(() => (the("standing").textContent = "Press a button, and the sound starts."));
}

async function command(address, body) {
  const at = hush();
  write(the("standing"), "One moment.");
  write(the("heard"), "");
  const { error } = await inTurn(at, (moment) => send(address, "application/json", JSON.stringify({ ...body, ...moment })));
  if (error) write(the("standing"), error);
}

async function aloud(wav, at) {
  const { error, words } = await inTurn(at, ({ turn, heard_ms }) =>
    send(`/say-aloud?turn=${turn}&heard_ms=${heard_ms}`, "audio/wav", wav),
  );
  if (error) throw new Error(error);
  return `Heard: “${words}”`;
}

// A command waits until the one before it is answered. Of an answer that came meanwhile nothing has been heard yet.
function inTurn(at, sending) {
  busy = busy.then(() => sending(at.turn === evening.turn ? at : { turn: evening.turn, heard_ms: 0 }));
  return busy;
}

async function send(address, kind, body) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": kind }, body });
    const told = await answer.json();
    if (answer.ok) take(told);
    return told;
  } catch (error) {
    return { error: `This page has lost its speaker (${error.message}). Run make page again.` };
  }
}

const say = (words) => command("/say", { words });

// What happened since the last command: exchanges for the list, and what is being played now.
function take(since) {
  for (const exchange of since.exchanges) list(exchange);
  evening = since.now;
  the("choices").hidden = evening.open;
  for (const button of the("controls").querySelectorAll("[data-say]")) button.hidden = !evening.open;
  the("talk").classList.toggle("alone", !evening.open);
  if (evening.life_ms) {
    sound.src = `/sound/${evening.turn}.wav`;
    play();
  } else {
    sound.removeAttribute("src");
    sound.load();
  }
  write(the("trouble"), since.trouble);
  the("trouble").hidden = !since.trouble;
  draw();
}

function draw() {
  const at = now();
  const stage = last(evening.stages, at);
  const over = !evening.open && at >= evening.life_ms;
  const doing = over ? "closed" : stage?.doing ?? "closed";
  document.body.dataset.doing = doing;
  standing(doing, stage, at);
  caption(last(evening.captions, at));
  const work = last(evening.works, at);
  ring(work, at);
  step(work ?? evening.here);
  routine(work, at);
}

function standing(doing, stage, at) {
  const left = stage ? Math.ceil((stage.starts + stage.ms - at) / 1000) : 0;
  const words = {
    listening: `Listening: ${left} s to answer`,
    closed: "No session is open.",
  };
  write(the("standing"), words[doing] ?? "");
}

// What was said last stays where it is to be read, until something else is.
function caption(words) {
  if (words) write(the("caption"), words.text);
}

function ring(work, at) {
  const timed = work && at < work.ends;
  the("ring").hidden = !timed;
  if (!timed) return;
  const ready = at < work.works;
  const left = ready ? work.works - at : work.ends - at;
  const whole = ready ? work.works - work.starts : work.done + work.ends - work.works;
  write(the("number"), String(Math.ceil(left / 1000)));
  write(the("unit"), ready ? "seconds to get ready" : work.unit);
  // Whoever wants nothing to move sees it change with the number.
  const drawn = still.matches ? Math.ceil(left / 1000) * 1000 : left;
  the("left").style.strokeDasharray = `${Math.min(100, Math.max(0, (100 * drawn) / whole))} 100`;
}

// What is done, or comes next once somebody says so.
function step(shown) {
  the("name").hidden = !shown;
  write(the("name"), shown?.name ?? "");
  const picture = shown?.pose ?? "";
  the("explain").hidden = !picture;
  const theme = document.documentElement.dataset.theme ?? "dark";
  const address = picture && `/pose/${picture}-${theme}.svg`;
  if (address === drawnPose) return;
  drawnPose = address;
  if (!address) return;
  the("pose").src = address;
  the("pose").alt = shown.picture;
}

function routine(work, at) {
  const whole = evening.routine;
  the("routine").hidden = !whole;
  if (!whole) return;
  const now = whole.finished ? "" : (work?.exercise ?? whole.now);
  const passed = whole.exercises.findIndex(({ id }) => id === now);
  const states = whole.exercises.map(({ done }, index) => (index === passed ? "now" : done || index < passed ? "done" : "coming"));
  if (drawnDots !== states.join()) {
    drawnDots = states.join();
    the("dots").replaceChildren(...whole.exercises.map(({ name }, index) => dot(name, states[index], index)));
  }
  const left = Math.round((whole.after_ms + Math.max(0, evening.spoken_ms - at)) / 60000);
  write(the("minutes"), whole.finished ? "done" : left ? `about ${left} min left` : "less than a minute left");
  the("pause").dataset.say = whole.paused ? "resume" : "pause";
  write(the("pause").querySelector("span"), whole.paused ? "Resume" : "Pause");
}

function dot(name, state, index) {
  const made = element("li", state, state === "done" ? "✓" : String(index + 1));
  if (state === "now") made.setAttribute("aria-current", "step");
  made.append(element("span", "name", ` ${name}, ${{ done: "done", now: "now", coming: "to come" }[state]}`));
  return made;
}

function list(exchange) {
  const item = element("li");
  if (exchange.said) item.append(element("p", "said", `You: ${exchange.said}`));
  if (exchange.understood) item.append(element("p", "understood", exchange.understood));
  if (exchange.notice) item.append(element("p", "trouble", exchange.notice));
  if (exchange.speech) item.append(element("p", "", `Coach: ${exchange.speech}`));
  if (exchange.fault) item.append(element("p", "trouble", exchange.fault));
  if (exchange.ended) item.append(element("p", "understood", `The session has ended: ${exchange.ended}.`));
  for (const [name, what] of Object.entries(exchange.behind)) {
    const details = element("details");
    details.append(element("summary", "", name), element("pre", "", JSON.stringify(what, null, 2)));
    details.lastChild.tabIndex = 0;
    item.append(details);
  }
  the("turns").prepend(item);
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// Text that has not changed is left alone: screen readers would read it again.
function write(where, text) {
  if (where.textContent !== text) where.textContent = text;
}

function frame() {
  if (!sound.paused) draw();
  requestAnimationFrame(frame);
}

sound.addEventListener("ended", () => {
  draw();
  if (evening.open) command("/silence", {});
});

// Where the pictures were not made, there is the button alone.
the("pose").addEventListener("error", () => (the("pose").hidden = true));
the("pose").addEventListener("load", () => (the("pose").hidden = false));

the("explain").addEventListener("click", () => say("how do I do this"));

the("controls").addEventListener("click", (event) => {
  const button = event.target.closest("[data-say]");
  if (button) say(button.dataset.say);
});

talkBy(the("talk"), {
  hush: () => {
    talking = true;
    return hush();
  },
  send: aloud,
  goOn: () => {
    talking = false;
    play();
  },
  tell: (text) => write(the("heard"), text),
  deaf: () => deaf,
});

the("speak").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = the("words").value.trim();
  if (!words) return;
  the("words").value = "";
  say(words);
});

the("mute").addEventListener("click", () => {
  sound.muted = !sound.muted;
  the("mute").setAttribute("aria-pressed", String(sound.muted));
  the("caption").setAttribute("aria-live", sound.muted ? "polite" : "off");
});

the("theme").addEventListener("click", () => {
  const light = document.documentElement.dataset.theme !== "light";
  document.documentElement.dataset.theme = light ? "light" : "dark";
  the("theme").setAttribute("aria-pressed", String(light));
  draw();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, pre")) return;
  if (event.key === "/") {
    event.preventDefault();
    the("words").focus();
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const button = the("controls").querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button || button.hidden) return;
  event.preventDefault();
  say(button.dataset.say);
});

async function begin() {
  const first = await (await fetch("/evening")).json();
  the("routines").replaceChildren(
    ...first.choices.map(({ name, about, say: words }) => {
      const item = element("li");
      const button = element("button");
      button.type = "button";
      button.append(element("strong", "", name), about);
      button.addEventListener("click", () => say(words));
      item.append(button);
      return item;
    }),
  );
  deaf = first.deaf;
  take(first);
  frame();
}

begin();
