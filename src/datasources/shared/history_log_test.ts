import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  type Chain,
  makeEntry,
  readEntry,
  type StoredEntry,
  textAt,
} from "./history_log.ts";

/** Numbers that are the same in each run. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function textsOf(count: number): string[] {
  const random = randomNumbers(7);
  function below(bound: number): number {
    return Math.floor(random.next().value * bound);
  }
  const texts = [""];
  while (texts.length < count) {
    const before = texts.at(-1)!;
    const start = below(before.length + 1);
    const insert = [
      "",
      "a",
      "aa",
      "⚓",
      "🚢",
      "b".repeat(below(300)),
    ][below(6)]!;
    texts.push(
      before.slice(0, start) + insert + before.slice(start + below(20)),
    );
  }
  return texts;
}

function logOf(texts: readonly string[]): StoredEntry[] {
  let chain: Chain | undefined;
  return texts.map((text, index) => {
    const made = makeEntry({
      note: { actor: "ann", at: index },
      text,
      previous: texts[index - 1],
      chain,
    }, undefined);
    chain = made.chain;
    return { revision: index + 1, kept: made.kept };
  });
}

Deno.test("textAt() restores every text", () => {
  const texts = textsOf(700);
  const log = logOf(texts);
  for (const [index, text] of texts.entries()) {
    strictEqual(textAt(log, index + 1), text);
  }
  strictEqual(textAt(log, 0), undefined);
  strictEqual(textAt(log, 701), undefined);
});

Deno.test("textAt() needs no more than the last 50 entries before a text", () => {
  const texts = textsOf(400);
  const log = logOf(texts);
  for (let end = 60; end <= 400; end += 17) {
    strictEqual(textAt(log.slice(end - 50, end), end), texts[end - 1]);
  }
});

Deno.test("textAt() never guesses where entries are missing", () => {
  const texts = Array.from({ length: 40 }, (_, n) => "x".repeat(5000) + n);
  const log = logOf(texts);
  strictEqual(textAt(log.slice(1), 30), undefined);
  const [first, ...others] = log;
  const other = { ...first!, kept: first!.kept.replace("xxx", "x") };
  strictEqual(textAt([other, ...others], 30), undefined);
});

Deno.test("makeEntry() keeps small changes small", () => {
  const before = JSON.stringify({ pipelines: "p".repeat(50_000), tag: "v1" });
  const { kept } = makeEntry({
    note: undefined,
    text: before.replace("v1", "v2"),
    previous: before,
    chain: { count: 0, length: 0 },
  }, undefined);
  ok(kept.length < 200);
});

Deno.test("readEntry() returns what a note said", () => {
  const note = { actor: "ann@desk", at: 5, action: "rollback to 3" };
  const { kept } = makeEntry(
    { note, text: "{}", previous: undefined, chain: undefined },
    undefined,
  );
  const entry = readEntry({ revision: 9, kept });
  strictEqual(entry.revision, 9);
  strictEqual(entry.actor, "ann@desk");
  strictEqual(entry.action, "rollback to 3");
  strictEqual(entry.external, false);
});

/** Makes an entry of a change, and restores the text from it. */
function patchOf(before: string, after: string): string {
  const first = makeEntry(
    { note: undefined, text: before, previous: undefined, chain: undefined },
    undefined,
  );
  const { kept } = makeEntry(
    { note: undefined, text: after, previous: before, chain: first.chain },
    undefined,
  );
  const entries = [
    { revision: 1, kept: first.kept },
    { revision: 2, kept },
  ];
  strictEqual(textAt(entries, 2), after);
  return kept;
}

/** A document as text, in which every part is different. */
function bulk(parts: number): string {
  const values = Array.from({ length: parts }, (_, n) => `"k${n}":"${n * 7}"`);
  return `{${values.join(",")}}`;
}

