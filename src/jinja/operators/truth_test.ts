import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("isTrue() agrees with Python's bool()", () => {
  checkExpressions([
    ["true if 0 else false", "False"],
    ["true if 1 else false", "True"],
    ["true if -1 else false", "True"],
    ["true if 0.0 else false", "False"],
    ["true if -0.0 else false", "False"],
    ["true if 0.5 else false", "True"],
    ["true if ('nan' | float) else false", "True"],
    ["true if ('inf' | float) else false", "True"],
    ["true if true else false", "True"],
    ["true if false else false", "False"],
    ["true if '' else false", "False"],
    ["true if ' ' else false", "True"],
    ["true if '0' else false", "True"],
    ["true if 'false' else false", "True"],
    ["true if none else false", "False"],
    ["true if [] else false", "False"],
    ["true if [0] else false", "True"],
    ["true if () else false", "False"],
    ["true if (0,) else false", "True"],
    ["true if {} else false", "False"],
    ["true if {'': ''} else false", "True"],
    ["true if range(0) else false", "False"],
    ["true if range(1) else false", "True"],
    ["true if range(3, 0) else false", "False"],
    ["true if range(3, 0, -1) else false", "True"],
    ["true if missing else false", "False"],
    ["true if ('' | safe) else false", "False"],
    ["true if ('a' | safe) else false", "True"],
    ["true if {}.keys() else false", "False"],
    ["true if {'a': 0}.items() else false", "True"],
    ["true if 2 ** 70 else false", "True"],
    ["true if namespace() else false", "True"],
    ["true if [] | map('upper') else false", "True"],
    ["true if cycler(1) else false", "True"],
    ["true if joiner() else false", "True"],
    ["true if dict else false", "True"],
    ["true if 'a'.upper else false", "True"],
  ]);
});

Deno.test("isTrue() looks at the keys of a document's mappings", () => {
  checkExpressions([
    ["true if d else false", "True"],
    ["true if e else false", "False"],
    ["true if d.x else false", "False"],
  ], { context: { d: { x: {} }, e: {} } });
});
