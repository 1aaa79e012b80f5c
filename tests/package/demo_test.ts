import { match, strictEqual } from "node:assert/strict";
import { deno } from "./process.ts";

Deno.test("deno task demo plays both examples to their end", async () => {
  const { code, stdout, stderr } = await deno(["task", "demo"]);
  strictEqual(code, 0, stderr);
  match(stdout, /^\["unit\.xml", "lint\.xml"\]$/m);
  match(stdout, /^message {2}Round \$\(whoami\) and `tax` "down"$/m);
  // Eight writers at once: eight keys.
  strictEqual(stdout.match(/"s\d": "passed"/g)?.length, 8);
  match(stdout, /^exit status 1$/m);
  match(stdout, /received: POST \/hooks\/pipelines .*checkout-5c0ffee1/);
  match(stdout, /^\[200, 200, 200\]$/m);
});
