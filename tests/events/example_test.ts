import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { answer } from "../../scripts/echo_server.ts";

const ROOT = new URL("../../", import.meta.url);
const EXAMPLE = new URL("examples/events/", ROOT);
const BLOCK_REGEXP = /```sh\n([^]*?)```/g;
const PORT_REGEXP = /8077/g;

/** The README's commands, but for those that start and stop the server. */
function commandsOf(readme: string): string {
  const blocks = [...readme.matchAll(BLOCK_REGEXP)].map(([, block]) => block!);
  return blocks.slice(2, -1).join("\n");
}

Deno.test("examples/events works as its README says, with the permissions that it names", async () => {
  const received: string[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen() {},
  }, async (request) => {
    received.push(new URL(request.url).pathname);
    return answer(request, await request.text());
  });
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-example-" });
  try {
    for await (const { name } of Deno.readDir(EXAMPLE)) {
      const text = await Deno.readTextFile(new URL(name, EXAMPLE));
      await Deno.writeTextFile(
        `${folder}/${name}`,
        text.replace(PORT_REGEXP, String(server.addr.port)),
      );
    }
    const commands = commandsOf(await Deno.readTextFile(`${folder}/README.md`));
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: [
        "-ec",
        `cicdstatemgr() {
          '${Deno.execPath()}' run --quiet --no-prompt --allow-read=. \\
            --allow-write=localdata --allow-env='CICDSTATEMGR_*' \\
            --allow-net=127.0.0.1:${server.addr.port} \\
            '${ROOT.pathname}cli.ts' "$@"
        }
        ${commands}`,
      ],
      cwd: folder,
      env: {
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
        NO_COLOR: "1",
      },
      stdin: "null",
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    strictEqual(code, 0, err);
    match(
      err!,
      /^(?:cicdstatemgr: Sent [^\n]* to http:\/\/127\.0\.0\.1:[^\n]*\n){6}$/,
    );
    match(out!, /^checkout-42\n\d+\.\d{6}\nnotify would send POST /);
    strictEqual(out!.match(/"delivered": true/g)?.length, 6);
    strictEqual(out!.includes("not-a-real"), false);
    deepStrictEqual(received, [
      "/slack/chat.postMessage",
      "/slack/chat.postMessage",
      "/hooks/pipelines",
      "/slack/chat.postMessage",
      "/slack/chat.postMessage",
      "/reply/7",
    ]);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
