import type { Budget } from "../runtime/budget.ts";
import { characters } from "./characters.ts";
/** Makes the first letter upper case and the others lower case. */
export function capitalize(budget: Budget, text: string): string {
  const [first = "", ...rest] = characters(budget, text);
  return titleCase(first) + lower(rest.join(""));
}

// Two letters in one character, of which only the first is upper case in a title.
const DIGRAPH_REGEXP = /[\u01c4-\u01cc\u01f1-\u01f3]/;

function titleCase(character: string): string {
  if (DIGRAPH_REGEXP.test(character)) {
    const upper = character.toUpperCase().codePointAt(0)!;
    return String.fromCodePoint(upper + 1);
  }
  const upper = character.toUpperCase();
  return upper.length > character.length && /^\p{L}/u.test(upper)
    ? Array.from(upper)[0] +
      Array.from(upper).slice(1).join("").toLowerCase()
    : upper;
}

/** Makes a text lower case. */
export function lower(text: string): string {
  return text.toLowerCase();
}

/** Makes texts alike that differ in their case only. */
export function foldCase(budget: Budget, text: string): string {
  return characters(budget, text).map((character) =>
    character === "ı" ? character : character.toUpperCase().toLowerCase()
  ).join("");
}

/** Makes upper case of lower case, and the other way round. */
export function swapCase(budget: Budget, text: string): string {
  return characters(budget, text).map((character) =>
    /\p{Uppercase}/u.test(character)
      ? character.toLowerCase()
      : /\p{Lowercase}/u.test(character)
      ? character.toUpperCase()
      : character
  ).join("");
}

/** Makes the first letter of every word upper case. */
export function title(budget: Budget, text: string): string {
  let isInside = false;
  return characters(budget, text).map((character) => {
    const isCased = /[\p{Lu}\p{Ll}\p{Lt}]/u.test(character);
    const result = !isCased
      ? character
      : isInside
      ? lower(character)
      : titleCase(character);
    isInside = isCased;
    return result;
  }).join("");
}

/** Tells whether the letters of a text are lower case, and there are some. */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Tells whether the letters of a text are upper case, and there are some. */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Tells whether exactly the first letters of the words are upper case. */
export function isTitle(text: string): boolean {
  let isInside = false;
  let hasWord = false;
  for (const character of text) {
    if (/[\p{Lu}\p{Lt}]/u.test(character)) {
      if (isInside) return false;
      isInside = hasWord = true;
    } else if (/\p{Ll}/u.test(character)) {
      if (!isInside) return false;
    } else {
      isInside = false;
    }
  }
  return hasWord;
}
