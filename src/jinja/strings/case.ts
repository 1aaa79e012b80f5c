import type { Budget } from "../runtime/budget.ts";
import { characters } from "./text.ts";

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
    if (isAsciiCharacter(character)) return character.toLowerCase();
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
    if (isAsciiCharacter(character)) {
      const upper = character.toUpperCase();
      return upper === character ? character.toLowerCase() : upper;
    }
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
  return characters(budget, text).map((character, index, all) => {
    budget.tick();
    return change(character, index, all);
  }).join("");
}

/** Whether a character is a letter with case; "ⅷ" and "ª" count. */
function isCased(character: string): boolean {
  return isAsciiCharacter(character)
    ? character.toLowerCase() !== character.toUpperCase()
    : /\p{Cased}/u.test(character);
}

/** Reports whether a character is ASCII, whose case needs no slow pattern. */
function isAsciiCharacter(character: string): boolean {
  return character < "\x80";
}

// One character that stands for two letters: "ǆ" is "ǅ" in title case.
const DIGRAPH_REGEXP = /[\u01c4-\u01cc\u01f1-\u01f3]/;
// Georgian letters have no title case.
const GEORGIAN_REGEXP = /[\u10d0-\u10ff]/;
const CAPITAL_IOTA = "\u0399";
const IOTA_SUBSCRIPT = "\u0345";

function titleCase(character: string): string {
  if (isAsciiCharacter(character)) return character.toUpperCase();
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

/*
 * The tests of Python's `str.isalpha()` and its kin. Their regular expressions are
 * no constants: Unicode classes are slow to compile, and few templates need them.
 */

/** Digits that are not decimal, such as "²" and "①". */
const OTHER_DIGITS =
  "²³¹\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468" +
  "\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e" +
  "\u2780-\u2788\u278a-\u2792\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}" +
  "\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}";

/** Han characters that stand for numbers, such as "三". */
const HAN_NUMERALS =
  "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌" +
  "陸零\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd\u{20001}" +
  "\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}" +
  "\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}" +
  "\u{23b1b}\u{2626d}\u{2f890}";

/** Reports whether all characters are letters, and there are some. */
export function isAlpha(text: string): boolean {
  return /^\p{L}+$/u.test(text);
}

/** Reports whether all characters are letters or numbers, and there are some. */
export function isAlphanumeric(text: string): boolean {
  return /^[\p{L}\p{N}]+$/u.test(text);
}

/** Reports whether all characters are ASCII. */
export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Reports whether all characters are decimal digits, and there are some. */
export function isDecimal(text: string): boolean {
  return /^\p{Nd}+$/u.test(text);
}

/** Reports whether all characters are digits, superscripts too, and there are some. */
export function isDigit(text: string): boolean {
  return new RegExp(`^[\\p{Nd}${OTHER_DIGITS}]+$`, "u").test(text);
}

/** Reports whether all characters are numbers, fractions too, and there are some. */
export function isNumeric(text: string): boolean {
  return new RegExp(`^[\\p{N}${HAN_NUMERALS}]+$`, "u").test(text);
}

/** Reports whether Python's `repr()` prints all characters as they are. */
export function isPrintable(text: string): boolean {
  return !/(?! )[\p{C}\p{Z}]/u.test(text);
}

/** Reports whether all letters are lower case, and there are some. */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Reports whether all letters are upper case, and there are some. */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Reports whether exactly the first letter of each word is upper case. */
export function isTitle(text: string): boolean {
  return /[\p{Uppercase}\p{Lt}]/u.test(text) &&
    !/[\p{Cased}][\p{Uppercase}\p{Lt}]|(?<!\p{Cased})\p{Lowercase}/u.test(text);
}
