// The real handler behind a free port of this computer, with a store of its own that is gone afterwards.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const STARTS_WITHIN_MS = 20_000;

function python() {
  const own = join(ROOT, ".venv", "bin", "python");
  return process.env.PYTHON ?? (existsSync(own) ? own : "python3");
}

/** Starts the server, hands its address to `use`, and ends it whatever happens. */
export async function withServer(use) {
  const folder = mkdtempSync(join(tmpdir(), "hip-coach-"));
  const store = `sqlite:///${join(folder, "progress.sqlite")}`;
  const server = spawn(python(), ["-m", "simulator", "--store", store, "--serve", "0"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => server.once("close", resolve));
  try {
    return await use(await address(server));
  } finally {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function address(server) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the server did not start in time")), STARTS_WITHIN_MS);
    let printed = "";
    server.stdout.setEncoding("utf8").on("data", (text) => {
      printed += text;
      const url = printed.match(/http:\/\/127\.0\.0\.1:\d+\//);
      if (url) {
        clearTimeout(late);
        resolve(url[0]);
      }
    });
    server.once("error", reject);
    server.once("close", (code) => reject(new Error(`the server ended at once, with status ${code}`)));
  });
}
