import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { type ParsedFlags, parseFlags } from "./parse_flags.ts";

function parse(...argv: string[]): ParsedFlags {
  return parseFlags(argv, () => undefined);
}

function usage(message: RegExp, hint: RegExp) {
  return (error: { code: string; message: string; hint: string }) =>
    error.code === "USAGE" && message.test(error.message) &&
    hint.test(error.hint);
}

Deno.test("parseFlags() reads both ways of giving a value", () => {
  strictEqual(parse("--get", "state.a").value("get"), "state.a");
  strictEqual(parse("--get=state.a=b").value("get"), "state.a=b");
  strictEqual(parse("-l", "DEBUG").value("log-level"), "DEBUG");
  strictEqual(parse("-lDEBUG").value("log-level"), "DEBUG");
});

Deno.test("parseFlags() lets the last occurrence count", () => {
  strictEqual(parse("--id", "a", "--id", "b").value("id"), "b");
});

Deno.test("parseFlags() keeps every value of a repeatable flag", () => {
  const flags = parse("--set", "a=1", "--set", "b=2|c=3");
  deepStrictEqual(flags.values("set"), ["a=1", "b=2|c=3"]);
});

Deno.test("parseFlags() takes unambiguous beginnings of a name", () => {
  strictEqual(parse("--init-app", "f").value("init-app-config-file"), "f");
  strictEqual(parse("--conf=f").value("config"), "f");
  throws(() => parse("--init", "x"), usage(/ambiguous/, /--init-new/));
});

Deno.test("parseFlags() keeps what old scripts shorten when a new flag shares the beginning", () => {
  strictEqual(parse("--t=a=b").has("tmpl-ctx-var"), true);
  strictEqual(parse("--tt=7d").has("ttl"), true);
  throws(() => parse("--lo"), usage(/ambiguous/, /--load, --log-level/));
});

Deno.test("parseFlags() refuses a flag in the place of a value", () => {
  throws(() => parse("--id", "--load"), usage(/needs a value.*--load/, /=/));
  throws(() => parse("--id"), usage(/--id needs a value/, /--id ID/));
  strictEqual(parse("--set", "-1").values("set")[0], "-1");
  strictEqual(parse("--set=-x=1").values("set")[0], "-x=1");
});

Deno.test("parseFlags() says which flag was meant", () => {
  throws(
    () => parse("--secret-file", "x"),
    usage(/--secret-file/, /--secrets/),
  );
  throws(() => parse("stray"), usage(/"stray"/, /quotes/));
  throws(() => parse("--load=yes"), usage(/--load takes no value/, /--load/));
});

Deno.test("value() prefers the flag, then a variable that is not empty, then the default", () => {
  const env: Record<string, string> = {
    CICDSTATEMGR_CONTEXT_DATA_ID: "from-env",
    CICDSTATEMGR_CONFIG_PATH: "",
  };
  const flags = parseFlags(["--load"], (name) => env[name]);
  strictEqual(flags.value("id"), "from-env");
  strictEqual(flags.value("config"), undefined);
  strictEqual(flags.value("init-cicd-context-name"), "stage");
  strictEqual(parseFlags(["--id", "x"], (name) => env[name]).value("id"), "x");
});

Deno.test("parseFlags() takes an empty value of an old flag for none", () => {
  const flags = parseFlags(
    ["--get", "a", "--get", "", "--id=", "--set", ""],
    (name) => name === "CICDSTATEMGR_CONTEXT_DATA_ID" ? "from-env" : undefined,
  );
  deepStrictEqual(["get", "id", "set"].map((name) => flags.has(name)), [
    false,
    false,
    true,
  ]);
  strictEqual(flags.value("id"), "from-env");
});

Deno.test("parseFlags() keeps an empty value where it would pass for a wish", () => {
  const flags = parse("--if-revision", "", "--init-cicd-context-name", "");
  strictEqual(flags.value("if-revision"), "");
  strictEqual(flags.value("init-cicd-context-name"), "");
});
