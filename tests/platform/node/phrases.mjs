// Whether virtual-alexa, which nobody here wrote, finds in the interaction model the intent of each phrase that is
// promised, word for word. The handler here only hears the request.
//   node phrases.mjs
// Its traps: it takes a phrase with ask, open, launch, tell or task in it for a launch, unless somebody is asked to do it;
// and it counts to twenty in words.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./server.mjs";

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const { VirtualAlexa } = createRequire(import.meta.url)("virtual-alexa");
const LAUNCHES = /ask|open|launch|tell/i;
const IN_DIGITS = { thirty: "30" };
// What it reads in another way, and why. Whoever mends one of these in virtual-alexa is told.
const NO_MATCH = "Unable to match utterance";
const ITS_OWN_WAY = {
  // Of two slots side by side the first takes all the words that there are, and the second none.
  "something for my lower back, ten minutes": NO_MATCH,
  "I did three pelvic tilts": NO_MATCH,
  // There is no such exercise, and it takes none but those of the model. Alexa hands on what it does not know.
  "Go to the dolphin.": NO_MATCH,
  // It adds samples of Amazon's to Amazon's intents, and of two that are the same it takes the first in the model.
  "keep going": "AMAZON.ResumeIntent",
  // As "{number} more": no word at all is a number to it, and of two samples it prefers the one with a slot.
  "more": "MoreTimeIntent",
};
const promised = JSON.parse(readFileSync(join(ROOT, "tests/understanding/en-US/promises.json"), "utf8"));

let heard;
const alexa = VirtualAlexa.Builder()
  .handler((event, _, done) => {
    heard = event.request.intent?.name ?? event.request.type;
    done(null, { version: "1.0", response: { shouldEndSession: false } });
  })
  .interactionModelFile(join(ROOT, "interaction_model", "en-US.json"))
  .create();

/** The words as it has to be given them. */
function given(said) {
  const words = said.replace(/[.?!,]/g, "").toLowerCase().split(" ");
  const plain = words.map((word) => IN_DIGITS[word] ?? word).join(" ");
  return LAUNCHES.test(plain) ? `ask hip coach to ${plain}` : plain;
}

const counts = { found: 0, other: 0, left: 0 };
for (const [said, intent] of promised) {
  try {
    heard = undefined;
    await alexa.utter(given(said));
  } catch (error) {
    heard = error.message;
  }
  const expected = ITS_OWN_WAY[said] ?? intent;
  const found = heard?.startsWith(expected);
  counts[!found ? "other" : expected === intent ? "found" : "left"] += 1;
  if (!found) console.log(`"${said}" is ${heard}, not ${expected}`);
}
console.log(`${counts.found} phrases found, ${counts.other} not, ${counts.left} in its own way`);
process.exit(counts.other > 0 || counts.found === 0 ? 1 : 0);
