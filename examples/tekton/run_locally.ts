/**
 * Plays this example without a cluster: a local server stands in for Slack, for
 * the repository's webhook and for the EventListener, SQLite for Redis, and
 * folders for workspaces. Every Task's script is run as it is.
 *
 *     deno run --allow-read --allow-write --allow-run --allow-env=PATH \
 *       --allow-net=127.0.0.1 examples/tekton/run_locally.ts
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a script that shows a conversation
import { installProgram, useSqlite } from "../local/program.ts";
import { createPipelineRuns, hmac } from "./local/event_listener.ts";
import { Cluster } from "./local/pipeline_run.ts";
import { readResources } from "./local/resources.ts";
import { receive } from "./slack_receiver.ts";

const HERE = new URL("./", import.meta.url);

interface Button {
  readonly text: { readonly text: string };
  readonly value: string;
}

interface Message {
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly { readonly elements?: readonly Button[] }[];
}

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-tekton-" });
const resources = await readResources(HERE);
const secret = (name: string, key: string) =>
  resources.files.get(name)!.get(key)!;
/** What was started and has not ended. */
let running: Promise<void> = Promise.resolve();
/** The buttons that people see, by their labels. */
const buttons = new Map<string, string>();
let messages = 0;

const server: Deno.HttpServer<Deno.NetAddr> = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  async (request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/interactivity") {
      return receive(request, {
        listenerUrl: `${address}/listener`,
        listenerToken: secret("cicd-listener", "token"),
        signingSecret: secret("slack", "signing-secret"),
      });
    }
    const text = await request.text();
    if (pathname === "/listener") return listen(request.headers, text);
    if (pathname.startsWith("/respond/")) {
      console.log(`  │ ${JSON.parse(text).text}`);
      return new Response("ok");
    }
    return post(JSON.parse(text));
  },
);
const address = `http://127.0.0.1:${server.addr.port}`;

/** Answers like Slack's chat.postMessage, and shows the message. */
function post({ channel, text, thread_ts: thread, blocks = [] }: Message) {
  const options = blocks.flatMap(({ elements = [] }) => elements);
  const labels = options.map((option) => `[ ${option.text.text} ]`);
  const indent = thread ? "  │ " : "";
  if (!thread) console.log(`\n${channel}`);
  console.log([`${indent}${text}`, ...labels].join("  "));
  for (const option of options) buttons.set(option.text.text, option.value);
  const ts = `1700000000.${String(++messages).padStart(6, "0")}`;
  return Response.json({ ok: true, channel, ts });
}

/** Answers like the EventListener, and runs what it creates. */
async function listen(headers: Headers, text: string): Promise<Response> {
  const runs = await createPipelineRuns(resources, headers, text);
  for (const run of runs) running = running.then(() => cluster.run(run));
  return new Response(null, { status: runs.length > 0 ? 202 : 403 });
}

/** Posts to the local server. */
async function send(
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<void> {
  const response = await fetch(address + path, {
    method: "POST",
    headers,
    body,
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
}

/** Waits until no PipelineRun is left, also of those that others started. */
async function settle(): Promise<void> {
  let last;
  do {
    last = running;
    await last;
  } while (last !== running);
}

/** Pushes a commit: the repository calls the EventListener. */
async function push(branch: string, sha: string, message: string) {
  const body = JSON.stringify({
    ref: `refs/heads/${branch}`,
    repository: { name: "checkout", clone_url: "https://git.example/checkout" },
    head_commit: { id: sha, message },
  });
  const signature = await hmac(secret("github-webhook", "secret"), body);
  await send("/listener", {
    "x-github-event": "push",
    "x-hub-signature-256": `sha256=${signature}`,
  }, body);
  await settle();
}

/** Presses a button: Slack calls the receiver. */
async function press(label: string) {
  console.log(`  │     → maria presses [ ${label} ]`);
  const payload = JSON.stringify({
    user: { name: "maria" },
    response_url: `${address}/respond/1`,
    actions: [{ value: buttons.get(label) }],
  });
  const form = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await hmac(
    secret("slack", "signing-secret"),
    `v0:${timestamp}:${form}`,
  );
  await send("/interactivity", {
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${signature}`,
  }, form);
  await settle();
}

/** Points the config and the secrets to this machine. */
function localize(): void {
  for (const name of ["cicdstatemgr-config", "cicdstatemgr-secrets"]) {
    const files = resources.files.get(name)!;
    for (const [file, text] of files) {
      const localized = useSqlite(text, `${folder}/state.db`)
        .replace(/https:\/\/slack\.com.*/, `${address}/slack`)
        .replace(/http:\/\/el-cicd.*/, `${address}/listener`);
      files.set(file, localized);
    }
  }
}

localize();
await installProgram(`${folder}/bin`);
const cluster = new Cluster(resources, {
  folder,
  programs: `${folder}/bin`,
  source: HERE,
  onOutput(task, output) {
    if (Deno.args.includes("--verbose")) console.log(`${task}: ${output}`);
  },
});
try {
  await push("main", "5c0ffee1d00d", 'Round "half" up; $(id)');
  for (
    const label of ["Build", "Validate", "Deploy to blue", "Test"]
  ) await press(label);
  await push("x|state.approved=yes", "0badcafe0001", "Try another rounding");
} finally {
  await server.shutdown();
  await Deno.remove(folder, { recursive: true });
}
