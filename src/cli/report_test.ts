import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { JsonPathError } from "../document/jsonpath_error.ts";
import { CicdStateError } from "../errors.ts";
import { TemplateError } from "../templates/error.ts";
import { reportFailure, type ReportOptions } from "./report.ts";

const LINE: ReportOptions = { debug: false, json: false, mask: (text) => text };
const DEBUG: ReportOptions = { ...LINE, debug: true };
const JSON_REPORT: ReportOptions = { ...LINE, json: true };

Deno.test("reportFailure() writes message and hint as one line of sentences", () => {
  const error = new CicdStateError("NOT_FOUND", "No document\n\x1b[2J", {
    hint: "Create it!",
  });
  deepStrictEqual(reportFailure(error, LINE), {
    text: "cicdstatemgr: No document\\n\\x1b[2J. Create it!\n",
    status: 3,
  });
});

Deno.test("reportFailure() says which flag of Deno is missing", () => {
  const refused = new Deno.errors.NotCapable(
    'Requires read access to "a", run again with the --allow-read flag',
  );
  deepStrictEqual(reportFailure(refused, LINE), {
    text:
      'cicdstatemgr: Deno refused: Requires read access to "a". Run deno with --allow-read.\n',
    status: 1,
  });
});

Deno.test("reportFailure() asks for a report of what nobody expected", () => {
  const { text, status } = reportFailure(
    new TypeError("x is undefined"),
    LINE,
  );
  strictEqual(status, 1);
  match(text, /Unexpected TypeError: x is undefined\. .*please report it\.\n$/);
  match(reportFailure("text", LINE).text, /Unexpected error: text/);
});

Deno.test("reportFailure() adds the stack and its causes for debugging", () => {
  const cause = new Error("underneath");
  const error = new CicdStateError("STORE", "failed", { cause });
  const { text } = reportFailure(error, DEBUG);
  match(text, /failed\.\n[^]* {4}at [^]*caused by: Error: underneath/);
  match(reportFailure(3, DEBUG).text, /\n3\n$/);
});

Deno.test("reportFailure() writes one object for programs", () => {
  const error = new CicdStateError("NOT_FOUND", 'No "a"\n', { hint: "Add it" });
  const { text, status } = reportFailure(error, JSON_REPORT);
  strictEqual(
    text,
    '{"code":"NOT_FOUND","message":"No \\"a\\"\\n","hint":"Add it"}\n',
  );
  strictEqual(status, 3);
});

Deno.test("reportFailure() says where in a JSONPath or a template a failure is", () => {
  const cause = new JsonPathError("parse", "a.[[", "no", 2);
  const error = new CicdStateError("PATH", "failed", { cause });
  const template = new TemplateError("failed", {
    line: 3,
    column: 7,
    sourceLine: "",
  });
  const positions = [cause, error, template].map((failure) =>
    JSON.parse(reportFailure(failure, JSON_REPORT).text).position
  );
  deepStrictEqual(positions, [
    { line: 1, column: 3 },
    { line: 1, column: 3 },
    { line: 3, column: 7 },
  ]);
});

Deno.test("reportFailure() hides secrets before it escapes them", () => {
  const mask = (text: string) => text.replaceAll('pass"word', "***");
  const error = new CicdStateError("STORE", 'x pass"word', {
    hint: 'pass"word',
  });
  const { text } = reportFailure(error, { ...JSON_REPORT, mask });
  strictEqual(text, '{"code":"STORE","message":"x ***","hint":"***"}\n');
});
