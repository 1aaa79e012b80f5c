import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("typeName() names types as Python's errors do", () => {
  checkExpressions([
    ["1 - 'x'", {
      error: "unsupported operand type(s) for -: 'int' and 'str'",
    }],
    ["2 ** 70 - 'x'", {
      error: "unsupported operand type(s) for -: 'int' and 'str'",
    }],
    ["1.0 - 'x'", {
      error: "unsupported operand type(s) for -: 'float' and 'str'",
    }],
    ["1.5 - 'x'", {
      error: "unsupported operand type(s) for -: 'float' and 'str'",
    }],
    ["true - 'x'", {
      error: "unsupported operand type(s) for -: 'bool' and 'str'",
    }],
    ["none - 'x'", {
      error: "unsupported operand type(s) for -: 'NoneType' and 'str'",
    }],
    ["'a' - 'x'", {
      error: "unsupported operand type(s) for -: 'str' and 'str'",
    }],
    ["[] - 'x'", {
      error: "unsupported operand type(s) for -: 'list' and 'str'",
    }],
    ["() - 'x'", {
      error: "unsupported operand type(s) for -: 'tuple' and 'str'",
    }],
    ["{} - 'x'", {
      error: "unsupported operand type(s) for -: 'dict' and 'str'",
    }],
    ["range(1) - 'x'", {
      error: "unsupported operand type(s) for -: 'range' and 'str'",
    }],
    ["('a' | safe) - 'x'", {
      error: "unsupported operand type(s) for -: 'Markup' and 'str'",
    }],
    ["dict - 'x'", {
      error: "unsupported operand type(s) for -: 'type' and 'str'",
    }],
    ["range - 'x'", {
      error: "unsupported operand type(s) for -: 'type' and 'str'",
    }],
    ["'a'.upper - 'x'", {
      error:
        "unsupported operand type(s) for -: 'builtin_function_or_method' and 'str'",
    }],
    ["{}.values() - 'x'", {
      error: "unsupported operand type(s) for -: 'dict_values' and 'str'",
    }],
    ["[] | map('upper') - 'x'", {
      error: "unsupported operand type(s) for -: 'generator' and 'str'",
    }],
    ["namespace() - 'x'", {
      error: "unsupported operand type(s) for -: 'Namespace' and 'str'",
    }],
    ["cycler(1) - 'x'", {
      error: "unsupported operand type(s) for -: 'Cycler' and 'str'",
    }],
    ["joiner() - 'x'", {
      error: "unsupported operand type(s) for -: 'Joiner' and 'str'",
    }],
    ["missing - 'x'", { error: "'missing' is undefined" }],
  ]);
});

Deno.test("describeObject() names types with their module", () => {
  checkExpressions([
    ["(1).x.y", { error: "'int object' has no attribute 'x'" }],
    ["(1.5).x.y", { error: "'float object' has no attribute 'x'" }],
    ["(true).x.y", { error: "'bool object' has no attribute 'x'" }],
    ["(none).x.y", { error: "'None' has no attribute 'x'" }],
    ["('a').x.y", { error: "'str object' has no attribute 'x'" }],
    ["([]).x.y", { error: "'list object' has no attribute 'x'" }],
    ["(()).x.y", { error: "'tuple object' has no attribute 'x'" }],
    ["({}).x.y", { error: "'dict object' has no attribute 'x'" }],
    ["(range(1)).x.y", { error: "'range object' has no attribute 'x'" }],
    ["(('a' | safe)).x.y", {
      error: "'markupsafe.Markup object' has no attribute 'x'",
    }],
    ["({}.items()).x.y", { error: "'dict_items object' has no attribute 'x'" }],
    ["([] | map('upper')).x.y", {
      error: "'generator object' has no attribute 'x'",
    }],
    ["(namespace()).x.y", {
      error: "'jinja2.utils.Namespace object' has no attribute 'x'",
    }],
    ["(cycler(1)).x.y", {
      error: "'jinja2.utils.Cycler object' has no attribute 'x'",
    }],
    ["(joiner()).x.y", {
      error: "'jinja2.utils.Joiner object' has no attribute 'x'",
    }],
    ["([1] | groupby('real') | first).x.y", {
      error: "'jinja2.filters._GroupTuple object' has no attribute 'x'",
    }],
  ]);
});
