import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  fail,
  failLimit,
  LimitFailure,
  quoteLine,
  SyntaxFailure,
  TemplateError,
  TemplateFailure,
  TemplateLimitError,
  TemplateRuntimeError,
  TemplateSyntaxError,
  toTemplateError,
} from "./error.ts";

const SOURCE = { name: "page", text: "first\n  second\nthird" };

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("fail() and failLimit() throw failures with a hint and without a place", () => {
  const failure = caught(() => fail("no", "Say yes"));
  ok(failure instanceof TemplateFailure);
  strictEqual(failure.message, "no");
  strictEqual(failure.hint, "Say yes");
  strictEqual(failure.place, undefined);
  strictEqual(failure.source, undefined);
  ok(caught(() => failLimit("too much")) instanceof LimitFailure);
});

Deno.test("TemplateFailure.locate() keeps the innermost place", () => {
  const failure = new TemplateFailure("no");
  failure.locate(SOURCE, { line: 2, column: 3 });
  failure.locate({ name: "outer", text: "" }, { line: 1, column: 1 });
  deepStrictEqual(failure.place, { line: 2, column: 3 });
  strictEqual(failure.source, SOURCE);
});

Deno.test("toTemplateError() reports where a failure is", () => {
  const failure = new TemplateFailure("no", "Say yes")
    .locate(SOURCE, { line: 2, column: 3 });
  const error = toTemplateError(failure, { name: undefined, text: "other" });
  ok(error instanceof TemplateRuntimeError);
  strictEqual(error.message, "no (page, line 2, column 3: second)");
  strictEqual(error.reason, "no");
  strictEqual(error.line, 2);
  strictEqual(error.column, 3);
  strictEqual(error.sourceLine, "  second");
  strictEqual(error.templateName, "page");
  strictEqual(error.hint, "Say yes");
  strictEqual(error.cause, undefined);
});

Deno.test("toTemplateError() places what has no place at the start of the source", () => {
  const error = toTemplateError(new TemplateFailure("no"), {
    name: undefined,
    text: "a\nb",
  });
  strictEqual(error.message, "no (line 1, column 1: a)");
  strictEqual(error.hint, undefined);
});

Deno.test("toTemplateError() maps each kind of failure to a class", () => {
  const cases: [error: unknown, name: string][] = [
    [new TemplateFailure("no"), "TemplateRuntimeError"],
    [new SyntaxFailure("no"), "TemplateSyntaxError"],
    [new LimitFailure("no"), "TemplateLimitError"],
    [new RangeError("Maximum call stack size exceeded"), "TemplateLimitError"],
    [new TypeError("bug"), "TemplateRuntimeError"],
    ["bug", "TemplateRuntimeError"],
  ];
  for (const [thrown, name] of cases) {
    const error = toTemplateError(thrown, SOURCE);
    ok(error instanceof TemplateError && error instanceof Error);
    strictEqual(error.name, name);
    strictEqual(String(error).startsWith(`${name}: `), true);
  }
});

Deno.test("toTemplateError() keeps the error underneath", () => {
  const bug = new TypeError("bug");
  const error = toTemplateError(bug, SOURCE);
  strictEqual(error.cause, bug);
  strictEqual(error.reason, "bug");
  strictEqual(toTemplateError("text", SOURCE).reason, "text");
});

Deno.test("toTemplateError() returns errors that were converted already", () => {
  const error = toTemplateError(new TemplateFailure("no"), SOURCE);
  strictEqual(toTemplateError(error, { name: "other", text: "" }), error);
});

Deno.test("TemplateSyntaxError lists what is expected", () => {
  const error = toTemplateError(
    new SyntaxFailure("no", ["a name", "')'"], "Close it"),
    SOURCE,
  );
  ok(error instanceof TemplateSyntaxError);
  deepStrictEqual(error.expected, ["a name", "')'"]);
  strictEqual(error.hint, "Close it");
});

Deno.test("TemplateError can be created by its callers", () => {
  const details = { reason: "no", line: 1, column: 2, sourceLine: " a " };
  strictEqual(
    new TemplateRuntimeError(details).message,
    "no (line 1, column 2: a)",
  );
  strictEqual(
    new TemplateLimitError({ ...details, templateName: "page" }).message,
    "no (page, line 1, column 2: a)",
  );
});

Deno.test("quoteLine() quotes a line in full, or not at all", () => {
  strictEqual(quoteLine("  a {{ b }} "), ": a {{ b }}");
  strictEqual(quoteLine(" ".repeat(1000)), "");
  strictEqual(quoteLine("x".repeat(300)), `: ${"x".repeat(300)}`);
  strictEqual(quoteLine("x".repeat(301)), "");
});

Deno.test("toTemplateError() leaves long values out of the reason, without showing a part of them", () => {
  const cases: [message: string, reason: string][] = [
    [
      `could not convert string to float: '${"x".repeat(5000)}'`,
      "could not convert string to float … (5004 characters left out)",
    ],
    [
      `'${"x".repeat(2000)}' is undefined`,
      " … (2015 characters left out)",
    ],
    ["x".repeat(2000), " … (2000 characters left out)"],
    ["x".repeat(1000), "x".repeat(1000)],
  ];
  for (const [message, reason] of cases) {
    const error = toTemplateError(new TemplateFailure(message), SOURCE);
    strictEqual(error.reason, reason);
    ok(error.message.length < 1100);
  }
});
