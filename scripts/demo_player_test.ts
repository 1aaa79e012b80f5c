import { deepStrictEqual } from "node:assert/strict";
import { copyFolder } from "./demo_player.ts";

Deno.test("copyFolder() leaves out what somebody stored in the example", async () => {
  const root = await Deno.makeTempDir({ prefix: "cicdstatemgr-test-" });
  try {
    await Deno.mkdir(`${root}/from/localdata`, { recursive: true });
    await Deno.mkdir(`${root}/from/bases`);
    await Deno.writeTextFile(`${root}/from/localdata/state.db`, "");
    await Deno.writeTextFile(`${root}/from/bases/base.yaml`, "");
    await copyFolder(new URL(`file://${root}/from/`), `${root}/to/`);
    const copied = await Array.fromAsync(Deno.readDir(`${root}/to`));
    deepStrictEqual(copied.map(({ name }) => name), ["bases"]);
    await Deno.stat(`${root}/to/bases/base.yaml`);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
