// Writes ../schemas/*.json: JSON Schemas of what Amazon accepts, made from Amazon's own packages and turned strict
// (no property that Amazon does not name), so that pytest can check with them without Node.
//   npm ci && npm run schemas

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";

const require = createRequire(import.meta.url);
const OUT = new URL("../schemas/", import.meta.url);
const DIALECT = "http://json-schema.org/draft-07/schema#";
const MODEL_ROOTS = {
  "interaction-model": "v1.skill.interactionModel.InteractionModelData",
  "skill-manifest": "v1.skill.Manifest.SkillManifestEnvelope",
};
// Required by the types and yet left out by the service: when an intent has no dialog, when no value was found.
const NOT_ALWAYS_SENT = { IntentRequest: ["dialogState"], "slu.entityresolution.Resolution": ["values"] };
// Sent by the service and yet not in the types.
const ALSO_SENT = {
  LaunchRequest: { shouldLinkResultBeReturned: { type: "boolean" } },
  Slot: { source: { type: "string" } },
};
const NOT_SCHEMA = ["description", "discriminator", "x-isDiscriminator", "x-isEnum", "x-discriminator-value", "title"];

/** A copy without the words for human readers, which are most of the size. A property may itself be called "title". */
function bare(node, named = false) {
  if (Array.isArray(node)) return node.map((item) => bare(item));
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key]) => named || !NOT_SCHEMA.includes(key));
  const namesBelow = (key) => !named && (key === "properties" || key === "definitions");
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value, namesBelow(key))]));
}

function envelope(type) {
  const path = join(dirname(require.resolve("ask-sdk-model/package.json")), "index.d.ts");
  const made = createGenerator({ path, type, skipTypeCheck: true, additionalProperties: false }).createSchema(type);
  for (const [name, left] of Object.entries(NOT_ALWAYS_SENT)) {
    const definition = made.definitions[name];
    if (definition?.required) definition.required = definition.required.filter((property) => !left.includes(property));
  }
  for (const [name, more] of Object.entries(ALSO_SENT)) Object.assign(made.definitions[name]?.properties ?? {}, more);
  return { $schema: DIALECT, ...bare(made) };
}

/** One definition of the skill management API with what it inherits folded in, and closed to unknown properties. */
function closed(name, spec) {
  const { allOf = [], ...own } = spec[name];
  const whole = { ...own, properties: { ...own.properties }, required: [...(own.required ?? [])] };
  for (const part of allOf) {
    const from = part.$ref ? closed(nameOf(part.$ref), spec) : part;
    Object.assign(whole.properties, from.properties);
    whole.required.push(...(from.required ?? []));
    whole.type = "object";
  }
  const tag = discriminator(name, spec);
  if (tag && own["x-discriminator-value"]) whole.properties[tag] = { const: own["x-discriminator-value"] };
  if (Object.keys(whole.properties).length > 0) whole.additionalProperties ??= false;
  else delete whole.properties;
  if (whole.required.length === 0) delete whole.required;
  else whole.required = [...new Set(whole.required)];
  return whole;
}

/** The property that tells the kinds of `name` apart, wherever in its ancestry it is declared. */
function discriminator(name, spec) {
  if (spec[name].discriminator) return spec[name].discriminator;
  const parents = (spec[name].allOf ?? []).filter((part) => part.$ref).map((part) => nameOf(part.$ref));
  return parents.map((parent) => discriminator(parent, spec)).find(Boolean);
}

const nameOf = (ref) => ref.replace("#/definitions/", "");

function kindsOf(name, spec) {
  const extends_ = (other) => (spec[other].allOf ?? []).some((part) => part.$ref === `#/definitions/${name}`);
  return Object.keys(spec).filter(extends_).flatMap((kind) => [kind, ...kindsOf(kind, spec)]);
}

function refsIn(node) {
  if (node === null || typeof node !== "object") return [];
  return [...(typeof node.$ref === "string" ? [nameOf(node.$ref)] : []), ...Object.values(node).flatMap(refsIn)];
}

function managed(root) {
  const spec = require("ask-smapi-model/spec.json").definitions;
  const definitions = {};
  const waiting = [root];
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (name in definitions) continue;
    const kinds = spec[name].discriminator ? kindsOf(name, spec) : [];
    definitions[name] =
      kinds.length > 0 ? { anyOf: kinds.map((kind) => ({ $ref: `#/definitions/${kind}` })) } : closed(name, spec);
    waiting.push(...refsIn(definitions[name]));
  }
  return { $schema: DIALECT, $ref: `#/definitions/${root}`, ...bare({ definitions }) };
}

function write(name, schema) {
  const definitions = Object.entries(schema.definitions).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = definitions.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const head = `{"$schema": ${JSON.stringify(schema.$schema)}, "$ref": ${JSON.stringify(schema.$ref)}, "definitions": {`;
  writeFileSync(new URL(`${name}.json`, OUT), `${head}\n${lines.join(",\n")}\n}}\n`);
  console.log(`${name}.json: ${lines.length} definitions`);
}

write("response", envelope("ResponseEnvelope"));
write("request", envelope("RequestEnvelope"));
for (const [name, root] of Object.entries(MODEL_ROOTS)) write(name, managed(root));

const versions = ["ask-sdk-model", "ask-smapi-model"].map((pack) => {
  const { version } = JSON.parse(readFileSync(require.resolve(`${pack}/package.json`), "utf8"));
  return `${pack} ${version}`;
});
console.log(`made from ${versions.join(" and ")}`);
