import { ok, strictEqual } from "node:assert/strict";
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

Deno.test("textAt() puts every text together again", () => {
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

Deno.test("readEntry() gives what a note said", () => {
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
