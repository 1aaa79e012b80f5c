/**
 * Uses the module instead of the command line: two tasks change one document.
 *
 * Run it with
 * `deno run --allow-read --allow-write examples/library.ts`
 */
// deno-lint-ignore-file no-console -- an example prints what it found
import { CicdStateMgr } from "../mod.ts";

const folder = await Deno.makeTempDir();
const example = new URL("quickstart/", import.meta.url);

await using manager = await CicdStateMgr.open({
  config: {
    cicdstatemgr: {
      datasources: { sqlite: { path: `${folder}/state.db`, isPrimary: true } },
      registry: "registry.example/apps",
    },
  },
});

await manager.init("checkout-42", {
  appConfig: new URL("app.yaml", example),
  basesDir: new URL("bases/", example),
  contextName: "prod",
  change: [
    { op: "set", path: ["state", "git", "sha"], value: "5c0ffee1d00d" },
    { op: "set", path: ["state", "git", "branch"], value: "main" },
  ],
});

// Both at the same time. Neither write is lost.
await Promise.all([
  manager.change("checkout-42", [
    { op: "append", path: ["state", "reports"], items: ["unit.xml"] },
    { op: "increment", path: ["state", "tests", "passed"], by: 128 },
  ]),
  manager.change("checkout-42", [
    { op: "append", path: ["state", "reports"], items: ["browser.xml"] },
    { op: "increment", path: ["state", "tests", "passed"], by: 17 },
  ]),
]);
await manager.generate("checkout-42", "pipelines.build.generators.image");

console.log("passed:", await manager.get("checkout-42", "state.tests.passed"));
console.log("reports:", await manager.get("checkout-42", "state.reports"));
console.log(
  "deploy:",
  await manager.get("checkout-42", "pipelines.deploy.command"),
);

await Deno.remove(folder, { recursive: true });
