// Writes what the commands of examples/tour/README.md print below them, and draws
// the session at the top of the project's README: `deno task tour`.
import { playConsoleBlocks } from "./console_blocks.ts";
import { drawTerminal } from "./terminal_svg.ts";

const ROOT = new URL("../", import.meta.url);
const TOUR = new URL("examples/tour/", ROOT);
const README = new URL("README.md", TOUR);
const SESSION = `\`\`\`console
$ cicdstatemgr init checkout-42 --app-config app.yaml --bases-dir bases \\
    --set state.git.branch=main --set state.git.sha=5c0ffee1d00d
$ # Three tasks at the same time. None loses what the others wrote.
$ for n in 10 20 70; do \\
    cicdstatemgr increment state.passed --by $n >/dev/null & done; wait
$ cicdstatemgr get state.passed
$ cicdstatemgr generate pipelines.build.generators.image
$ cicdstatemgr event build finished
$ # Wait until somebody approves, in another pipeline or with a button.
$ (sleep 1; cicdstatemgr set state.approved=yes) & cicdstatemgr wait state.approved
$ cicdstatemgr export state.git --format shell --prefix GIT_ --upper
$ cicdstatemgr get state.imge
\`\`\``;

const { page } = await playConsoleBlocks(
  await Deno.readTextFile(README),
  TOUR,
);
await Deno.writeTextFile(README, page);
const { commands } = await playConsoleBlocks(SESSION, TOUR);
await Deno.writeTextFile(
  new URL("docs/session.svg", ROOT),
  drawTerminal(commands),
);
