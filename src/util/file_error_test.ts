import { ok, strictEqual } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import { fileError } from "./file_error.ts";

for (
  const [cause, code, message, hint] of [
    [
      new Error("No space left (os error 28)"),
      "STORE",
      "the disk is full",
      /Free/,
    ],
    [{ code: "EDQUOT" }, "STORE", "the disk is full", /Free/],
    [
      new Error("File too large (os error 27)"),
      "STORE",
      "the file would be larger than the system allows",
      /ulimit/,
    ],
    [
      new Error("Read-only file system (os error 30)"),
      "STORE",
      "the file system is read-only",
      /writable file system/,
    ],
    [
      new Error("Device or resource busy (os error 16)"),
      "STORE",
      "it is a mount point, or otherwise in use",
      /Mount the folder/,
    ],
    [
      { code: "ENOLCK" },
      "STORE",
      "the file system does not support locks",
      /local disk/,
    ],
    [
      new Deno.errors.NotFound("x"),
      "STORE",
      "no such file or folder",
      /Check the path \/f\/x/,
    ],
    [
      new Deno.errors.PermissionDenied("x"),
      "PERMISSION",
      "the system denies access",
      /permission to write \/f\/x/,
    ],
    [
      new Deno.errors.NotCapable("x"),
      "PERMISSION",
      "Deno was not allowed to",
      /--allow-read=\/f --allow-write=\/f$/,
    ],
    [new Error("odd"), "STORE", "odd", /Check the path/],
  ] as const
) {
  Deno.test(`fileError() explains ${Deno.inspect(cause).split("\n")[0]}`, () => {
    const error = fileError(cause, "write", "jsonfile x", "/f/x");
    ok(error instanceof CicdStateError);
    strictEqual(error.message, `Cannot write jsonfile x: ${message}`);
    strictEqual(error.code, code);
    ok(hint.test(error.hint!), error.hint);
  });
}

Deno.test("fileError() keeps errors that say how to fix them", () => {
  const known = new CicdStateError("STORE", "known");
  strictEqual(fileError(known, "read", "x", "x"), known);
  const error = fileError(new Deno.errors.NotCapable("x"), "read", "x", "/f/x");
  ok(error instanceof CicdStateError);
  strictEqual(error.hint, "Run deno with --allow-read=/f/x");
});
