import { deepStrictEqual, rejects } from "node:assert/strict";
import { handlersFile, loadApp } from "../../tests/support/app_config.ts";
import { parseYaml } from "../formats/yaml.ts";
import type { Mapping } from "../values.ts";
import { collectMacros } from "./app_config.ts";

const EVENT = "cicd-contexts.stage.pipelines.build.event-handlers.done";
const OWN = "A key of your own needs another name";

for (
  const [name, text, where, says, hint] of [
    [
      "a misspelt top key",
      "cicd-context:\n  stage: {}\n",
      "line 1, column 1",
      '"cicd-context" is not a known key',
      `Did you mean "cicd-contexts"? ${OWN}`,
    ],
    [
      "bases that are not a list",
      "bases: base.yaml\n",
      "line 1, column 8",
      '"bases" is "base.yaml"',
      "It must be a list",
    ],
    [
      "a base that is a mapping",
      "bases:\n  - file: base.yaml\n",
      "line 2, column 5",
      '"bases[0]" is a mapping',
      "It must be a string",
    ],
    [
      "a macro that is a list",
      "jinja2-macros:\n  a: [x]\ncicd-contexts: {stage: {}}\n",
      "line 2, column 6",
      '"jinja2-macros.a" is a list',
      "It must be a string",
    ],
    [
      "variables that are a list",
      "variables: [a]\ncicd-contexts: {stage: {}}\n",
      "line 1, column 12",
      '"variables" is a list',
      "It must be a mapping",
    ],
    [
      "contexts that are a list",
      "cicd-contexts: [stage]\n",
      "line 1, column 16",
      '"cicd-contexts" is a list',
      "It must be a mapping",
    ],
    [
      "a context that is a string",
      "cicd-contexts:\n  stage: prod\n",
      "line 2, column 10",
      '"cicd-contexts.stage" is "prod"',
      "It must be a mapping",
    ],
    [
      "misspelt pipelines",
      "cicd-contexts:\n  stage:\n    piplines: {}\n",
      "line 3, column 5",
      '"cicd-contexts.stage.piplines" is not a known key',
      `Did you mean "pipelines"? ${OWN}`,
    ],
    [
      "a pipeline that is a list",
      "cicd-contexts:\n  stage:\n    pipelines: {build: []}\n",
      "line 3, column 24",
      '"cicd-contexts.stage.pipelines.build" is a list',
      "It must be a mapping",
    ],
    [
      "misspelt event handlers",
      "cicd-contexts:\n  stage:\n    pipelines:\n      build:\n        event-handler: {}\n",
      "line 5, column 9",
      '"cicd-contexts.stage.pipelines.build.event-handler" is not a known key',
      `Did you mean "event-handlers"? ${OWN}`,
    ],
    [
      "an event that is a list",
      handlersFile("- notify"),
      "line 6, column 11",
      `"${EVENT}" is a list`,
      "It must be a mapping",
    ],
    [
      "a handler that is a string",
      handlersFile("notify: hello"),
      "line 7, column 21",
      `"${EVENT}.notify" is "hello"`,
      "It must be a mapping",
    ],
    [
      "a misspelt own key of a handler",
      handlersFile("notify:", "  mesage: hello"),
      "line 8, column 15",
      `"${EVENT}.notify.mesage" is not a known key`,
      'Did you mean "message"?',
    ],
    [
      "a misspelt key of a handler",
      handlersFile("trigger-pipeline:", "  name: a", "  arg: {b: c}"),
      "line 9, column 15",
      `"${EVENT}.trigger-pipeline.arg" is not a known key`,
      `Did you mean "args"? ${OWN}`,
    ],
    [
      "a misspelt key of a named handler",
      handlersFile("respond:", "  first:", "    message: a", "    ulr: b"),
      "line 10, column 17",
      `"${EVENT}.respond.first.ulr" is not a known key`,
      `Did you mean "url"? ${OWN}`,
    ],
    [
      "a wrong type in a handler",
      handlersFile("set-values:", "  set:", "    from: a", "    to: b"),
      "line 8, column 15",
      `"${EVENT}.set-values.set" is a mapping`,
      "It must be a list",
    ],
    [
      "a wrong timeout of a handler",
      handlersFile("notify:", "  message: a", "  http: {timeout-ms: -5}"),
      "line 9, column 34",
      `"${EVENT}.notify.http.timeout-ms" is -5`,
      "It must be an integer from 1 to 3600000",
    ],
  ] as const
) {
  Deno.test(`loadAppConfig() refuses ${name}`, async () => {
    await rejects(loadApp({ "app.yaml": text }), {
      code: "CONFIG",
      message: `Cannot use app config file "app.yaml" at ${where}: ${says}`,
      hint,
    });
  });
}

