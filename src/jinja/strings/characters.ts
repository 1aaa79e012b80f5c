/** Writes a character as the escape of a string literal. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits}`;
  if (code < 0x10000) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}

const SURROGATE_REGEXP = /[\ud800-\udfff]/;

/** How many code points a text has, which is what Python counts. */
export function textLength(text: string): number {
  if (!SURROGATE_REGEXP.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** The code points of a text. */
export function characters(text: string): string[] {
  return SURROGATE_REGEXP.test(text) ? Array.from(text) : text.split("");
}

/** Cuts a text between two positions, counted in code points. */
export function sliceText(text: string, start: number, end?: number): string {
  return SURROGATE_REGEXP.test(text)
    ? Array.from(text).slice(start, end).join("")
    : text.slice(start, end);
}
