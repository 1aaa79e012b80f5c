import { fail } from "../error.ts";
import { Callable, type Keywords } from "./object.ts";
import type { Native, NativeTable, Runtime } from "./runtime.ts";
/** The value that a word of a parameter string stands for. */
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

/** Makes a table of functions. */
export function nativeTable(
  entries: Readonly<Record<string, Native>>,
): NativeTable {
  return new Map(Object.entries(entries));
}

interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly byName: boolean;
  readonly byPosition: boolean;
}

interface Signature {
  readonly parameters: readonly Parameter[];
  readonly required: number;
  readonly positional: number;
  readonly hasRest: boolean;
  readonly hasKeywords: boolean;
}

const SIGNATURES = new Map<string, Signature>();

function signatureOf(text: string): Signature {
  const known = SIGNATURES.get(text);
  if (known !== undefined) return known;
  const words = text.split(" ").filter((word) => word !== "");
  const slash = words.indexOf("/");
  const star = words.findIndex((word) => /^\*[^*]*$/.test(word));
  const parameters = words.flatMap((word, index): Parameter[] =>
    word === "/" || word.startsWith("*") ? [] : [{
      name: word.replace("?", ""),
      isOptional: word.endsWith("?"),
      byName: index > slash,
      byPosition: star === -1 || index < star,
    }]
  );
  const signature = {
    parameters,
    required: parameters.filter((parameter) => !parameter.isOptional).length,
    positional: parameters.filter((parameter) => parameter.byPosition).length,
    hasRest: star !== -1 && words[star] !== "*",
    hasKeywords: words.some((word) => word.startsWith("**")),
  };
  SIGNATURES.set(text, signature);
  return signature;
}

/** Calls a function by Python's rules: missing, surplus and doubled arguments are errors. */
export function callNative(
  runtime: Runtime,
  name: string,
  native: Native,
  positional: readonly unknown[],
  keywords: Keywords | undefined,
): unknown {
  const signature = signatureOf(native.parameters);
  const { parameters, required, hasRest, hasKeywords } = signature;
  const count = positional.length;
  if (
    keywords === undefined && !hasRest && !hasKeywords &&
    count >= required && count <= signature.positional
  ) {
    return native.run(runtime, ...positional);
  }
  return native.run(
    runtime,
    ...bind(name, signature, positional, keywords, parameters),
  );
}

function bind(
  name: string,
  signature: Signature,
  positional: readonly unknown[],
  keywords: Keywords | undefined,
  parameters: readonly Parameter[],
): unknown[] {
  const rest = positional.slice(signature.positional);
  if (rest.length > 0 && !signature.hasRest) {
    fail(
      `${name}() takes ${signature.positional} arguments at most, not ${positional.length}`,
    );
  }
  const named = new Map(keywords);
  const values = parameters.map((parameter, index) => {
    const isGiven = index < positional.length && parameter.byPosition;
    if (parameter.byName && named.has(parameter.name)) {
      if (isGiven) fail(`${name}() got '${parameter.name}' twice`);
      const value = named.get(parameter.name);
      named.delete(parameter.name);
      return value;
    }
    if (isGiven) return positional[index];
    if (parameter.isOptional) return undefined;
    fail(`${name}() lacks its argument '${parameter.name}'`);
  });
  if (named.size > 0 && !signature.hasKeywords) {
    const [surplus] = named.keys();
    fail(`${name}() takes no argument '${surplus}'`);
  }
  if (signature.hasRest) values.push(rest);
  if (signature.hasKeywords) values.push(named);
  return values;
}

/** Where Jinja2 has the classes that are not Python's own, under their names there. */
const CLASS_NAMES: ReadonlyMap<string, string> = new Map([
  ["cycler", "jinja2.utils.Cycler"],
  ["joiner", "jinja2.utils.Joiner"],
  ["namespace", "jinja2.utils.Namespace"],
]);

/** A function of ours as a value. */
export class NativeFunction extends Callable {
  readonly typeName: string;
  readonly #name: string;
  readonly #native: Native;

  constructor(name: string, native: Native, typeName = "function") {
    super();
    this.typeName = typeName;
    this.#name = name;
    this.#native = native;
  }

  override repr(): string {
    return this.typeName === "type"
      ? `<class '${CLASS_NAMES.get(this.#name) ?? this.#name}'>`
      : `<function ${this.#name}>`;
  }

  override call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown {
    return callNative(runtime, this.#name, this.#native, positional, keywords);
  }
}

/** A method together with the value that it belongs to. */
export class BoundMethod extends Callable {
  readonly typeName = "builtin_function_or_method";
  readonly #name: string;
  readonly #native: Native;
  readonly #self: unknown;

  constructor(name: string, native: Native, self: unknown) {
    super();
    this.#name = name;
    this.#native = native;
    this.#self = self;
  }

  override call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown {
    const values = [this.#self, ...positional];
    return callNative(runtime, this.#name, this.#native, values, keywords);
  }

  override repr(): string {
    return `<built-in method ${this.#name}>`;
  }
}
