import { ok, strictEqual } from "node:assert/strict";
import { FLAGS } from "./flags.ts";
import { helpText } from "./help.ts";

Deno.test("helpText() fits 80 columns", () => {
  const widths = helpText("1.2.3").split("\n").map((line) => line.length);
  ok(Math.max(...widths) < 80);
});

Deno.test("helpText() shows every flag with its variable and default", () => {
  const text = helpText("1.2.3");
  for (const { name, env, default: preset } of FLAGS) {
    ok(text.includes(`--${name}`), name);
    if (env !== undefined) ok(text.includes(`[$${env}]`), env);
    if (preset !== undefined) ok(text.includes(`[default: ${preset}]`), name);
  }
  strictEqual(text.startsWith("cicdstatemgr 1.2.3\n"), true);
});
