import { deepStrictEqual } from "node:assert/strict";
import type { Problem } from "../schema/schema.ts";
import { pathText } from "../schema/schema.ts";
import type { Value } from "../values.ts";
import { checkHandlers } from "./dispatch.ts";

async function problemsOf(event: Value): Promise<string[]> {
  const problems: Problem[] = [];
  const path = ["pipelines", "p", "event-handlers", "go"];
  await checkHandlers(event, path, (problem) => problems.push(problem));
  return problems.map(({ path, message }) =>
    `${pathText(path).slice("pipelines.p.event-handlers.".length)} ${message}`
  );
}

for (
  const [event, problems] of [
    [null, []],
    [{}, []],
    ["x", ["go is a string"]],
    [{ notify: { enabled: false, mesage: 1 } }, []],
    [{ "unknown-kind": { a: 1 } }, []],
    [{ notify: { message: "a" }, respond: { b: { message: "c" } } }, []],
    [
      {
        notify: { one: {}, two: { message: "m", if: "x" } },
        respond: { message: "m", http: { retries: -1 } },
        "set-values": { set: [{ from: "a" }, { from: "a", to: "b" }] },
      },
      [
        "go.notify.one.message is missing",
        "go.respond.http.retries is an integer",
        "go.set-values.set[0].to is missing",
      ],
    ],
    [
      { "manual-choice": { titel: "t", choices: {}, "choice-generators": {} } },
      ["go.manual-choice.titel is not a known key"],
    ],
    // A config may be called http if it has what marks one.
    [{ notify: { http: { message: "a config of that name" } } }, []],
    [{ notify: { enabled: { message: "a config of that name" } } }, []],
    [{ notify: { enabled: "no", http: null, a: { message: "" } } }, []],
  ] as [Value, string[]][]
) {
  Deno.test(`checkHandlers() finds ${problems.length} problems in ${JSON.stringify(event)}`, async () => {
    deepStrictEqual(await problemsOf(event), problems);
  });
}
