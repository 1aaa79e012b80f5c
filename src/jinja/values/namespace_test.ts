import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("Namespace holds attributes, and nothing else", () => {
  checkExpressions([
    ["namespace(a=1).a", "1"],
    ["namespace({'a': 1}).a", "1"],
    ["namespace([('a', 1)], b=2)", "<Namespace {'a': 1, 'b': 2}>"],
    ["namespace(a=1).b", "Undefined"],
    ["namespace(a=1)['a']", "1"],
    ["namespace(a=1)", "<Namespace {'a': 1}>"],
    ["namespace()", "<Namespace {}>"],
    ["namespace(a=1).values", "Undefined"],
    ["namespace(a=1).__init__", "Undefined"],
    ["namespace(items=3).items", "3"],
    ["namespace(a=1) == namespace(a=1)", "False"],
  ]);
});
