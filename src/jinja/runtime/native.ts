import type { Keywords } from "./object.ts";
import type { Native, NativeTable, Runtime } from "./runtime.ts";

/** The values that a word of a parameter string stands for. */
type WordValue<Word extends string> = Word extends "/" | "*" | "" ? []
  : Word extends `**${string}` ? [keywords: Keywords]
  : Word extends `*${string}` ? [rest: readonly unknown[]]
  : [value: unknown];

/** The values of a parameter string such as `value width? /`. */
export type ParameterValues<Parameters extends string> = Parameters extends
  `${infer Word} ${infer Rest}` ? [...WordValue<Word>, ...ParameterValues<Rest>]
  : WordValue<Parameters>;

/**
 * Declares a function that templates may call.
 *
 * @param parameters Its parameters, as {@linkcode Native.parameters} describes
 * them. They decide how many values `run` takes.
 * @param run Runs it.
 */
export function native<const Parameters extends string>(
  parameters: Parameters,
  run: (runtime: Runtime, ...values: ParameterValues<Parameters>) => unknown,
): Native {
  return { parameters, run };
}

/** Builds a table of functions. */
export function nativeTable(
  entries: Readonly<Record<string, Native>>,
): NativeTable {
  return new Map(Object.entries(entries));
}
