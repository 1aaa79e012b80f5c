import { ok, strictEqual } from "node:assert/strict";
import { createLogger } from "../util/log.ts";
import { createMask } from "../util/redact.ts";
import { createRenderer } from "./renderer.ts";

const SECRET = "correct-horse-battery-staple";

Deno.test("createRenderer() logs what fails without any part of a secret", async () => {
  const lines: string[] = [];
  const log = createLogger({
    level: "DEBUG",
    write: (line) => lines.push(line),
    mask: createMask([SECRET]),
  });
  const renderer = createRenderer("", log);
  for (let before = 0; before < 120; before += 5) {
    const source = `${"x".repeat(before)}${SECRET} {{ nothing.at_all }}`;
    const failed = await renderer.render(source, {});
    strictEqual(failed, `<jinja2 parse error> ${source}`);
    strictEqual(await renderer.renderOptional(source, {}), "");
  }
  strictEqual(lines.length, 48);
  for (const line of lines) {
    ok(line.includes("'nothing' is undefined"), line);
    ok(line.includes("***") && !line.includes("correct"), line);
  }
});
