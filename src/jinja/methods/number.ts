import { integerValue } from "../../values.ts";
import { plus } from "../operators/arithmetic.ts";
import { nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { asInteger, asNumber } from "../values/numbers.ts";
import { Tuple } from "../values/tuple.ts";
export function property(run: (self: unknown) => unknown): Native {
  return {
    parameters: "property",
    run: (_runtime, self: unknown) => run(self),
  };
}

function method(run: (self: unknown) => unknown): Native {
  return { parameters: "self /", run: (_runtime, self: unknown) => run(self) };
}

function binary(self: unknown): string {
  const integer = BigInt(asInteger(self)!);
  return (integer < 0n ? -integer : integer).toString(2);
}

/** A float as a fraction in lowest terms. */
function ratio(self: unknown): Tuple {
  let numerator = Number(asNumber(self));
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([
    integerValue(BigInt(numerator)),
    integerValue(denominator),
  ]);
}

/** Python's members of integers and booleans. */
export const INTEGER_METHODS: NativeTable = nativeTable({
  as_integer_ratio: method((self) => new Tuple([plus(self), 1])),
  bit_count: method((self) => binary(self).replaceAll("0", "").length),
  bit_length: method((self) => asInteger(self) ? binary(self).length : 0),
  conjugate: method(plus),
  denominator: property(() => 1),
  imag: property(() => 0),
  numerator: property(plus),
  real: property(plus),
});

/** Python's members of floats. */
export const FLOAT_METHODS: NativeTable = nativeTable({
  as_integer_ratio: method(ratio),
  conjugate: method(plus),
  is_integer: method((self) => Number.isInteger(Number(asNumber(self)))),
  real: property(plus),
});
