import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Float, Timestamp } from "../values.ts";
import { parseYaml } from "./yaml.ts";
import { stringifyYaml } from "./yaml_writer.ts";

Deno.test("stringifyYaml() quotes what any reader might take for another value", () => {
  const texts = ["yes", "y", "010", "1e3", "12:30", "=", "<<", "null", "", "~"];
  for (const text of [...texts, "2021-13-45", "0o17", "+.5", "- a", "a: b"]) {
    const written = stringifyYaml({ v: text });
    ok(/^v: ['"]/.test(written), written);
    deepStrictEqual(parseYaml(written), { v: text });
  }
});

Deno.test("stringifyYaml() writes blocks in the order of keys", () => {
  strictEqual(
    stringifyYaml({
      z: { size: 1, list: ["a", { b: new Float(1) }] },
      text: "two\nlines\n",
      big: 2n ** 64n,
      tiny: 1e-7,
      at: new Timestamp("2001-12-14 21:59:43+00:00", "aware"),
      none: null,
      empty: [[], {}],
    }),
    `z:
  size: 1
  list:
  - a
  - b: 1.0
text: |
  two
  lines
big: 18446744073709551616
tiny: 1.0e-07
at: 2001-12-14 21:59:43+00:00
none: null
empty:
- []
- {}
`,
  );
});
