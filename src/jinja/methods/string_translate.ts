import type { Budget } from "../runtime/budget.ts";
import { asMapping, Dict, entriesOf, getItem } from "../values/dict.ts";
import { fail } from "../error.ts";
import { requireText } from "../values/arguments.ts";
import { asInteger } from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { refuse } from "../values/type_name.ts";
import { characters } from "../strings/characters.ts";
/** Replaces characters as a table of their code points says. */
export function translate(
  budget: Budget,
  text: string,
  table: unknown,
): string {
  const mapping = asMapping(table) ?? refuse(table, "it takes a mapping here");
  return characters(budget, text).map((character) => {
    const found = getItem(budget, mapping, character.codePointAt(0)!);
    if (found === undefined) return character;
    const code = asInteger(found);
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return found === null ? "" : requireText(found);
  }).join("");
}

/** Makes such a table as Python's `str.maketrans()` does. */
export function makeTranslation(
  budget: Budget,
  from: unknown,
  to: unknown,
  without: unknown,
): Dict {
  const mapping = asMapping(from);
  if (mapping !== undefined && to === undefined) {
    const entries = entriesOf(budget, mapping);
    return Dict.of(
      budget,
      entries.map(([key, value]) => {
        const text = asText(key);
        return [text === undefined ? key : text.codePointAt(0)!, value];
      }),
    );
  }
  const sources = characters(budget, requireText(from));
  const targets = characters(budget, requireText(to));
  if (sources.length !== targets.length) {
    fail("maketrans() takes two strings of one length");
  }
  const table = Dict.of(
    budget,
    sources.map((
      character,
      index,
    ) => [character.codePointAt(0)!, targets[index]!.codePointAt(0)!]),
  );
  for (
    const character of characters(budget, requireText(without ?? ""))
  ) {
    table.set(budget, character.codePointAt(0)!, null);
  }
  return table;
}
