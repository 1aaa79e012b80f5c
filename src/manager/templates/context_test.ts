import { deepStrictEqual, throws } from "node:assert/strict";
import { templateContext } from "./context.ts";
import { evaluateVariables } from "./variables.ts";

const DOCUMENT = { state: { ship: "Runa", list: [1, 2], zero: 0 } };

Deno.test("templateContext() leaves what is beside a variable's path", () => {
  const variables = evaluateVariables(DOCUMENT, [
    { name: "state.port", expression: "state.ship" },
    { name: "configData.lane.name", expression: "a literal text" },
    { name: "both", expression: "state.list[*]" },
    { name: "falsy", expression: "state.zero" },
  ]);
  const configData = { lane: { width: 3 } };
  deepStrictEqual(templateContext(DOCUMENT, configData, variables), {
    state: { ship: "Runa", list: [1, 2], zero: 0, port: "Runa" },
    configData: { lane: { width: 3, name: "a literal text" } },
    both: [1, 2],
  });
  deepStrictEqual(configData, { lane: { width: 3 } });
  deepStrictEqual(Object.keys(DOCUMENT.state), ["ship", "list", "zero"]);
});

Deno.test("templateContext() refuses a variable's path that leads through a text", () => {
  const variables = evaluateVariables(DOCUMENT, [
    { name: "state.ship.name", expression: "x" },
  ]);
  throws(() => templateContext(DOCUMENT, {}, variables), { code: "PATH" });
});

Deno.test("evaluateVariables() trims texts and takes list marks as --set does", () => {
  const document = { tags: ["a"], padded: "  p " };
  const variables = evaluateVariables(document, [
    { name: "plain", expression: "padded" },
    { name: "tags[]", expression: "b,c" },
    { name: "set{}", expression: "x,x" },
  ]);
  deepStrictEqual(templateContext(document, {}, variables), {
    tags: ["a", "b", "c"],
    padded: "  p ",
    configData: {},
    plain: "p",
    set: ["x"],
  });
});
