// Runs the tests: `deno task test [paths and flags of deno test]`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { ensurePrograms } from "./programs.ts";
import { sumUp, type TestCounts } from "./test_summary.ts";

/** Runs `deno test`, passes its output through, and counts the tests. */
async function runDenoTest(
  args: readonly string[],
): Promise<{ success: boolean; counts: TestCounts | undefined }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-P", "--doc", "--parallel", ...args],
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const [shown, counted] = child.stdout.tee();
  const text = new Response(counted).text();
  await shown.pipeTo(Deno.stdout.writable, { preventClose: true });
  const { success } = await child.status;
  return { success, counts: sumUp(await text) };
}

if (!await ensurePrograms()) Deno.exit(1);
const { success, counts } = await runDenoTest(Deno.args);
if (!counts) {
  // For example because a test file does not type-check.
  console.log("deno test ended without running the tests");
}
for (const name of counts?.ignored ?? []) {
  console.log(`Not run, because this machine cannot: ${name}`);
}
console.log(
  `tests: ${counts?.passed ?? 0} passed, ${counts?.failed ?? 1} failed`,
);
Deno.exit(success && counts && counts.failed === 0 ? 0 : 1);
