import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import { parseYaml } from "../formats/yaml.ts";
import type { Mapping } from "../values.ts";
import { collectMacros, loadAppConfig } from "./app_config.ts";

/** Writes files, and loads `app.yaml` with its bases in `bases/`. */
async function load(
  files: Readonly<Record<string, string>>,
  contextName = "stage",
) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bases`);
    for (const [path, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${path}`, text);
    }
    const basesDir = `${folder}/bases`;
    return await loadAppConfig(`${folder}/app.yaml`, { basesDir, contextName });
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    const message = error.message.replaceAll(`${folder}/`, "");
    throw new CicdStateError(error.code, message, { hint: error.hint });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** An app config with these handlers, from line 6 on, column 11. */
function handlers(...lines: string[]): string {
  return [
    "cicd-contexts:",
    "  stage:",
    "    pipelines:",
    "      build:",
    "        event-handlers:",
    "          done:",
    ...lines.map((line) => `            ${line}`),
  ].join("\n");
}

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
      "bases that are no list",
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
      handlers("- notify"),
      "line 6, column 11",
      `"${EVENT}" is a list`,
      "It must be a mapping",
    ],
    [
      "a handler that is a string",
      handlers("notify: hello"),
      "line 7, column 21",
      `"${EVENT}.notify" is "hello"`,
      "It must be a mapping",
    ],
    [
      "a misspelt own key of a handler",
      handlers("notify:", "  mesage: hello"),
      "line 8, column 15",
      `"${EVENT}.notify.mesage" is not a known key`,
      'Did you mean "message"?',
    ],
    [
      "a misspelt key of a handler",
      handlers("trigger-pipeline:", "  name: a", "  arg: {b: c}"),
      "line 9, column 15",
      `"${EVENT}.trigger-pipeline.arg" is not a known key`,
      `Did you mean "args"? ${OWN}`,
    ],
    [
      "a misspelt key of a named handler",
      handlers("respond:", "  first:", "    message: a", "    ulr: b"),
      "line 10, column 17",
      `"${EVENT}.respond.first.ulr" is not a known key`,
      `Did you mean "url"? ${OWN}`,
    ],
    [
      "a wrong type in a handler",
      handlers("set-values:", "  set:", "    from: a", "    to: b"),
      "line 8, column 15",
      `"${EVENT}.set-values.set" is a mapping`,
      "It must be a list",
    ],
    [
      "a wrong timeout of a handler",
      handlers("notify:", "  message: a", "  http: {timeout-ms: -5}"),
      "line 9, column 34",
      `"${EVENT}.notify.http.timeout-ms" is -5`,
      "It must be an integer from 1 to 3600000",
    ],
  ] as const
) {
  Deno.test(`loadAppConfig() refuses ${name}`, async () => {
    await rejects(load({ "app.yaml": text }), {
      code: "CONFIG",
      message: `Cannot use app config file "app.yaml" at ${where}: ${says}`,
      hint,
    });
  });
}

Deno.test("loadAppConfig() names the base that is wrong", async () => {
  await rejects(
    load({
      "app.yaml": `bases: [one.yaml, two.yaml]\n${handlers("notify: {if: a}")}`,
      "bases/one.yaml": handlers("notify:", "  message: a"),
      "bases/two.yaml": handlers("notify:", "  capture-response-data: {}"),
    }),
    {
      message: 'Cannot use base file "bases/two.yaml" at line 8, column 38: ' +
        `"${EVENT}.notify.capture-response-data" is a mapping`,
    },
  );
});

Deno.test("loadAppConfig() names the file whose type differs from its bases", async () => {
  await rejects(
    load({
      "app.yaml": "bases: [one.yaml]\ncicd-contexts:\n  stage: {a: text}\n",
      "bases/one.yaml": "cicd-contexts: {stage: {a: {b: 1}}}\n",
    }),
    {
      message: 'Cannot use app config file "app.yaml" at line 3, column 14: ' +
        '"cicd-contexts.stage.a" is a string here, but a mapping in what it builds on',
    },
  );
});

Deno.test("loadAppConfig() names a base that does not exist, and who names it", async () => {
  await rejects(load({ "app.yaml": "bases: [none.yaml]\n" }), {
    code: "CONFIG",
    message: 'Cannot read base file "bases/none.yaml": no such file',
    hint: /^Check the path given by bases of app config file ".*app\.yaml"$/,
  });
});

