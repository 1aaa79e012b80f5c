import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { handlersFile, loadApp } from "../../tests/support/app_config.ts";
import type { Mapping } from "../values.ts";
import { collectMacros } from "./app_config.ts";

const EVENT = "cicd-contexts.stage.pipelines.build.event-handlers.done";

Deno.test("loadAppConfig() names the base that is wrong", async () => {
  await rejects(
    loadApp({
      "app.yaml": `bases: [one.yaml, two.yaml]\n${
        handlersFile("notify: {if: a}")
      }`,
      "bases/one.yaml": handlersFile("notify:", "  message: a"),
      "bases/two.yaml": handlersFile("notify:", "  capture-response-data: {}"),
    }),
    {
      message: 'Cannot use base file "bases/two.yaml" at line 8, column 38: ' +
        `"${EVENT}.notify.capture-response-data" is a mapping`,
    },
  );
});

Deno.test("loadAppConfig() names the file whose type differs from its bases", async () => {
  await rejects(
    loadApp({
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
  await rejects(loadApp({ "app.yaml": "bases: [none.yaml]\n" }), {
    code: "CONFIG",
    message: 'Cannot read base file "bases/none.yaml": no such file',
    hint: /^Check the path given as a base of app config file ".*app\.yaml"$/,
  });
});

Deno.test("loadAppConfig() merges bases in order, and the file over them", async () => {
  const app = await loadApp({
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

Deno.test("loadAppConfig() lists the contexts when one is unknown", async () => {
  const contexts = "cicd-contexts: {stage: {}, prod: {}}\n";
  await rejects(loadApp({ "app.yaml": contexts }, "stag"), {
    code: "NOT_FOUND",
    message: 'No context "stag" in app config file "app.yaml"',
    hint: 'Did you mean "stage"? Known contexts: stage, prod',
  });
  await rejects(loadApp({ "app.yaml": contexts }, "qwerty"), {
    hint: "Known contexts: stage, prod",
  });
  await rejects(loadApp({ "app.yaml": "variables: {}\n" }), {
    hint: "It has none: write one under cicd-contexts",
  });
  await rejects(loadApp({ "app.yaml": contexts }, "__proto__"), {
    code: "NOT_FOUND",
  });
});

Deno.test("loadAppConfig() finds a misspelled key although a base has the right one", async () => {
  const files = {
    "app.yaml": "bases: [base.yaml]\ncicd-context: {stage: {a: 1}}\n",
    "bases/base.yaml": "cicd-contexts: {stage: {}}\n",
  };
  await rejects(loadApp(files), {
    code: "CONFIG",
    message: /line 2, column 1: "cicd-context" is not a known key$/,
    hint: /^Did you mean "cicd-contexts"\?/,
  });
});

Deno.test("collectMacros() keeps names of every kind", async () => {
  const app = await loadApp({
    "app.yaml": "jinja2-macros: {__proto__: a}\ncicd-contexts: {stage: {}}\n",
  });
  const { byName } = collectMacros(app);
  strictEqual(Object.hasOwn(byName as Mapping, "__proto__"), true);
});
