import { strictEqual, throws } from "node:assert/strict";
import { SyntaxFailure, TemplateFailure } from "../error.ts";
import { createBuiltins } from "../builtins.ts";
import { failAt, innerPlace, locate, type Place } from "./place.ts";
import { Frame } from "./symbols.ts";

const SOURCE = { name: "page", text: "a" };
const FRAME = new Frame({ nodes: [] });
const PLACE: Place = {
  compilers: { expression: () => () => null, body: () => () => "next" },
  builtins: createBuiltins(),
  canLoad: false,
  frame: FRAME,
  source: SOURCE,
  blocks: new Map(),
  isTopLevel: true,
  isOverridden: true,
  isInLoop: true,
  isUnderLoop: true,
  isConditional: true,
  isConstant: false,
  escapes: false,
};
const NODE = { position: { line: 2, column: 3 } };

Deno.test("locate() adds a position to failures that have none", () => {
  const failure = new TemplateFailure("no");
  strictEqual(locate(failure, PLACE, NODE), failure);
  strictEqual(failure.source, SOURCE);
  strictEqual(failure.place, NODE.position);
  locate(failure, PLACE, { position: { line: 1, column: 1 } });
  strictEqual(failure.place, NODE.position);
});

Deno.test("locate() leaves other errors alone", () => {
  const error = new TypeError("no");
  strictEqual(locate(error, PLACE, NODE), error);
});

Deno.test("failAt() fails at a node", () => {
  throws(() => failAt(PLACE, NODE, "no"), (error) => {
    return error instanceof TemplateFailure &&
      !(error instanceof SyntaxFailure) && error.message === "no" &&
      error.place === NODE.position;
  });
});

Deno.test("innerPlace() enters a frame that is not the template's own", () => {
  const frame = new Frame({ nodes: [] }, FRAME);
  const inner = innerPlace(PLACE, frame);
  strictEqual(inner.frame, frame);
  strictEqual(inner.isTopLevel, false);
  strictEqual(inner.isConditional, false);
  strictEqual(inner.isInLoop, true);
});