Deno.test("loadAppConfig() says that it needs the folder of the bases", async () => {
  await rejects(
    loadAppConfig({ bases: ["a.yaml"] }, {
      basesDir: undefined,
      contextName: "stage",
    }),
    {
      message:
        'Cannot read base "a.yaml" of the app config object: the folder of the bases is not known',
      hint: "Pass --init-bases-dir DIR or set CICDSTATEMGR_BASES_DIR_PATH",
    },
  );
});

Deno.test("loadAppConfig() merges bases in order, and the file over them", async () => {
  const app = await load({
    "app.yaml": "bases: [one.yaml, two.yaml]\n" +
      "cicd-contexts: {stage: {c: app}}\njinja2-macros: {b: ' B2 '}\n",
    "bases/one.yaml": "cicd-contexts: {stage: {a: 1, b: 1, c: base}}\n" +
      "jinja2-macros: {a: ' A '}\nvariables: {v: 1}\n",
    "bases/two.yaml": "cicd-contexts: {stage: {b: 2}}\njinja2-macros: {b: B}\n",
  });
  deepStrictEqual(app.context, { a: 1, b: 2, c: "app" });
  deepStrictEqual(app.variables, { v: 1 });
  deepStrictEqual(Object.keys(app.own), [
    "bases",
    "cicd-contexts",
    "jinja2-macros",
  ]);
  deepStrictEqual(collectMacros(app), {
    byName: { a: " A ", b: " B2 " },
    all: "AB2",
  });
});

Deno.test("loadAppConfig() finds bases by URL", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${folder}/a.yaml`,
      "cicd-contexts: {stage: {x: 1}}\n",
    );
    for (const basesDir of [`file://${folder}`, `file://${folder}/`]) {
      const app = await loadAppConfig({ bases: ["a.yaml"] }, {
        basesDir: new URL(basesDir),
        contextName: "stage",
      });
      deepStrictEqual(app.context, { x: 1 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadAppConfig() lists the contexts when one is unknown", async () => {
  const contexts = "cicd-contexts: {stage: {}, prod: {}}\n";
  await rejects(load({ "app.yaml": contexts }, "stag"), {
    code: "NOT_FOUND",
    message: 'No cicd context "stag" in app config file "app.yaml"',
    hint: 'Did you mean "stage"? Known contexts are stage, prod',
  });
  await rejects(load({ "app.yaml": contexts }, "qwerty"), {
    hint: "Known contexts are stage, prod",
  });
  await rejects(load({ "app.yaml": "variables: {}\n" }), {
    hint: "It has none: write one under cicd-contexts",
  });
  await rejects(load({ "app.yaml": contexts }, "__proto__"), {
    code: "NOT_FOUND",
  });
});

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
    const app = await load({
      "app.yaml": `cicd-contexts: {stage: ${stage}}\n`,
    });
    deepStrictEqual(app.variables, {});
  }
  const app = await load({
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
  const app = await load({ "app.yaml": text });
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
  deepStrictEqual((await load(files)).context, {});
  await rejects(load(files, "template"), /mesage" is not a known key/);
  await rejects(load(files, "notes"), /cicd-contexts\.notes" is/);
});

Deno.test("loadAppConfig() reads what aliases repeat once", async () => {
  const events = Array.from({ length: 100 }, (_, i) => `e${i}: *h`).join(", ");
  const pipelines = Array.from({ length: 100 }, (_, i) => `p${i}: *p`).join(
    ", ",
  );
  await rejects(
    load({
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
    load({
      "app.yaml": `named: &n {${named.join(", ")}}
cicd-contexts: {stage: {pipelines: {build: {event-handlers: {${
        events.join(", ")
      }}}}}}
`,
    }),
    /event-handlers\.e250" is an event of a context with more than 100000 handlers/,
  );
});

Deno.test("collectMacros() keeps names of every kind", async () => {
  const app = await load({
    "app.yaml": "jinja2-macros: {__proto__: a}\ncicd-contexts: {stage: {}}\n",
  });
  const { byName } = collectMacros(app);
  strictEqual(Object.hasOwn(byName as Mapping, "__proto__"), true);
});
