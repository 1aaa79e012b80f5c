import type { Mapping } from "../values.ts";
import { queryPath } from "./jsonpath.ts";

const DOCUMENT = {
  state: { build: { tags: Array.from({ length: 50 }, (_, n) => `v${n}`) } },
  pipelines: Object.fromEntries(
    Array.from({ length: 50 }, (_, n) => [`p${n}`, { name: `pipeline ${n}` }]),
  ),
};
const TEXT = JSON.stringify(DOCUMENT);

Deno.bench("JSON.parse() of the document", {
  group: "path",
  baseline: true,
}, () => {
  JSON.parse(TEXT);
});

Deno.bench("plain property access", { group: "path" }, () => {
  const state = (DOCUMENT as Mapping)["state"] as Mapping;
  const build = state["build"] as Mapping;
  (build["tags"] as string[]).at(9);
});

Deno.bench("queryPath() to one item", { group: "path" }, () => {
  queryPath(DOCUMENT, "state.build.tags[9]");
});

Deno.bench("queryPath() through every level", { group: "path" }, () => {
  queryPath(DOCUMENT, "$..name");
});
