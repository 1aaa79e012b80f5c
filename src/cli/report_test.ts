import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import { reportFailure } from "./report.ts";

Deno.test("reportFailure() writes message and hint as one line of sentences", () => {
  const error = new CicdStateError("NOT_FOUND", "No document\n\x1b[2J", {
    hint: "Create it!",
  });
  deepStrictEqual(reportFailure(error, false), {
    text: "cicdstatemgr: No document\\n\\x1b[2J. Create it!\n",
    status: 3,
  });
});

Deno.test("reportFailure() says which flag of Deno is missing", () => {
  const refused = new Deno.errors.NotCapable(
    'Requires read access to "a", run again with the --allow-read flag',
  );
  deepStrictEqual(reportFailure(refused, false), {
    text:
      'cicdstatemgr: Deno refused: Requires read access to "a". Run deno with --allow-read.\n',
    status: 1,
  });
});

Deno.test("reportFailure() asks for a report of what nobody expected", () => {
  const { text, status } = reportFailure(
    new TypeError("x is undefined"),
    false,
  );
  strictEqual(status, 1);
  match(text, /Unexpected TypeError: x is undefined\. .*please report it\.\n$/);
  match(reportFailure("text", false).text, /Unexpected error: text/);
});

Deno.test("reportFailure() adds the stack and its causes for debugging", () => {
  const cause = new Error("underneath");
  const error = new CicdStateError("STORE", "failed", { cause });
  const { text } = reportFailure(error, true);
  match(text, /failed\.\n[^]* {4}at [^]*caused by: Error: underneath/);
  match(reportFailure(3, true).text, /\n3\n$/);
});
