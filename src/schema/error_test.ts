import { strictEqual, throws } from "node:assert/strict";
import { list, object } from "./composite.ts";
import { problemError, readOrThrow } from "./error.ts";
import { integer, pathText, string } from "./schema.ts";

const SCHEMA = object({ port: integer(), names: list(string()) });

Deno.test("readOrThrow() returns what the schema reads", () => {
  const read = readOrThrow(SCHEMA, { port: "80" }, { where: "the document" });
  strictEqual(read.port, 80);
});

Deno.test("readOrThrow() says where, what was found and what is allowed", () => {
  throws(() => readOrThrow(SCHEMA, { port: "x" }, { where: "the document" }), {
    code: "CONFIG",
    message: 'Cannot use the document: "port" is "x"',
    hint: "It must be an integer of 0 or more",
  });
  throws(
    () =>
      readOrThrow(SCHEMA, { names: ["a", true] }, {
        where: "the document",
        path: ["pipelines", "build"],
      }),
    {
      message: 'Cannot use the document: "pipelines.build.names[1]" is true',
    },
  );
  throws(() => readOrThrow(SCHEMA, [], { where: "the document" }), {
    message: "Cannot use the document: it is a list",
  });
});

Deno.test("problemError() counts the other problems and hides what it must", () => {
  const problem = {
    path: ["token"],
    message: "is a string",
    found: '"hunter2"',
    hint: "Write a number",
  };
  strictEqual(
    problemError(problem, { where: "x.yaml", showsFound: false, others: 1 })
      .message,
    'Cannot use x.yaml: "token" is a string (and 1 more problem)',
  );
  strictEqual(
    problemError(problem, { where: "x.yaml", others: 2 }).message,
    'Cannot use x.yaml: "token" is "hunter2" (and 2 more problems)',
  );
});

Deno.test("pathText() writes keys with dots and indexes in brackets", () => {
  strictEqual(pathText([]), "");
  strictEqual(pathText(["a", "b-c", 0, "d", 12]), "a.b-c[0].d[12]");
});
