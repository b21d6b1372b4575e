// Walks whole routines with virtual-alexa, an Alexa client that nobody here wrote, against the real handler: it finds the
// intent in the interaction model, carries the session, resolves slot values to ids. What is heard is asserted.
//   node walk.mjs
// Its traps: an utterance with ask, open, launch, tell or task in it becomes a launch; it knows no FallbackIntent; and it
// has no time, so the clock here moves on by what was heard, as it would for a person who listens to the end.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT, withServer } from "./server.mjs";

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const { VirtualAlexa } = createRequire(import.meta.url)("virtual-alexa");
const LOCALE = "en-US";
const WORD_MS = 380;
const DAY_MS = 86_400_000;
const MOST_TURNS = 60;
// virtual-alexa's own number for EXCEEDED_MAX_REPROMPTS.
const NOBODY_ANSWERED = 1;
const content = JSON.parse(readFileSync(join(ROOT, "lambda/coach/compiled", `${LOCALE}.json`), "utf8"));

/** A person with a speaker: says things, hears answers, and lives in a time of their own. */
class Person {
  constructor(url, name) {
    this.now = Date.parse("2026-11-23T19:00:00Z");
    this.open = false;
    this.alexa = VirtualAlexa.Builder()
      .skillURL(url)
      .interactionModelFile(join(ROOT, "interaction_model", `${LOCALE}.json`))
      .locale(LOCALE)
      .create();
    this.alexa.context().user().setID(`amzn1.ask.account.${name}`);
    this.alexa.filter((envelope) => {
      envelope.request.timestamp = new Date(this.now).toISOString().replace(/\.\d+Z$/, "Z");
      // Nothing answers here: a walk must not ask Amazon for anything.
      envelope.context.System.apiEndpoint = "http://127.0.0.1:9";
    });
  }

  launch = () => this.#heard(this.alexa.launch());
  say = (words) => this.#heard(this.alexa.utter(words));
  silence = () => this.alexa.endSession(NOBODY_ANSWERED).then(() => (this.open = false));
  sleep = () => (this.now += DAY_MS);

  async #heard(answer) {
    const { response } = await answer;
    const ssml = response.outputSpeech?.ssml ?? "";
    this.open = response.shouldEndSession === false;
    this.now += lasts(ssml) + 2_000;
    assert.match(ssml, /^<speak>.*<\/speak>$/s, "every answer is spoken");
    if (this.open) assert.ok(response.reprompt, "an open session has a reprompt");
    return words(ssml);
  }
}

const words = (ssml) => ssml.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();

function lasts(ssml) {
  const breaks = [...ssml.matchAll(/<break time="([\d.]+)(m?)s"/g)];
  const quiet = breaks.reduce((sum, [, time, milli]) => sum + Number(time) * (milli ? 1 : 1000), 0);
  return quiet + words(ssml).split(" ").length * WORD_MS;
}

const named = (id, heard) => heard.toLowerCase().includes(content.exercises[id].words.name);

/** Says "next" until the session ends or nothing new comes; returns all that was heard. */
async function toTheEnd(person, first) {
  const heard = [first];
  while (person.open && heard.length < MOST_TURNS) {
    const answer = await person.say("next");
    heard.push(answer);
    if (answer === heard.at(-2)) break;
  }
  assert.ok(heard.length < MOST_TURNS, "the routine comes to an end");
  return heard;
}

const walks = {
  async "a first launch welcomes, warns and waits for an answer"(person) {
    const heard = await person.launch();
    assert.match(heard, /professional/);
    assert.match(heard, /\?$/);
    assert.ok(person.open);
  },

  async "the quick routine is heard to its end, each exercise in its turn and on both sides"(person) {
    await person.launch();
    const heard = (await toTheEnd(person, await person.say("start the quick routine"))).join(" ");
    let from = 0;
    for (const id of content.routines.quick.exercises) {
      const name = content.exercises[id].words.name;
      const at = heard.toLowerCase().indexOf(name, from);
      assert.ok(at >= 0, `${name} is heard after the one before`);
      from = at;
      if (content.exercises[id].sides !== "each") continue;
      const after = heard.slice(at).toLowerCase();
      assert.ok(after.includes("left") && after.includes("right"), `${name} is heard on both sides`);
    }
  },

  async "what was done is remembered"(person) {
    await person.launch();
    await toTheEnd(person, await person.say("start the quick routine"));
    const heard = await person.say("how am i doing");
    assert.match(heard, /\b(one|first)\b/i);
  },

  async "a synonym goes to its exercise"(person) {
    await person.launch();
    await person.say("start the full routine");
    assert.ok(named("pigeon_pose", await person.say("go to the pigeon")));
    assert.ok(named("pelvic_tilt", await person.say("go to the tummy tilt")));
  },

  async "after a pause the same exercise goes on"(person) {
    await person.launch();
    await person.say("start the quick routine");
    assert.match(await person.say("pause"), /resume/i);
    assert.ok((await person.say("resume")).length > 0);
    assert.ok(person.open);
  },

  async "a session that fell silent is resumed the next evening"(person) {
    await person.launch();
    await person.say("start the quick routine");
    await person.say("next");
    await person.silence();
    person.sleep();
    const heard = await person.say("resume yesterday's session");
    const routine = content.routines.quick.exercises;
    assert.ok(routine.some((id) => named(id, heard)), "it says where that was");
    assert.ok(person.open);
  },

  async "help asks, and stop says goodbye without a question"(person) {
    await person.launch();
    assert.match(await person.say("help"), /\?$/);
    assert.doesNotMatch(await person.say("stop"), /\?$/);
    assert.ok(!person.open);
  },
};

const failed = await withServer(async (url) => {
  let count = 0;
  for (const [index, [name, walk]] of Object.entries(walks).entries()) {
    try {
      await walk(new Person(url, `walker-${index}`));
      console.log(`ok      ${name}`);
    } catch (error) {
      count += 1;
      console.log(`NOT SO  ${name}\n        ${error.message ?? error}`);
    }
  }
  return count;
});
const total = Object.keys(walks).length;
console.log(`${total - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
