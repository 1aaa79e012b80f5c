// Plays two pipeline runs on the embedded store, in temporary folders. `sh` runs
// each command line exactly as it is shown.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { playAct } from "./demo_player.ts";
import { EVENTS, QUICKSTART } from "./demo_steps.ts";
import { answer } from "./echo_server.ts";

/** Stands in for the chat and the CI engine, and prints what it receives. */
async function receive(request: Request): Promise<Response> {
  const body = await request.text();
  const { pathname } = new URL(request.url);
  const shown = body.replaceAll(/\s*\n\s*/g, " ").trim();
  console.log(`  received: ${request.method} ${pathname} ${shown}`);
  return answer(request, body);
}

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  receive,
);
console.log(`Two runs of the service "checkout", each in a temporary folder.

The environment, as a pipeline sets it once for all of its tasks:
  CICDSTATEMGR_CONFIG_PATH=config.yaml
  CICDSTATEMGR_SECRETS_PATH=secrets.yaml
  CICDSTATEMGR_CONTEXT_DATA_ID=checkout-42`);
try {
  for (const act of [QUICKSTART, EVENTS]) {
    console.log(`\n== ${act.title}`);
    await playAct(act, {
      cli: new URL("../cli.ts", import.meta.url),
      address: `127.0.0.1:${server.addr.port}`,
      shown: true,
      onStep: ({ text }, number) => console.log(`\n${number}. ${text}\n`),
      onLine: (line) => console.log(`$ ${line}`),
    });
  }
} finally {
  await server.shutdown();
}
