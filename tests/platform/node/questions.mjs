// Whether an answer asks where it leaves the microphone open, and only there: the check for certification of ask-sdk-test,
// over all conversations of the test run.
//   node questions.mjs [../../../build/responses.jsonl]
// Its trap: it takes a question mark for a prompt, and nothing else, and looks at the speech alone. Amazon opens the
// microphone after a question or after what can be said, and has the reprompt for those who keep silent. So an answer may
// also ask in its reprompt, or close with one of the sentences below, and each of them must be heard.

import { createRequire } from "node:module";
import { turns } from "./corpus.mjs";

const { QuestionMarkValidator } = createRequire(import.meta.url)("ask-sdk-test/lib/tester/QuestionMarkValidator.js");
const SHOWN = 20;
const SAY_INSTEAD = {
  "paused: who rests is not pressed, and hears the word that goes on": /\bsay "resume"/i,
  "over: nothing is left to do, and all is up to them": /^You can name another routine, or say "stop"\.$/,
  "in pain: they rest today, and speak up when they want to": /^When it feels better, tell me which routine/,
  "kept: not now was said a moment ago, and is not asked again": /^Or say "the quick routine" to begin something else\.$/,
};

const validator = new QuestionMarkValidator();
const words = (output) => (output?.ssml ?? "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
const last = (said) => said.split(/(?<=[.!?]["”]?) (?=\S)/).at(-1);

/** What it objects to in an answer; empty when that is nothing. */
function objection(response) {
  try {
    validator.validate({}, response);
    return "";
  } catch (error) {
    return error.message;
  }
}

/** What is wrong with an answer, or how it asks all the same. */
function judge({ response }) {
  const found = objection(response);
  const { outputSpeech, reprompt, shouldEndSession } = response.response ?? {};
  if (!found) return { how: "asked" };
  if (shouldEndSession !== false) return { found };
  if (words(reprompt?.outputSpeech).includes("?")) return { how: "asked in the reprompt" };
  const said = last(words(outputSpeech));
  const how = Object.keys(SAY_INSTEAD).find((kind) => SAY_INSTEAD[kind].test(said));
  return how ? { how } : { found };
}

const answer = (ssml, shouldEndSession) => ({
  response: { response: { outputSpeech: { type: "SSML", ssml: `<speak>${ssml}</speak>` }, shouldEndSession } },
});
const MISTAKES = [answer('Say "resume". Hold there.', false), answer("Rest well. Ready?", true)];
const unseen = MISTAKES.filter((mistake) => !judge(mistake).found);

const heard = new Map();
const findings = new Map();
let count = 0;
for await (const turn of turns()) {
  const { found, how } = judge(turn);
  count += 1;
  if (how) heard.set(how, (heard.get(how) ?? 0) + 1);
  else {
    const key = `${found}\n    ${turn.request?.request?.intent?.name}: ${last(words(turn.response.response?.outputSpeech))}`;
    findings.set(key, (findings.get(key) ?? 0) + 1);
  }
}

const stale = Object.keys(SAY_INSTEAD).filter((kind) => !heard.has(kind));
for (const [finding, times] of [...findings].slice(0, SHOWN)) console.log(`${finding}\n    ${times} times`);
for (const [how, times] of heard) console.log(`${String(times).padStart(6)} ${how}`);
for (const kind of stale) console.log(`     0 ${kind}: nobody hears it, so take it out`);
for (const { response } of unseen) console.log(`not found, and put in to be: ${words(response.response.outputSpeech)}`);
const failed = [...findings.values()].reduce((sum, times) => sum + times, 0);
console.log(`${count - failed} of ${count} answers ask where they listen, and only there`);
process.exit(failed || stale.length || unseen.length || count === 0 ? 1 : 0);
