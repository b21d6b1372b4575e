// Whether virtual-alexa, which nobody here wrote, finds in the interaction model the intent of each phrase that is
// promised, word for word. The handler here only hears the request.
//   node phrases.mjs
// Its trap: it takes a phrase with ask, open, launch, tell or task in it for a launch, so those are left out and counted.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./server.mjs";

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const { VirtualAlexa } = createRequire(import.meta.url)("virtual-alexa");
const LAUNCHES = /ask|open|launch|tell/i;
// What it reads in another way, and why. Whoever mends one of these in virtual-alexa is told.
const NO_MATCH = "Unable to match utterance";
const ITS_OWN_WAY = {
  "something for my lower back, ten minutes": NO_MATCH, // The first of two slots takes all the words that there are.
  "I did three pelvic tilts": NO_MATCH, // Likewise.
  "thirty more seconds": NO_MATCH, // It counts to twenty in words.
  "Go to the dolphin.": NO_MATCH, // There is no such exercise, and a value that it does not know is none.
  "keep going": "AMAZON.ResumeIntent", // By its own list of what is said for Amazon's intents.
  "more": "MoreTimeIntent", // As "{length} more", with nothing in the slot.
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

const counts = { found: 0, other: 0, left: 0 };
for (const [said, intent] of promised) {
  if (LAUNCHES.test(said)) {
    counts.left += 1;
    continue;
  }
  try {
    heard = undefined;
    await alexa.utter(said.replace(/[.?!,]/g, "").toLowerCase());
  } catch (error) {
    heard = error.message;
  }
  const expected = ITS_OWN_WAY[said] ?? intent;
  const found = heard?.startsWith(expected);
  counts[!found ? "other" : expected === intent ? "found" : "left"] += 1;
  if (!found) console.log(`"${said}" is ${heard}, not ${expected}`);
}
console.log(`${counts.found} phrases found, ${counts.other} not, ${counts.left} left out`);
process.exit(counts.other > 0 || counts.found === 0 ? 1 : 0);
