import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CliSession } from "../../tests/support/cli_session.ts";
import { pathText } from "../schema/schema.ts";
import { findSuspects } from "./suspects.ts";

Deno.test("findSuspects() finds unknown kinds of handlers and misspelt keys of generators", () => {
  const set = [{ key: "state.a", value: "1" }];
  const suspects = findSuspects({
    pipelines: {
      build: {
        "event-handlers": {
          go: { notfy: { message: "m" }, xyz: {}, notify: { message: "m" } },
          none: null,
        },
      },
      empty: null,
      true: { "event-handlers": { false: {} } },
    },
    generators: {
      good: { set, sett: set },
      bad: { sett: set },
      mine: { notes: ["a"], text: "set" },
      text: "x",
    },
  }, ["stage"]);
  deepStrictEqual(
    suspects.map(({ path, hint }) => [
      pathText(path),
      hint.replace(/known handlers.*/i, "…"),
    ]),
    [
      ["stage.pipelines.true", "If another name is meant, put it in quotes"],
      [
        "stage.pipelines.build.event-handlers.go.notfy",
        'Did you mean "notify"? …',
      ],
      ["stage.pipelines.build.event-handlers.go.xyz", "…"],
      [
        "stage.pipelines.true.event-handlers.false",
        "If another name is meant, put it in quotes",
      ],
      ["stage.generators.bad.sett", 'Did you mean "set"?'],
    ],
  );
});

for (
  const context of [
    {},
    { pipelines: null, generators: null },
    { pipelines: { a: { "event-handlers": { b: {} } } }, generators: ["set"] },
  ]
) {
  Deno.test(`findSuspects() finds nothing in ${JSON.stringify(context)}`, () => {
    deepStrictEqual(findSuspects(context, []), []);
  });
}

Deno.test("init warns in a line each of what looks wrong, and creates the document", async () => {
  await using session = await CliSession.create();
  const app = {
    "cicd-contexts": {
      stage: {
        pipelines: { build: { "event-handlers": { go: { notfy: {} } } } },
        generators: { image: { sett: [] } },
      },
      other: {
        pipelines: { build: { "event-handlers": { go: { notfy: {} } } } },
      },
    },
  };
  await session.write("app.yaml", JSON.stringify(app));
  const { code, stdout, stderr } = await session.run("init", "run-2");
  deepStrictEqual([code, stdout], [0, "run-2\n"]);
  const [kind, key, ...rest] = stderr.split("\n");
  match(
    kind!,
    /warning: "cicd-contexts\.stage\..*go\.notfy" is not a kind of handler, and is skipped\. Did you mean "notify"\?/,
  );
  match(
    key!,
    /warning: "cicd-contexts\.stage\.generators\.image\.sett" is not a key of a generator\. Did you mean "set"\?$/,
  );
  deepStrictEqual(rest, [""]);
});

Deno.test("a history beside the datasources is found, and a history of the user's own is not", async () => {
  await using session = await CliSession.create();
  const config = await Deno.readTextFile(`${session.path}/config.yaml`);
  await session.write("config.yaml", `${config}  history: {max-entries: 5}\n`);
  const { code, stderr } = await session.run("get", "state");
  strictEqual(code, 1);
  match(
    stderr,
    /line 5, column 3: "cicdstatemgr\.history" is not read here\. Put it under/,
  );
  await session.write("config.yaml", `${config}  history: {page: x}\n`);
  strictEqual((await session.run("get", "state")).code, 0);
});
