// Reads a corpus of turns, one JSON {"request": …, "response": …} a line, and holds every response against checks that
// others wrote: ssml-check-core on all that is spoken, ajv with Amazon's schemas on both envelopes, and Amazon's linter
// apl-suggester on all that is shown.
//   node check.mjs [../../../build/responses.jsonl]

import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import aplSuggester from "apl-suggester";
import ssmlChecker from "ssml-check-core";
import { turns } from "./corpus.mjs";

const SHOWN = 40;
const ajv = addFormats(new Ajv({ strict: false, discriminator: false }));
const [fitsResponse, fitsRequest] = ["response", "request"].map((name) =>
  ajv.compile(JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), "utf8"))),
);

const counts = { turns: 0, speeches: 0, passed: 0, failed: 0 };
const alreadyHeard = new Map();
const alreadySeen = new Map();
const linter = new aplSuggester.StaticAplTemplateValidator();
const findings = new Map();

function record(finding, asked, said = "") {
  const places = findings.get(finding) ?? [];
  findings.set(finding, [...places, `${asked}${said && `: …${said.slice(-100)}`}`]);
}

async function ssmlFaults(ssml, locale) {
  const key = `${locale} ${ssml}`;
  if (!alreadyHeard.has(key)) {
    const errors = (await ssmlChecker.check(ssml, { platform: "amazon", locale })) ?? [];
    alreadyHeard.set(key, errors.map((error) => `ssml: ${JSON.stringify(error)}`));
  }
  return alreadyHeard.get(key);
}

async function screenFaults(document) {
  const key = JSON.stringify(document);
  if (!alreadySeen.has(key)) {
    const found = await linter.validate(document);
    alreadySeen.set(key, found.map(({ path, errorMessage }) => `screen: ${path}: ${errorMessage}`));
  }
  return alreadySeen.get(key);
}

function schemaFaults(name, fits, envelope) {
  if (fits(envelope)) return [];
  return fits.errors.slice(0, 3).map((error) => `${name}${error.instancePath}: ${error.message}`);
}

async function check({ request, response }) {
  const asked = request?.request?.intent?.name ?? request?.request?.type ?? "?";
  const body = response?.response ?? {};
  const faults = [...schemaFaults("response", fitsResponse, response), ...schemaFaults("request", fitsRequest, request)];
  faults.forEach((fault) => record(fault, asked));
  let broken = faults.length > 0;
  for (const output of [body.outputSpeech, body.reprompt?.outputSpeech].filter(Boolean)) {
    counts.speeches += 1;
    for (const fault of await ssmlFaults(output.ssml ?? "", request?.request?.locale ?? "en-US")) {
      record(fault, asked, output.ssml);
      broken = true;
    }
  }
  for (const { document } of body.directives?.filter((one) => one.document) ?? []) {
    for (const fault of await screenFaults(document)) {
      record(fault, asked);
      broken = true;
    }
  }
  counts.turns += 1;
  counts[broken ? "failed" : "passed"] += 1;
}

for await (const turn of turns()) await check(turn);

for (const [finding, places] of [...findings].slice(0, SHOWN)) {
  console.log(`${finding}\n    ${places.length} times, first after ${places[0]}`);
}
if (findings.size > SHOWN) console.log(`and ${findings.size - SHOWN} more kinds`);
console.log(`${counts.turns} turns, ${counts.speeches} speeches, ${alreadyHeard.size} of them different`);
console.log(`${alreadySeen.size} different documents for a screen`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
if (counts.turns === 0) console.error("The corpus is empty: nothing was checked.");
process.exit(counts.failed > 0 || counts.turns === 0 ? 1 : 0);
