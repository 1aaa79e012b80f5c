import { fail } from "../error.ts";
import {
  Callable,
  type Keywords,
  type Native,
  type NativeTable,
  type Runtime,
} from "./runtime.ts";

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

interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly byName: boolean;
  readonly byPosition: boolean;
}

/** A parameter string, parsed. */
interface Signature {
  readonly parameters: readonly Parameter[];
  /** How many parameters have no default. */
  readonly required: number;
  /** How many parameters can be given by position. */
  readonly positional: number;
  /** Whether further positional arguments are collected. */
  readonly hasRest: boolean;
  /** Whether further keyword arguments are collected. */
  readonly hasKeywords: boolean;
  /** Whether the first parameter is the object of a method. */
  readonly hasSelf: boolean;
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
    hasSelf: words[0] === "self",
  };
  SIGNATURES.set(text, signature);
  return signature;
}

/**
 * Calls a function with arguments that are bound by Python's rules.
 *
 * @throws {TemplateFailure} If an argument is missing, unknown or given twice.
 */
export function callNative(
  runtime: Runtime,
  name: string,
  native: Native,
  positional: readonly unknown[],
  keywords: Keywords | undefined,
): unknown {
  runtime.budget.step();
  const signature = signatureOf(native.parameters);
  const { required, hasRest, hasKeywords } = signature;
  const count = positional.length;
  if (
    keywords === undefined && !hasRest && !hasKeywords &&
    count >= required && count <= signature.positional
  ) {
    return native.run(runtime, ...positional);
  }
  return native.run(runtime, ...bind(name, signature, positional, keywords));
}

function bind(
  name: string,
  signature: Signature,
  positional: readonly unknown[],
  keywords: Keywords | undefined,
): unknown[] {
  const named = new Map(keywords);
  const missing: string[] = [];
  const values = signature.parameters.map((parameter, index) => {
    const isGiven = index < positional.length && parameter.byPosition;
    if (parameter.byName && named.has(parameter.name)) {
      if (isGiven) {
        fail(`${name}() got multiple values for argument '${parameter.name}'`);
      }
      const value = named.get(parameter.name);
      named.delete(parameter.name);
      return value;
    }
    if (isGiven) return positional[index];
    if (!parameter.isOptional) missing.push(`'${parameter.name}'`);
    return undefined;
  });
  const rest = positional.slice(signature.positional);
  if (rest.length > 0 && !signature.hasRest) {
    failCount(name, signature, positional.length);
  }
  if (named.size > 0 && !signature.hasKeywords) {
    const [surplus] = named.keys();
    fail(`${name}() got an unexpected keyword argument '${surplus}'`);
  }
  if (missing.length > 0) failMissing(name, missing);
  if (signature.hasRest) values.push(rest);
  if (signature.hasKeywords) values.push(named);
  return values;
}

function failCount(
  name: string,
  { positional, required, hasSelf }: Signature,
  given: number,
): never {
  const self = hasSelf ? 1 : 0;
  const most = positional - self;
  const range = required < positional ? "at most" : "exactly";
  const noun = most === 1 ? "argument" : "arguments";
  fail(
    most === 0
      ? `${name}() takes no arguments (${given - self} given)`
      : `${name}() takes ${range} ${most} ${noun} (${given - self} given)`,
  );
}

function failMissing(name: string, missing: readonly string[]): never {
  const noun = missing.length === 1 ? "argument" : "arguments";
  const last = missing.length > 2 ? ", and " : " and ";
  const names = missing.slice(0, -1).join(", ");
  fail(
    `${name}() missing ${missing.length} required positional ${noun}: ` +
      (names === "" ? missing[0] : `${names}${last}${missing.at(-1)}`),
  );
}

/** A function that is a value, such as `range`. */
export class NativeFunction extends Callable {
  override readonly typeName: string;
  readonly #name: string;
  readonly #native: Native;

  /**
   * Wraps `native`.
   *
   * @param name Its name in messages.
   * @param typeName `type` if it is a class to Python.
   */
  constructor(
    name: string,
    native: Native,
    typeName: "function" | "type" = "function",
  ) {
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

/** The classes that Jinja2 exports under another name. */
const CLASS_NAMES: ReadonlyMap<string, string> = new Map([
  ["cycler", "jinja2.utils.Cycler"],
  ["joiner", "jinja2.utils.Joiner"],
  ["namespace", "jinja2.utils.Namespace"],
]);

/** A method together with the object that it belongs to. */
export class BoundMethod extends Callable {
  override readonly typeName = "builtin_function_or_method";
  readonly #name: string;
  readonly #native: Native;
  readonly #self: unknown;

  /** Binds `native` to `self`, which becomes its first argument. */
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