Deno.test("makeEntry() keeps changes at several places small", () => {
  const before = bulk(10_000);
  for (
    const [what, after] of [
      [
        "at both ends",
        before.replace('"0"', '"first"').replace('"69993"', '"last"'),
      ],
      [
        "in five places",
        [7, 2007, 4007, 6007, 8007].reduce(
          (text, n) => text.replace(`"k${n}":`, `"k${n}":"new",`),
          before,
        ),
      ],
      [
        "and a part that moved",
        `{"x":1,${before.slice(60_000, 90_000)}${before.slice(1, 60_000)}}`,
      ],
      [
        "and a part that was removed",
        before.slice(0, 30_000) + "!" + before.slice(60_000, -3) + "?}",
      ],
    ] as const
  ) {
    const kept = patchOf(before, after);
    ok(kept.length < 700, `${what}: ${kept.length}`);
  }
});

Deno.test("makeEntry() keeps a text of equal parts small", () => {
  const before = "ab".repeat(50_000);
  ok(patchOf(`x${before}y`, `z${before}z${before}u`).length < 300);
});

Deno.test("makeEntry() keeps the whole text where nothing is equal", () => {
  const other = Array.from(
    bulk(2000),
    (each) => String.fromCharCode(each.charCodeAt(0) + 500),
  ).join("");
  const { text } = JSON.parse(patchOf(bulk(2000), other));
  strictEqual(text, other);
});

Deno.test("makeEntry() restores texts that differ by parts of characters", () => {
  const ships = "🚢".repeat(100);
  patchOf(`a${ships}b${ships}c`, `a${ships}\ud83d${ships}c\udea2`);
  patchOf(`${ships}\ud83d`, `\udea2${ships}\ud83d\udea2`);
});

Deno.test("makeEntry() restores random edits of a long text", () => {
  const random = randomNumbers(11);
  const below = (bound: number) => Math.floor(random.next().value * bound);
  let before = bulk(500);
  for (let round = 0; round < 300; round++) {
    let after = before;
    for (let edit = below(5); edit >= 0; edit--) {
      const at = below(after.length);
      const size = below(10) === 0 ? below(2000) : below(9);
      const inserted = below(2) === 0 ? "" : after.slice(at, at + below(90));
      after = after.slice(0, at) + inserted + after.slice(at + size);
    }
    if (after.length < 200) after = bulk(400 + below(200));
    patchOf(before, after);
    before = after;
  }
});

Deno.test("textAt() restores entries of earlier versions", () => {
  const at = { by: "ann", at: 1 };
  const entries = [
    { ...at, length: 11, text: '{"tag":"1"}' },
    { ...at, length: 11, diff: [8, 2, "2"] },
    { ...at, length: 11, patch: [[0, 8], "3", [9, 2]] },
  ].map((kept, index) => ({
    revision: index + 1,
    kept: JSON.stringify(kept),
  }));
  strictEqual(textAt(entries, 2), '{"tag":"2"}');
  strictEqual(textAt(entries, 3), '{"tag":"3"}');
});

Deno.test("textAt() refuses an entry that holds no text", () => {
  const kept = JSON.stringify({ by: "", at: 1, length: 2 });
  const first = JSON.stringify({ by: "", at: 1, length: 2, text: "{}" });
  const entries = [{ revision: 1, kept: first }, { revision: 2, kept }];
  strictEqual(textAt(entries, 2), undefined);
});

Deno.test("readEntry() shows each kind of operation", () => {
  const path = ["a"];
  const { kept } = makeEntry({
    note: {
      actor: "",
      at: 1,
      operations: [
        { op: "set", path, value: { b: "s3cret" } },
        { op: "append", path, items: [1, 2] },
        { op: "addUnique", path, items: ["x"] },
        { op: "increment", path, by: 2 },
        { op: "clear", path },
        { op: "delete", path: ["s3cret"] },
      ],
    },
    text: "{}",
    previous: undefined,
    chain: undefined,
  }, (text) => text.replaceAll("s3cret", "***"));
  deepStrictEqual(readEntry({ revision: 1, kept }).operations, [
    { op: "set", path, value: '{"b":"***"}' },
    { op: "append", path, value: "[1,2]" },
    { op: "addUnique", path, value: '["x"]' },
    { op: "increment", path, value: "2" },
    { op: "clear", path },
    { op: "delete", path: ["***"] },
  ]);
});
