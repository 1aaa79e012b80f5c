import { deepStrictEqual } from "node:assert/strict";
import { loadFile } from "./file_value.ts";

Deno.test("loadFile() reads JSON, or else YAML, or else the text", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const files = {
      '{"a": [1, null]}': { a: [1, null] },
      "a: yes\n": { a: true },
      "just words\n": "just words",
      "": null,
      "one: two: three\r\nfour\r": "one: two: three\nfour\n",
    };
    for (const [text, value] of Object.entries(files)) {
      const path = `${folder}/file`;
      await Deno.writeTextFile(path, text);
      deepStrictEqual(await loadFile(path, "--set state.a"), value);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
