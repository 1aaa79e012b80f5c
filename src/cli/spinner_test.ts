import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { createSpinner } from "./spinner.ts";

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

Deno.test("createSpinner() shows the last of several waits, and removes its line", async () => {
  let shown = "";
  const spinner = createSpinner((text) => void (shown += text), 0);
  {
    using _outer = spinner.waitFor('datasource "redis"');
    await until(() => shown !== "");
    match(shown, /^⠋ Waiting for datasource "redis" \(\d+ s\)$/);
    {
      using _inner = spinner.waitFor("example.com");
      await until(() => shown.includes("example.com"));
      spinner.clear();
      strictEqual(shown.endsWith("\r\x1b[K"), true);
    }
    shown = "";
    await until(() => shown !== "");
    match(shown, /redis/);
  }
  strictEqual(shown.endsWith("\r\x1b[K"), true);
});

Deno.test("createSpinner() shows nothing of a short wait", () => {
  const written: string[] = [];
  const spinner = createSpinner((text) => written.push(text));
  spinner.waitFor("a")[Symbol.dispose]();
  spinner.clear();
  deepStrictEqual(written, []);
});
