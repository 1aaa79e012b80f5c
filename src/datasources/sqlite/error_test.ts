import { match, ok, strictEqual } from "node:assert/strict";
import { CicdStateError, type ErrorCode } from "../../errors.ts";
import { isBusy, sqliteError } from "./error.ts";

function failure(message: string): Error {
  return Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR" });
}

for (
  const [message, code, why, hint] of [
    [
      "database is locked",
      "TIMEOUT",
      "another program keeps it locked",
      /has the file open/,
    ],
    [
      "attempt to write a readonly database",
      "PERMISSION",
      "the file or its folder cannot be written",
      /write access/,
    ],
    [
      "unable to open database file",
      "PERMISSION",
      "the file or its folder cannot be written",
      /write access/,
    ],
    [
      "database disk image is malformed",
      "STORE",
      "the file is damaged or not an SQLite database",
      /backup/,
    ],
    [
      "file is not a database",
      "STORE",
      "the file is damaged or not an SQLite database",
      /backup/,
    ],
    ["database or disk is full", "STORE", "the disk is full", /Free/],
    ["disk I/O error", "STORE", "disk I/O error", /Check the file \/f\/x/],
  ] as [string, ErrorCode, string, RegExp][]
) {
  Deno.test(`sqliteError() explains "${message}"`, () => {
    const cause = failure(message);
    const error = sqliteError(cause, "sqlite x", "/f/x");
    ok(error instanceof CicdStateError);
    strictEqual(error.message, `Cannot use sqlite x: ${why}`);
    strictEqual(error.code, code);
    strictEqual(error.cause, cause);
    match(error.hint!, hint);
  });
}

Deno.test("sqliteError() explains failures of the file system", () => {
  const denied = new Deno.errors.NotCapable("x");
  const error = sqliteError(denied, "sqlite x", "/f/x");
  ok(error instanceof CicdStateError);
  strictEqual(error.code, "PERMISSION");
  match(error.hint!, /--allow-read=\/f --allow-write=\/f/);
});

Deno.test("sqliteError() keeps errors that say how to fix them", () => {
  const known = new CicdStateError("STORE", "known");
  strictEqual(sqliteError(known, "sqlite x", "/f/x"), known);
});

Deno.test("isBusy() recognizes locks of SQLite, and nothing else", () => {
  ok(isBusy(failure("database is locked")));
  ok(isBusy(failure("database table is locked: documents")));
  ok(!isBusy(failure("disk I/O error")));
  ok(!isBusy(new Error("database is locked")));
  ok(!isBusy("database is locked"));
});
