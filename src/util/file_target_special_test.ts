import { ok, rejects } from "node:assert/strict";
import { inFolder, run } from "../../tests/support/odd_files.ts";
import { openSpecial } from "./replace_file.ts";

Deno.test({
  name: "openSpecial() stops waiting for the reader of a FIFO",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = `${folder}/fifo`;
      ok(await run("mkfifo", path));
      await rejects(
        openSpecial(path, { what: "jsonfile x", isFifo: true, timeoutMs: 20 }),
        {
          code: "TIMEOUT",
          message: `Cannot write jsonfile x: nobody reads the FIFO ${path}`,
        },
      );
    }),
});

Deno.test("openSpecial() opens a device at once", async () => {
  using file = await openSpecial("/dev/null", { what: "x", isFifo: false });
  ok(await file.write(new Uint8Array(1)) === 1);
});
