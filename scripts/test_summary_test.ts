import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { sumUp } from "./test_summary.ts";

Deno.test("sumUp() reads the closing line of deno test", () => {
  deepStrictEqual(
    sumUp("a ... ok (1ms)\n\nok | 12 passed | 0 failed (165ms)\n"),
    {
      passed: 12,
      failed: 0,
      ignored: [],
    },
  );
});

Deno.test("sumUp() reads a closing line with steps and ignored tests", () => {
  deepStrictEqual(
    sumUp(
      "./a_test.ts => a mount ... ignored (0ms)\n" +
        "FAILED | 1 passed (1 step) | 2 failed (3 steps) | 1 ignored (1s)\n",
    ),
    { passed: 1, failed: 2, ignored: ["a mount"] },
  );
});

Deno.test("sumUp() reads a coloured closing line", () => {
  deepStrictEqual(
    sumUp("\x1b[0m\x1b[32mok\x1b[0m | 3 passed | 0 failed \x1b[0m(1s)\n"),
    { passed: 3, failed: 0, ignored: [] },
  );
});

Deno.test("sumUp() takes the last line that looks like one", () => {
  deepStrictEqual(
    sumUp("ok | 1 passed | 0 failed\nFAILED | 2 passed | 1 failed (1s)\n"),
    { passed: 2, failed: 1, ignored: [] },
  );
});

Deno.test("sumUp() finds nothing where no test ran", () => {
  strictEqual(sumUp("error: Type checking failed.\n"), undefined);
});
