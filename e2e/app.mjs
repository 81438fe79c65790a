// One `jalon serve` on an empty data folder: started, read, stopped. What its pages do is for the stories.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const program = process.env.JALON_BIN ?? join(target, "debug", "jalon");

/** How long the server may take to say where it is, and to leave when asked. */
const PATIENCE_MS = 30_000;

/** The lab's name server and roots, where there is a lab: what the server measures then is on this machine. */
const { JALON_LAB_DNS, JALON_LAB_TLS_ROOTS } = process.env;
const reach = [JALON_LAB_DNS && ["--resolver", JALON_LAB_DNS], JALON_LAB_TLS_ROOTS && ["--roots", JALON_LAB_TLS_ROOTS]];

/** Where screenshots and data folders go; ignored by git. */
export const output = join(target, "e2e");

/**
 * Starts the program with an empty data folder, on a free port, and waits until it has printed its one-time set-up link:
 * the line it ends its start with. The address is that link's origin.
 */
export async function startApp() {
  await mkdir(output, { recursive: true });
  const data = await mkdtemp(join(output, "data-"));
  const words = ["serve", "--data", data, "--listen", "127.0.0.1:0", ...reach.filter(Boolean).flat()];
  const server = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const app = { server, data, log: [], origin: null, setupLink: null };
  createInterface({ input: server.stderr }).on("line", (line) => app.log.push(line));
  try {
    app.setupLink = await readSetupLink(app);
    app.origin = new URL(app.setupLink).origin;
    return app;
  } catch (error) {
    await stopApp(app);
    throw new Error(`${program} serve did not start: ${error.message}\n${app.log.join("\n")}`);
  }
}

function readSetupLink({ server, log }) {
  const lines = createInterface({ input: server.stdout });
  return new Promise((resolve, reject) => {
    const late = AbortSignal.timeout(PATIENCE_MS);
    late.addEventListener("abort", () => reject(new Error(`no set-up link within ${PATIENCE_MS / 1000} s`)));
    server.on("error", reject);
    server.on("exit", (code, signal) => reject(new Error(`it ended (${signal ?? code})`)));
    lines.on("line", (line) => {
      log.push(line);
      const link = line.match(/https?:\/\/\S+\/set-up\S*/);
      if (link) resolve(link[0]);
    });
  });
}

/** Ends that process, by its id, and removes its data. */
export async function stopApp({ server, data }) {
  if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    const left = once(server, "exit", { signal: AbortSignal.timeout(PATIENCE_MS) });
    server.kill("SIGTERM");
    await left.catch(() => server.kill("SIGKILL"));
  }
  await rm(data, { recursive: true, force: true });
}
