// Plays command lines and asks V8 which functions they call.
import { playAct } from "./demo_player.ts";
import type { DemoAct } from "./demo_steps.ts";
import { answer } from "./echo_server.ts";

/** V8's coverage of a script. */
export interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly [
      { startOffset: number; endOffset: number; count: number },
    ];
  }[];
}

/**
 * The commands that pipelines call most, with and without the flags of older
 * scripts.
 */
export const COMMON: DemoAct = {
  title: "Common commands",
  example: "quickstart",
  steps: [{
    text: "",
    lines: [
      `env -u DENO_COVERAGE_DIR cicdstatemgr init checkout-42 --app-config app.yaml \\
    --bases-dir bases --set state.git.sha=5c0ffee1d00d`,
      "cicdstatemgr set state.tests.passed=128",
      "cicdstatemgr get state.git.sha",
      "cicdstatemgr --set state.tests.passed=129",
      "cicdstatemgr --version",
      "cicdstatemgr --load",
      "cicdstatemgr --get state.git.sha",
    ],
  }],
};

/**
 * Plays acts and yields what V8 writes about each script of each process.
 *
 * @param acts The acts.
 * @param cli The script that `cicdstatemgr` stands for.
 */
export async function* playCoverage(
  acts: readonly DemoAct[],
  cli: URL,
): AsyncGenerator<ScriptCoverage> {
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-called-" });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => answer(request, await request.text()),
  );
  try {
    for (const act of acts) {
      await playAct(act, {
        cli,
        address: `127.0.0.1:${server.addr.port}`,
        shown: false,
        env: { DENO_COVERAGE_DIR: folder },
      });
    }
    for await (const { name } of Deno.readDir(folder)) {
      yield JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
