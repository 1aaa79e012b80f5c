import { Float, type Mapping, setKey, type Value } from "../../src/values.ts";
import { Random } from "./random.ts";

const SCRAPS = [
  ..." \n\t:#-?'\"a10.e+_{}[],&*!|>%@`\\=<~yno\r\0",
  ...["\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u200b", "\u2028", "\u2029"],
  ...["\u3000", "\ufeff", "\ufffe", "\uffff", "é", "你", "😀", "\n\n", "  "],
  ...[": ", " #", "- ", "---", "...", "{{ x }}", "null", "true", "yes", "off"],
  ...["12:30", "010", "1e3", "1_0", "0x1f", ".5", ".inf", "2001-01-01", "<<"],
];
const KEYS = ["__proto__", "constructor", "toString", "0", "10", "=", ""];
const NUMBERS: readonly Value[] = [
  ...[0, 1, -1, 2 ** 53 - 1, 1.5, -0.25, 0.1, 1e-7, 5e-324, 1.5e300, 1e21],
  ...[new Float(1), new Float(-0), new Float(2 ** 52), 1e16, 123456789012345680],
  ...[12345678901234567890n, -(2n ** 70n), Infinity, -Infinity, NaN],
];

/** Makes documents at random. */
export class RandomValues extends Random {
  /** Returns a string that parsers stumble over. */
  text(): string {
    return Array.from({ length: this.below(7) }, () => this.pick(SCRAPS))
      .join("");
  }

  /** Returns a mapping of anything, up to a depth. */
  mapping(depth = 3): Mapping {
    const mapping: Mapping = {};
    for (let count = this.below(5); count > 0; count--) {
      const key = this.below(4) === 0 ? this.pick(KEYS) : this.text();
      setKey(mapping, key, this.#value(depth - 1));
    }
    return mapping;
  }

  #value(depth: number): Value {
    const kind = this.below(depth > 0 ? 8 : 5);
    if (kind < 3) return this.text();
    if (kind === 3) return this.pick(NUMBERS);
    if (kind === 4) return this.pick([true, false, null]);
    if (kind < 7) return this.mapping(depth);
    return Array.from(
      { length: this.below(4) },
      () => this.#value(depth - 1),
    );
  }
}
