import type { Budget } from "../runtime/budget.ts";
import { characters } from "./characters.ts";

/** Converts a string to lower case, as Python's `str.lower()` does. */
export function lower(budget: Budget, text: string): string {
  budget.allocateString(text.length);
  return text.toLowerCase();
}

/** Converts a string to upper case, as Python's `str.upper()` does. */
export function upper(budget: Budget, text: string): string {
  budget.allocateString(text.length);
  return text.toUpperCase();
}

/** Converts the first character to title case and the others to lower case. */
export function capitalize(budget: Budget, text: string): string {
  return convert(
    budget,
    text,
    (character, index, all) =>
      index === 0 ? titleCase(character) : lowerCase(all, index),
  );
}

/** Folds case for comparisons without it, as Python's `str.casefold()` does. */
export function foldCase(budget: Budget, text: string): string {
  return convert(budget, text, (character) => {
    if (character === "ı") return character;
    if (character === "ẞ") return "ss";
    const upper = character.toUpperCase();
    // Cherokee letters fold to upper case.
    return /[\u13a0-\u13fd]/.test(upper) ? upper : upper.toLowerCase();
  });
}

/** Swaps upper and lower case. */
export function swapCase(budget: Budget, text: string): string {
  return convert(budget, text, (character, index, all) => {
    if (/\p{Uppercase}/u.test(character)) return lowerCase(all, index);
    return /\p{Lowercase}/u.test(character)
      ? character.toUpperCase()
      : character;
  });
}

/** Converts the first character of each word to title case and the others to lower case. */
export function title(budget: Budget, text: string): string {
  let isInWord = false;
  return convert(budget, text, (character, index, all) => {
    const result = isInWord ? lowerCase(all, index) : titleCase(character);
    isInWord = isCased(character);
    return result;
  });
}

type Convert = (
  character: string,
  index: number,
  all: readonly string[],
) => string;

function convert(budget: Budget, text: string, change: Convert): string {
  budget.allocateString(text.length);
  return characters(budget, text).map(change).join("");
}

/** Whether a character is a letter with case; "ⅷ" and "ª" count. */
function isCased(character: string): boolean {
  return /\p{Cased}/u.test(character);
}

// One character that stands for two letters: "ǆ" is "ǅ" in title case.
const DIGRAPH_REGEXP = /[\u01c4-\u01cc\u01f1-\u01f3]/;
// Georgian letters have no title case.
const GEORGIAN_REGEXP = /[\u10d0-\u10ff]/;
const CAPITAL_IOTA = "\u0399";
const IOTA_SUBSCRIPT = "\u0345";

function titleCase(character: string): string {
  if (GEORGIAN_REGEXP.test(character)) return character;
  const upper = character.toUpperCase();
  if (DIGRAPH_REGEXP.test(character)) {
    return String.fromCodePoint(upper.codePointAt(0)! + 1);
  }
  const [first = "", ...rest] = upper;
  if (rest.length === 0) return upper;
  if (upper.endsWith(CAPITAL_IOTA)) {
    const subscript = upper.slice(0, -1) + IOTA_SUBSCRIPT;
    return rest.length === 1 ? subscript.normalize() : subscript;
  }
  // "ß" becomes "Ss", but "ŉ" becomes "ʼN".
  return /\p{Lu}/u.test(first) ? first + rest.join("").toLowerCase() : upper;
}

/** Converts the character at an index to lower case, which matters for "Σ". */
function lowerCase(all: readonly string[], index: number): string {
  const character = all[index]!;
  if (character !== "Σ") return character.toLowerCase();
  return hasLetter(all, index, -1) && !hasLetter(all, index, 1) ? "ς" : "σ";
}

/** Reports whether a letter comes next in a direction. Accents between do not count. */
function hasLetter(
  all: readonly string[],
  index: number,
  direction: 1 | -1,
): boolean {
  for (
    let at = index + direction;
    at >= 0 && at < all.length;
    at += direction
  ) {
    if (!/\p{Case_Ignorable}/u.test(all[at]!)) return isCased(all[at]!);
  }
  return false;
}
