import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { textLength } from "../strings/characters.ts";
import { join } from "../strings/join.ts";
import { requireInteger, requireText } from "../values/arguments.ts";

/** Puts a string in the middle of a field, as Python's `str.center()` does. */
export function center(
  budget: Budget,
  text: string,
  width: unknown,
  fill?: unknown,
): string {
  const columns = requireInteger(width);
  const filler = fillCharacter(budget, fill);
  const missing = missingIn(budget, text, columns);
  // An odd rest goes to the right, unless the width is odd.
  const left = Math.floor(missing / 2) + (missing & columns & 1);
  return repeat(budget, filler, left) + text +
    repeat(budget, filler, missing - left);
}

/** Returns how many characters a string lacks to fill a field. */
function missingIn(budget: Budget, text: string, width: number): number {
  return Math.max(0, width - textLength(budget, text));
}

function repeat(budget: Budget, filler: string, count: number): string {
  budget.allocateString(filler.length * count);
  return filler.repeat(count);
}

function fillCharacter(budget: Budget, fill: unknown = " "): string {
  const text = requireText(
    fill,
    "The fill character must be a unicode character, not",
  );
  if (textLength(budget, text) !== 1) {
    fail("The fill character must be exactly one character long");
  }
  return text;
}

function expandTabs(budget: Budget, text: string, size: number): string {
  const parts: string[] = [];
  let column = 0;
  // Runs of other characters, and the separators between them.
  for (const part of text.split(/([\t\n\r])/)) {
    budget.allocateList(1);
    if (part === "\t") {
      const count = size > 0 ? size - column % size : 0;
      parts.push(repeat(budget, " ", count));
      column += count;
    } else {
      parts.push(part);
      column = part === "\n" || part === "\r"
        ? 0
        : column + textLength(budget, part);
    }
  }
  return join(budget, parts, "");
}

/** The methods of strings that lay them out. */
export const STRING_LAYOUT_METHODS: NativeTable = nativeTable({
  center: native(
    "self width fillchar? /",
    ({ budget }, self, width, fill) =>
      center(budget, requireText(self), width, fill),
  ),

  expandtabs: native(
    "self tabsize?",
    ({ budget }, self, size = 8) =>
      expandTabs(budget, requireText(self), requireInteger(size)),
  ),

  ljust: native("self width fillchar? /", ({ budget }, self, width, fill) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    return text + repeat(budget, fillCharacter(budget, fill), missing);
  }),

  rjust: native("self width fillchar? /", ({ budget }, self, width, fill) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    return repeat(budget, fillCharacter(budget, fill), missing) + text;
  }),

  zfill: native("self width /", ({ budget }, self, width) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    const zeros = repeat(budget, "0", missing);
    const sign = /^[-+]/.exec(text)?.[0] ?? "";
    return sign + zeros + text.slice(sign.length);
  }),
});
