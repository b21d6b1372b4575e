// The turns of the test run, in the order in which each conversation was held: build/responses.jsonl, or the file that is
// named on the command line.

import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";

/** One {request, response} after the other. */
export async function* turns() {
  const corpus = process.argv[2] ?? new URL("../../../build/responses.jsonl", import.meta.url);
  if (!existsSync(corpus)) {
    console.error(`No corpus at ${corpus.pathname ?? corpus}: the test run writes it, so run "make test" first.`);
    process.exit(2);
  }
  for await (const line of createInterface({ input: createReadStream(corpus), crlfDelay: Infinity })) {
    if (line.trim()) yield JSON.parse(line);
  }
}
