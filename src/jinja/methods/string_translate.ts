import { asMapping, Dict, getItem } from "../values/dict.ts";
import { fail } from "../error.ts";
import { requireText } from "../values/arguments.ts";
import { asInteger } from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { refuse } from "../values/type_name.ts";
import { characters } from "../strings/characters.ts";
/** Replaces characters as a table of their code points says. */
export function translate(text: string, table: unknown): string {
  const mapping = asMapping(table) ?? refuse(table, "it takes a mapping here");
  return characters(text).map((character) => {
    const found = getItem(mapping, character.codePointAt(0)!);
    if (found === undefined) return character;
    const code = asInteger(found);
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return found === null ? "" : requireText(found);
  }).join("");
}

/** Makes such a table as Python's `str.maketrans()` does. */
export function makeTranslation(
  from: unknown,
  to: unknown,
  without: unknown,
): Dict {
  const mapping = asMapping(from);
  if (mapping !== undefined && to === undefined) {
    const entries = mapping instanceof Dict
      ? mapping.entries()
      : Object.entries(mapping);
    return new Dict(entries.map(([key, value]) => {
      const text = asText(key);
      return [text === undefined ? key : text.codePointAt(0)!, value];
    }));
  }
  const sources = characters(requireText(from));
  const targets = characters(requireText(to));
  if (sources.length !== targets.length) {
    fail("maketrans() takes two strings of one length");
  }
  const table = new Dict(
    sources.map((
      character,
      index,
    ) => [character.codePointAt(0)!, targets[index]!.codePointAt(0)!]),
  );
  for (const character of characters(requireText(without ?? ""))) {
    table.set(character.codePointAt(0)!, null);
  }
  return table;
}
