import { LimitFailure, TemplateFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { textLength } from "../strings/characters.ts";
import { join } from "../strings/join.ts";
import { splitLines } from "../strings/split.ts";
import { asMapping, Dict, entriesOf } from "../values/dict.ts";
import { order } from "../operators/order.ts";
import { toRepr } from "../values/print.ts";
import { Group, Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type_name.ts";

const WIDTH = 80;

/** Where a value is printed. */
interface Place {
  /** The column that it starts in. */
  readonly indent: number;
  /** How many characters must fit on its last line after it. */
  readonly allowance: number;
  /** How deep it is nested; 1 at the top. */
  readonly level: number;
}

/** Prints a value, over several lines if it does not fit on one, as Python's `pprint` does. */
export function prettyPrint(budget: Budget, value: unknown): string {
  return new PrettyPrinter(budget).print(sortKeys(value, budget), {
    indent: 0,
    allowance: 0,
    level: 1,
  });
}

/** Sorts the keys of dicts on every level. */
function sortKeys(value: unknown, budget: Budget): unknown {
  budget.step();
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, budget));
  // A group has a repr() of its own, so pprint does not look into it.
  if (value instanceof Group) return value;
  if (value instanceof Tuple) {
    return new Tuple(value.items.map((item) => sortKeys(item, budget)));
  }
  const mapping = asMapping(value);
  if (mapping === undefined) return value;
  const entries = entriesOf(budget, mapping)
    .map(([key, item]): [unknown, unknown] => [key, sortKeys(item, budget)])
    .sort(([left], [right]) => orderKeys(budget, left, right));
  return Dict.of(budget, entries);
}

function orderKeys(budget: Budget, left: unknown, right: unknown): number {
  try {
    return order(budget, left, right);
  } catch (error) {
    if (error instanceof LimitFailure) throw error;
    if (!(error instanceof TemplateFailure)) throw error;
    return typeName(left) < typeName(right) ? -1 : 1;
  }
}

/** Prints values within the width of a line. */
class PrettyPrinter {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  print(value: unknown, place: Place): string {
    const text = toRepr(this.#budget, value);
    const room = WIDTH - place.indent - place.allowance;
    if (textLength(this.#budget, text) <= room) return text;
    if (typeof value === "string" && value !== "") {
      return this.#printText(value, place);
    }
    if (Array.isArray(value)) return `[${this.#printItems(value, place, 1)}]`;
    if (value instanceof Tuple && !(value instanceof Group)) {
      const end = value.length === 1 ? ",)" : ")";
      return `(${this.#printItems(value.items, place, end.length)}${end}`;
    }
    return value instanceof Dict ? this.#printDict(value, place) : text;
  }

  #printDict(dict: Dict, { indent, allowance, level }: Place): string {
    const entries = entriesOf(this.#budget, dict);
    const lines = entries.map(([key, item], index) => {
      const name = toRepr(this.#budget, key);
      const isLast = index === entries.length - 1;
      return `${name}: ${
        this.print(item, {
          indent: indent + 1 + textLength(this.#budget, name) + 2,
          allowance: isLast ? allowance + 1 : 1,
          level: level + 1,
        })
      }`;
    });
    return `{${this.#joinLines(lines, ",", indent + 1)}}`;
  }

  #printItems(
    items: readonly unknown[],
    { indent, allowance, level }: Place,
    closing: number,
  ): string {
    const lines = items.map((item, index) =>
      this.print(item, {
        indent: indent + 1,
        allowance: index === items.length - 1 ? allowance + closing : 1,
        level: level + 1,
      })
    );
    return this.#joinLines(lines, ",", indent + 1);
  }

  #printText(text: string, place: Place): string {
    const isTop = place.level === 1;
    const indent = place.indent + (isTop ? 1 : 0);
    const allowance = place.allowance + (isTop ? 1 : 0);
    const width = WIDTH - indent;
    const chunks: string[] = [];
    const lines = splitLines(this.#budget, text, true);
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1;
      const whole = toRepr(this.#budget, line);
      if (textLength(this.#budget, whole) <= width - (isLast ? allowance : 0)) {
        chunks.push(whole);
      } else {
        chunks.push(...this.#breakLine(line, width, isLast ? allowance : 0));
      }
    }
    if (chunks.length === 1) return chunks[0]!;
    const joined = this.#joinLines(chunks, "", indent);
    return isTop ? `(${joined})` : joined;
  }

  #joinLines(lines: readonly string[], end: string, indent: number): string {
    this.#budget.allocateString(indent);
    return join(this.#budget, lines, `${end}\n${" ".repeat(indent)}`);
  }

  #breakLine(line: string, width: number, allowance: number): string[] {
    this.#budget.allocateList(line.length);
    const parts = line.match(/\S*\s*/g)!.filter((part) => part !== "");
    const chunks: string[] = [];
    let current = "";
    for (const [index, part] of parts.entries()) {
      const candidate = current + part;
      const room = index === parts.length - 1 ? width - allowance : width;
      if (textLength(this.#budget, toRepr(this.#budget, candidate)) > room) {
        if (current !== "") chunks.push(toRepr(this.#budget, current));
        current = part;
      } else {
        current = candidate;
      }
    }
    if (current !== "") chunks.push(toRepr(this.#budget, current));
    return chunks;
  }
}
