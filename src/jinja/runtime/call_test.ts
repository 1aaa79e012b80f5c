import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { makeRuntime } from "../../../tests/support/jinja_runtime.ts";
import { BoundMethod, callNative, native, NativeFunction } from "./call.ts";
import type { Native } from "./runtime.ts";

function call(
  parameters: string,
  positional: readonly unknown[],
  keywords?: Readonly<Record<string, unknown>>,
): unknown {
  const declared: Native = {
    parameters,
    run: (_runtime, ...values) =>
      values.map((value) =>
        value instanceof Map ? Object.fromEntries(value) : value
      ),
  };
  const named = keywords === undefined
    ? undefined
    : new Map(Object.entries(keywords));
  return callNative(makeRuntime(), "f", declared, positional, named);
}

Deno.test("callNative() binds positional and keyword arguments", () => {
  const cases: [
    string,
    unknown[],
    Record<string, unknown> | undefined,
    unknown[],
  ][] = [
    ["", [], undefined, []],
    ["a", [1], undefined, [1]],
    ["a", [], { a: 1 }, [1]],
    ["a b?", [1], undefined, [1]],
    ["a b?", [1], {}, [1, undefined]],
    ["a b?", [1, 2], undefined, [1, 2]],
    ["a b?", [1], { b: 2 }, [1, 2]],
    ["a b?", [], { b: 2, a: 1 }, [1, 2]],
    ["a b? c?", [1], { c: 3 }, [1, undefined, 3]],
    ["a /", [1], undefined, [1]],
    ["a / b", [1], { b: 2 }, [1, 2]],
    ["a * b?", [1], { b: 2 }, [1, 2]],
    ["a * b?", [1], undefined, [1]],
    ["*args", [], undefined, [[]]],
    ["*args", [1, 2], undefined, [[1, 2]]],
    ["a *args", [1, 2, 3], undefined, [1, [2, 3]]],
    ["**kwargs", [], undefined, [{}]],
    ["**kwargs", [], { x: 1 }, [{ x: 1 }]],
    ["a / **kwargs", [1], { a: 2 }, [1, { a: 2 }]],
    ["a? *args **kwargs", [1, 2], { x: 3 }, [1, [2], { x: 3 }]],
    ["a b?", [null], { b: null }, [null, null]],
  ];
  for (const [parameters, positional, keywords, bound] of cases) {
    deepStrictEqual(
      [parameters, call(parameters, positional, keywords)],
      [parameters, bound],
    );
  }
});

Deno.test("callNative() reports arguments that do not fit in Python's words", () => {
  const cases: [
    string,
    unknown[],
    Record<string, unknown> | undefined,
    string,
  ][] = [
    ["", [1], undefined, "f() takes no arguments (1 given)"],
    ["a", [1, 2], undefined, "f() takes exactly 1 argument (2 given)"],
    ["a b", [1, 2, 3], undefined, "f() takes exactly 2 arguments (3 given)"],
    ["a b?", [1, 2, 3], undefined, "f() takes at most 2 arguments (3 given)"],
    ["self", [0, 1], undefined, "f() takes no arguments (1 given)"],
    ["self a?", [0, 1, 2], undefined, "f() takes at most 1 argument (2 given)"],
    ["a * b?", [1, 2], undefined, "f() takes exactly 1 argument (2 given)"],
    ["a", [], undefined, "f() missing 1 required positional argument: 'a'"],
    [
      "a b",
      [],
      undefined,
      "f() missing 2 required positional arguments: 'a' and 'b'",
    ],
    [
      "a b c",
      [],
      undefined,
      "f() missing 3 required positional arguments: 'a', 'b', and 'c'",
    ],
    ["a b", [1], { c: 1 }, "f() got an unexpected keyword argument 'c'"],
    ["a", [1], { b: 2 }, "f() got an unexpected keyword argument 'b'"],
    ["a", [1], { a: 2 }, "f() got multiple values for argument 'a'"],
    ["a b?", [1, 2], { b: 2 }, "f() got multiple values for argument 'b'"],
    ["a /", [], { a: 1 }, "f() got an unexpected keyword argument 'a'"],
    [
      "a",
      [],
      { __proto__x: 1 },
      "f() got an unexpected keyword argument '__proto__x'",
    ],
  ];
  for (const [parameters, positional, keywords, message] of cases) {
    throws(() => call(parameters, positional, keywords), { message });
  }
});

Deno.test("callNative() charges a step", () => {
  const runtime = makeRuntime({ limits: { maxSteps: 2 } });
  const nothing = native("", () => null);
  callNative(runtime, "f", nothing, [], undefined);
  callNative(runtime, "f", nothing, [], undefined);
  throws(
    () => callNative(runtime, "f", nothing, [], undefined),
    /more than 2 steps/,
  );
});

Deno.test("BoundMethod passes its object first", () => {
  const method = new BoundMethod(
    "join",
    native("self a b?", (_runtime, self, a, b) => [self, a, b]),
    "me",
  );
  deepStrictEqual(method.call(makeRuntime(), [1], undefined), [
    "me",
    1,
    undefined,
  ]);
  deepStrictEqual(
    method.call(makeRuntime(), [], new Map([["a", 1]])),
    ["me", 1, undefined],
  );
  throws(() => method.call(makeRuntime(), [1, 2, 3], undefined), {
    message: "join() takes at most 2 arguments (3 given)",
  });
  strictEqual(method.repr(), "<built-in method join>");
  strictEqual(method.typeName, "builtin_function_or_method");
});

Deno.test("NativeFunction calls what it wraps, and prints as a function or class", () => {
  const double = native("x", (_runtime, x) => Number(x) * 2);
  const named = new NativeFunction("double", double);
  strictEqual(named.call(makeRuntime(), [4], undefined), 8);
  strictEqual(named.repr(), "<function double>");
  strictEqual(
    new NativeFunction("dict", double, "type").repr(),
    "<class 'dict'>",
  );
  strictEqual(
    new NativeFunction("namespace", double, "type").repr(),
    "<class 'jinja2.utils.Namespace'>",
  );
  throws(() => named.call(makeRuntime(), [], undefined), {
    message: "double() missing 1 required positional argument: 'x'",
  });
});
