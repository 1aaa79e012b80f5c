import { fail } from "../error.ts";
import { Output } from "../runtime/budget.ts";
import {
  Callable,
  type Keywords,
  makeUndefined,
  type Runtime,
} from "../runtime/runtime.ts";
import type { Execute, Scope } from "../runtime/scope.ts";
import type { CallBlockNode, MacroNode, Parameter } from "../syntax/nodes.ts";
import { Dict } from "../values/dict.ts";
import { Tuple } from "../values/objects.ts";
import { htmlIf } from "../values/scalars.ts";
import {
  compileBody,
  compileExpression,
  type Evaluate,
  failAt,
  innerPlace,
  type Place,
} from "./place.ts";
import { Frame, reads } from "./symbols.ts";

/** A parameter, and what computes its default. */
interface CompiledParameter {
  readonly name: string;
  readonly fallback: Evaluate | undefined;
}

/** A macro, apart from the scope that it is defined in. */
interface Definition {
  /** `null` if it is the body of a call block. */
  readonly name: string | null;
  readonly parameters: readonly CompiledParameter[];
  readonly body: Execute;
  readonly unset: readonly string[];
  readonly takesCaller: boolean;
  readonly takesRest: boolean;
  readonly takesKeywords: boolean;
}

/** Returns the special names that a macro provides because its body reads them. */
export function specialParameters(
  { parameters, body }: MacroNode | CallBlockNode,
): string[] {
  return (["caller", "kwargs", "varargs"] as const).filter((name) =>
    parameters.every((parameter) => parameter.name !== name) &&
    reads(body, name)
  );
}

/** Compiles a macro, or the body of a call block, to an expression whose value can be called. */
export function compileMacro(
  node: MacroNode | CallBlockNode,
  place: Place,
): Evaluate {
  checkParameters(node, place);
  const special = specialParameters(node);
  const names = node.parameters.map(({ name }) => name);
  const frame = new Frame(
    { parameters: [...names, ...special], nodes: node.body },
    place.frame,
  );
  const inner: Place = {
    ...innerPlace(place, frame),
    isInLoop: false,
    isOverridden: false,
  };
  const definition: Definition = {
    name: node.kind === "macro" ? node.name : null,
    parameters: node.parameters.map((parameter) =>
      compileParameter(parameter, inner)
    ),
    body: compileBody(node.body, inner),
    // A default that reads its own parameter, or a later one, finds nothing.
    unset: [...names, ...frame.unset() ?? []],
    takesCaller: special.includes("caller"),
    takesRest: special.includes("varargs"),
    takesKeywords: special.includes("kwargs"),
  };
  return (scope) => new MacroFunction(definition, scope);
}

function checkParameters(
  node: MacroNode | CallBlockNode,
  place: Place,
): void {
  const names = new Set<string>();
  for (const parameter of node.parameters) {
    const { name } = parameter;
    if (names.has(name)) {
      failAt(place, parameter, `the parameter '${name}' is declared twice`);
    }
    names.add(name);
    if (
      name === "caller" && parameter.default === null &&
      reads(node.body, "caller")
    ) {
      failAt(place, parameter, "the parameter 'caller' needs a default");
    }
  }
}

function compileParameter(
  { name, default: fallback }: Parameter,
  place: Place,
): CompiledParameter {
  return {
    name,
    fallback: fallback === null
      ? undefined
      : compileExpression(fallback, place),
  };
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
    // The caller's autoescape counts, not that of the definition.
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
