import type { Budget } from "../runtime/budget.ts";
import { fail } from "../error.ts";
import type { Native } from "../runtime/runtime.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { Tuple } from "../values/tuple.ts";
import { sliceText, textLength } from "../strings/characters.ts";
/** The part of a text between two positions, and where it starts. */
export function window(
  budget: Budget,
  text: string,
  start: unknown,
  end: unknown,
): { part: string; offset: number } | undefined {
  const length = textLength(budget, text);
  const from = position(start, length, 0);
  const to = Math.min(position(end, length, length), length);
  if (from > to) return undefined;
  return { part: sliceText(budget, text, from, to), offset: from };
}

function position(value: unknown, length: number, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const index = requireInteger(value);
  return index < 0 ? Math.max(0, index + length) : index;
}

function find(
  budget: Budget,
  text: string,
  part: unknown,
  range: readonly [start: unknown, end: unknown],
  fromEnd: boolean,
): number {
  const searched = window(budget, text, ...range);
  const wanted = requireText(part);
  if (searched === undefined) return -1;
  const unit = fromEnd
    ? searched.part.lastIndexOf(wanted)
    : searched.part.indexOf(wanted);
  if (unit === -1) return -1;
  return searched.offset +
    textLength(budget, searched.part.slice(0, unit));
}

/** A method that finds a part. */
export function finder(fromEnd: boolean, mustFind: boolean): Native {
  return {
    parameters: "self sub start? end? /",
    run({ budget }, self: unknown, sub: unknown, start: unknown, end: unknown) {
      const index = find(budget, requireText(self), sub, [start, end], fromEnd);
      return index === -1 && mustFind ? fail("substring not found") : index;
    },
  };
}

/** A method that looks at the start or the end. */
export function affix(test: (part: string, affix: string) => boolean): Native {
  return {
    parameters: "self affix start? end? /",
    run(
      { budget },
      self: unknown,
      wanted: unknown,
      start: unknown,
      end: unknown,
    ) {
      const searched = window(budget, requireText(self), start, end);
      const choices = wanted instanceof Tuple ? wanted.items : [wanted];
      return choices.some((choice) => {
        const text = requireText(choice);
        return searched !== undefined && test(searched.part, text);
      });
    },
  };
}
