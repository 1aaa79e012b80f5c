import { strictEqual } from "node:assert/strict";
import { Float } from "../../values.ts";
import { describeKind, describeToken } from "./token.ts";

const POSITION = { line: 1, column: 1 };

Deno.test("describeToken() quotes a token, and names the ends", () => {
  const cases = [
    [{ kind: "name", value: "if" }, "'if'"],
    [{ kind: "operator", value: "**" }, "'**'"],
    [{ kind: "string", value: "a b" }, "'a b'"],
    [{ kind: "integer", value: 12n }, "'12'"],
    [{ kind: "float", value: new Float(1) }, "'1.0'"],
    [{ kind: "blockStart", value: "{%" }, "'{%'"],
    [{ kind: "blockEnd", value: "%}" }, "the end of the tag"],
    [{ kind: "variableEnd", value: "}}" }, "the end of the tag"],
    [{ kind: "end", value: "" }, "the end of the template"],
  ] as const;
  for (const [token, description] of cases) {
    strictEqual(describeToken({ ...token, position: POSITION }), description);
  }
});

Deno.test("describeKind() names what is expected", () => {
  strictEqual(describeKind("name"), "a name");
  strictEqual(describeKind("variableStart"), "'{{'");
  strictEqual(describeKind("blockEnd"), "the end of the tag");
});