Deno.test("loadAppConfig() accepts what has nothing to do", async () => {
  for (
    const stage of [
      "",
      "{}",
      "{pipelines: }",
      "{pipelines: {build: }}",
      "{pipelines: {build: {event-handlers: }}}",
      "{pipelines: {build: {event-handlers: {done: }}}}",
      "{pipelines: {build: {event-handlers: {done: {}}}}}",
      "{pipelines: {build: {event-handlers: {done: {notify: {enabled: false}}}}}}",
    ]
  ) {
    const app = await loadApp({
      "app.yaml": `cicd-contexts: {stage: ${stage}}\n`,
    });
    deepStrictEqual(app.variables, {});
  }
  const app = await loadApp({
    "app.yaml":
      "bases:\nvariables:\njinja2-macros:\ncicd-contexts: {stage: }\n",
  });
  deepStrictEqual(app.context, {});
  deepStrictEqual(collectMacros(app), { byName: {}, all: "" });
});

Deno.test("loadAppConfig() leaves keys of the user's own alone", async () => {
  const text = `x-common: &common {notify: {message: a, channel: "#b"}}
cicd-contexts:
  stage:
    region: north
    pipeline: build
    pipelines:
      build:
        generators: {g: {a: {set: [{key: k, value: v}]}}}
        event-handlers:
          done:
            <<: *common
            mail: {to: x}
          failed: {respond: {message: a, url: b, color: red, id: 7}}
`;
  const app = await loadApp({ "app.yaml": text });
  const { "cicd-contexts": contexts } = parseYaml(text) as Mapping;
  deepStrictEqual(app.context, (contexts as Mapping)["stage"]);
});

Deno.test("loadAppConfig() checks only the context that is asked for", async () => {
  const files = {
    "app.yaml": `cicd-contexts:
  template: {pipelines: {build: {event-handlers: {done: {notify: {mesage: a}}}}}}
  notes: nothing to see here
  stage: {}
`,
  };
  deepStrictEqual((await loadApp(files)).context, {});
  await rejects(loadApp(files, "template"), /mesage" is not a known key/);
  await rejects(loadApp(files, "notes"), /cicd-contexts\.notes" is/);
});

Deno.test("loadAppConfig() reads what aliases repeat once", async () => {
  const events = Array.from({ length: 100 }, (_, i) => `e${i}: *h`).join(", ");
  const pipelines = Array.from({ length: 100 }, (_, i) => `p${i}: *p`).join(
    ", ",
  );
  await rejects(
    loadApp({
      "app.yaml": `handlers: &h {notify: {message: a, http: 1}}
p: &p {event-handlers: {${events}}}
cicd-contexts: {stage: {pipelines: {${pipelines}}}}
`,
    }),
    // Problems of one handler, and not ten thousand times as many.
    /"cicd-contexts\.stage\.pipelines\.p0\.event-handlers\.e0\.notify\.http" is 1$/,
  );
});

Deno.test("loadAppConfig() bounds the handlers of a context", async () => {
  const named = Array.from({ length: 400 }, (_, i) => `n${i}: {message: a}`);
  const events = Array.from({ length: 300 }, (_, i) => `e${i}: {notify: *n}`);
  await rejects(
    loadApp({
      "app.yaml": `named: &n {${named.join(", ")}}
cicd-contexts: {stage: {pipelines: {build: {event-handlers: {${
        events.join(", ")
      }}}}}}
`,
    }),
    /event-handlers\.e250" is an event of a context with more than 100000 handlers/,
  );
});
