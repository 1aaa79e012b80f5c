import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Budget } from "../runtime/budget.ts";
import { countIn, includes, Searcher } from "./search.ts";

/** Strings of a small alphabet, so that parts of them repeat. */
function* strings(alphabet: string, maxLength: number): Generator<string> {
  yield "";
  if (maxLength === 0) return;
  for (const rest of strings(alphabet, maxLength - 1)) {
    for (const letter of alphabet) yield letter + rest;
  }
}

Deno.test("Searcher finds what indexOf() and lastIndexOf() find", () => {
  const budget = new Budget();
  const texts = [...strings("ab", 6)];
  for (const pattern of strings("ab", 3)) {
    if (pattern === "") continue;
    const searcher = new Searcher(budget, pattern);
    deepStrictEqual(
      texts.map((text) => [searcher.indexIn(text), searcher.lastIndexIn(text)]),
      texts.map((text) => [text.indexOf(pattern), text.lastIndexOf(pattern)]),
    );
  }
});

Deno.test("Searcher finds long patterns in repetitive strings", () => {
  const budget = new Budget();
  const patterns = [
    "a".repeat(40),
    "a".repeat(39) + "b",
    "b" + "a".repeat(39),
    "ab".repeat(20),
    "aab".repeat(15),
    "a".repeat(20) + "b" + "a".repeat(20),
    "😀".repeat(20),
    "é".repeat(33),
  ];
  const texts = [
    "a".repeat(100),
    "a".repeat(99) + "b",
    "b" + "a".repeat(99),
    "ab".repeat(60),
    "aab".repeat(40) + "b",
    ("a".repeat(19) + "b").repeat(6) + "a",
    "😀".repeat(50),
    "x" + "é".repeat(33) + "x",
    "",
    ...patterns,
  ];
  for (const pattern of patterns) {
    const searcher = new Searcher(budget, pattern);
    for (const text of texts) {
      strictEqual(searcher.indexIn(text), text.indexOf(pattern));
      strictEqual(searcher.lastIndexIn(text), text.lastIndexOf(pattern));
      strictEqual(searcher.indexIn(text, 3), text.indexOf(pattern, 3));
      strictEqual(includes(budget, text, pattern), text.includes(pattern));
      strictEqual(
        countIn(budget, text, pattern),
        text.split(pattern).length - 1,
      );
    }
  }
});

Deno.test("Searcher starts where it is told to", () => {
  const searcher = new Searcher(new Budget(), "ab");
  deepStrictEqual(
    [0, 1, 2, 3, 4, 9].map((start) => searcher.indexIn("ab-ab", start)),
    [0, 3, 3, 3, -1, -1],
  );
});

Deno.test("Searcher charges a long search by the length of the strings alone", () => {
  // Looking for this pattern takes indexOf() time that grows with the square.
  const half = "a".repeat(20_000);
  const text = half.repeat(4);
  const budget = new Budget({ maxSteps: text.length });
  const searcher = new Searcher(budget, half + "b" + half);
  strictEqual(searcher.indexIn(text), -1);
  throws(() => {
    for (;;) searcher.indexIn(text);
  }, /steps/);
});

Deno.test("Searcher charges a search by the part that it looks at", () => {
  const budget = new Budget({ maxSteps: 1000 });
  const text = "ab".repeat(1000);
  const searcher = new Searcher(budget, "b");
  let found = 0;
  for (let at = searcher.indexIn(text); found < 500; found++) {
    at = searcher.indexIn(text, at + 1);
    ok(at > 0);
  }
});

Deno.test("includes() finds an empty string everywhere", () => {
  strictEqual(includes(new Budget(), "", ""), true);
  strictEqual(includes(new Budget(), "a", ""), true);
  strictEqual(includes(new Budget(), "", "a"), false);
});

Deno.test("countIn() counts without overlaps", () => {
  strictEqual(countIn(new Budget(), "aaaa", "aa"), 2);
  strictEqual(countIn(new Budget(), "abcabc", "abc"), 2);
  strictEqual(countIn(new Budget(), "abc", "x"), 0);
});
