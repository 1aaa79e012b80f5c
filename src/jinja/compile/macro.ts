import {
  compileBody,
  compileExpression,
  compileScope,
  escaping,
  type Evaluate,
  type Execute,
  failAt,
  Frame,
  LoopSignal,
  type Place,
} from "./compiler.ts";
import { Dict } from "../values/dict.ts";
import { fail } from "../error.ts";
import type { Capture, Macro, Name, Pair } from "../syntax/nodes.ts";
import { Callable, type Keywords } from "../runtime/object.ts";
import { htmlIf } from "../values/markup.ts";
import { makeUndefined } from "../runtime/undefined.ts";
import { Tuple } from "../values/tuple.ts";
import { Output } from "../runtime/output.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Scope } from "../runtime/scope.ts";

interface Parameter {
  readonly name: string;
  readonly fallback: Evaluate | undefined;
}

/** What a macro is, wherever it is defined. */
interface Definition {
  readonly name: string | null;
  readonly parameters: readonly Parameter[];
  readonly body: Execute;
  readonly unset: readonly string[] | undefined;
  readonly takesCaller: boolean;
  readonly takesRest: boolean;
  readonly takesKeywords: boolean;
}

/** Makes the function that defines a macro, or the body of a call block. */
export function compileMacro(node: Macro, place: Place): Evaluate {
  const frame = new Frame(
    { given: node.args.children, body: node.body },
    place.frame,
  );
  const inner: Place = {
    ...place,
    frame,
    isInLoop: false,
    isConditional: false,
    specialNames: new Set(),
  };
  const parameters = node.args.children.map((child): Parameter =>
    child.typename === "Pair"
      ? {
        name: ((child as Pair).key as Name).value,
        fallback: compileExpression((child as Pair).value, inner),
      }
      : { name: (child as Name).value, fallback: undefined }
  );
  inner.specialNames.clear();
  const body = compileBody(node.body, inner);
  const named = new Set(parameters.map(({ name }) => name));
  for (const name of inner.specialNames) {
    // Jinja2 takes what a macro inside reads for the outer one's too.
    if (!named.has(name)) place.specialNames.add(name);
  }
  if (named.size < parameters.length) {
    failAt(place, node, "a macro has two parameters of one name");
  }
  function takes(name: string): boolean {
    return inner.specialNames.has(name) && !named.has(name);
  }
  const isCaller = node.typename === "Caller";
  const callerIndex = parameters.findIndex(({ name }) => name === "caller");
  if (
    inner.specialNames.has("caller") && callerIndex !== -1 &&
    parameters[callerIndex]!.fallback === undefined
  ) {
    failAt(place, node, "the parameter 'caller' of a macro needs a default");
  }
  const definition: Definition = {
    name: isCaller ? null : node.name.value,
    parameters,
    body,
    unset: frame.unset(),
    takesCaller: takes("caller"),
    takesRest: takes("varargs"),
    takesKeywords: takes("kwargs"),
  };
  return (scope) => new MacroFunction(definition, scope);
}

class MacroFunction extends Callable {
  readonly typeName = "jinja2.runtime.Macro";
  readonly #definition: Definition;
  readonly #scope: Scope;

  constructor(definition: Definition, scope: Scope) {
    super();
    this.#definition = definition;
    this.#scope = scope;
  }

  override attribute(name: string): unknown {
    const { parameters, takesCaller, takesKeywords, takesRest } =
      this.#definition;
    switch (name) {
      case "name":
        return this.#definition.name;
      case "arguments":
        return new Tuple(parameters.map((parameter) => parameter.name));
      case "caller":
        return takesCaller;
      case "catch_kwargs":
        return takesKeywords;
      case "catch_varargs":
        return takesRest;
      default:
        return undefined;
    }
  }

  override repr(): string {
    const { name } = this.#definition;
    return name === null ? "<Macro anonymous>" : `<Macro '${name}'>`;
  }

  override call(
    runtime: Runtime,
    positional: readonly unknown[],
    keywords: Keywords | undefined,
  ): unknown {
    const { body, unset } = this.#definition;
    const scope = this.#scope.inner(unset);
    this.#bind(runtime, scope, positional, new Map(keywords));
    const output = new Output(runtime.budget);
    runtime.budget.enter(() => body(scope, output));
    // What counts is where it is called, not where it is defined.
    return htmlIf(runtime.escapes, output.text);
  }

  #bind(
    runtime: Runtime,
    scope: Scope,
    positional: readonly unknown[],
    keywords: Map<string, unknown>,
  ): void {
    const { parameters, takesCaller, takesKeywords, takesRest } =
      this.#definition;
    const given = parameters.map(({ name }, index) => {
      if (index < positional.length) return positional[index];
      const value = keywords.get(name);
      keywords.delete(name);
      return value;
    });
    if (takesCaller) {
      const caller = keywords.get("caller") ??
        makeUndefined(runtime, "No caller defined");
      keywords.delete("caller");
      scope.set("caller", caller);
    }
    if (takesKeywords) scope.set("kwargs", Dict.of(runtime.budget, keywords));
    else if (keywords.size > 0) this.#refuseKeyword(keywords);
    if (takesRest) {
      scope.set("varargs", new Tuple(positional.slice(parameters.length)));
    } else if (positional.length > parameters.length) {
      fail(
        `${this.#title()} takes not more than ${parameters.length} argument(s)`,
      );
    }
    for (const [index, { name, fallback }] of parameters.entries()) {
      // A later default may read an earlier parameter.
      const value = given[index] ??
        (given[index] === null
          ? null
          : fallback === undefined
          ? makeUndefined(runtime, `parameter '${name}' was not provided`)
          : fallback(scope));
      scope.set(name, value);
    }
  }

  #refuseKeyword(keywords: ReadonlyMap<string, unknown>): never {
    const [name] = keywords.keys();
    fail(`${this.#title()} takes no keyword argument '${name}'`);
  }

  #title(): string {
    const { name } = this.#definition;
    return name === null ? "caller()" : `macro '${name}'`;
  }
}

/** Makes the function that gives the text of a body: of a set or filter block. */
export function compileCapture({ body }: Capture, place: Place): Evaluate {
  const run = compileScope(body, { ...place, isConditional: false });
  const escapesIn = escaping(place);
  return (scope) => {
    const output = new Output(scope.runtime.budget);
    const flow = run(scope, output);
    if (flow !== "next") throw new LoopSignal(flow);
    return htmlIf(escapesIn(scope), output.text);
  };
}
