/**
 * A tool of your own, on a store and a mirror of your own: it records one result
 * of a build.
 *
 *     deno run --allow-net=HOST --allow-read --allow-write=SUMMARY \
 *       report.ts http://HOST/FOLDER/ SUMMARY NAME PASSED
 *
 * @module
 */
import { CicdStateMgr } from "@cicdstatemgr/cicdstatemgr";
import { MarkdownMirror } from "./markdown_mirror.ts";
import { ObjectStore } from "./object_store.ts";

const [url, summary, name, passed] = Deno.args as [
  string,
  string,
  string,
  string,
];

await using manager = await CicdStateMgr.open({
  // The store and the mirrors are these, so the config needs no datasources.
  config: { cicdstatemgr: { datasources: {} } },
  store: new ObjectStore(new URL(url)),
  mirrors: [new MarkdownMirror(summary, ["state.passed", "state.reports"])],
});
await manager.init("build-1", {
  appConfig: { "cicd-contexts": { stage: {} } },
  // Of many tools that start at the same time, the first one creates it.
  ifExists: "keep",
});
await manager.change("build-1", [
  { op: "append", path: ["state", "reports"], items: [name] },
  { op: "increment", path: ["state", "passed"], by: Number(passed) },
]);
