import { deepStrictEqual, ok } from "node:assert/strict";
import { createEventWorkspace } from "./event_workspace.ts";
import { startHttpServer } from "./http_server.ts";
import type { Workspace } from "./workspace.ts";
import type { SharedStore } from "./writers.ts";

const FIRE = ["--handle-event", "board=go", "--tmpl-ctx-var"] as const;

/**
 * Kills command lines that handle an event at moments spread over their run,
 * and fails if only a part of what they set is stored.
 *
 * @param shared The store.
 * @param rounds How many are killed.
 */
export async function killEvents(
  shared: SharedStore,
  rounds: number,
): Promise<void> {
  await using server = startHttpServer(() => Response.json({ ok: true }));
  await using workspace = await prepare(shared, server.url);
  const start = performance.now();
  await workspace.run(...FIRE, "round=r0");
  const durationMs = performance.now() - start;
  let last = "r0";
  for (let round = 1; round <= rounds; round++) {
    const child = workspace.start(...FIRE, `round=r${round}`);
    // Mostly while documents are written.
    const at = durationMs * (0.4 + 0.7 * round / rounds);
    const timer = setTimeout(() => {
      try {
        child.kill("SIGKILL");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }, at);
    await child.output();
    clearTimeout(timer);
    const { code, stdout } = await workspace.run("--load", "--id", "run-1");
    deepStrictEqual([code, stdout], [0, ""]);
    const got = await workspace.run("--get", "state.a,b,c");
    const [a, b, c] = JSON.parse(got.stdout);
    deepStrictEqual([b, c], [a, a]);
    ok(a === last || a === `r${round}`, `${a} is neither before nor after`);
    last = a;
  }
}

/** Prepares an event that sets two values, sends, and captures a third. */
async function prepare(
  { kind, section }: SharedStore,
  url: string,
): Promise<Workspace> {
  const [a, b, c] = ["a", "b", "c"].map((key) => (
    { from: "{{ round }}", to: `state.${key}` }
  ));
  const handlers = {
    "set-values": { one: { set: [a, b] } },
    "notify": { message: "m", "capture-response-data": [c] },
  };
  return await createEventWorkspace(handlers, {
    datasources: {
      [kind]: { ...section, isPrimary: true },
      shellfile: { path: "mirror.sh" },
    },
    slack: { url },
    templates: { notify: "{}" },
  });
}
