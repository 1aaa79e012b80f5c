import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("Tuple prints with a comma if it has one item", () => {
  checkExpressions([
    ["()", "()"],
    ["(1,)", "(1,)"],
    ["(1, 2)", "(1, 2)"],
    ["((1,),)", "((1,),)"],
    ["('a', none, 1.0)", "('a', None, 1.0)"],
    ["[(1,)]", "[(1,)]"],
    ["{(1,): (2,)}", "{(1,): (2,)}"],
  ]);
});

Deno.test("Tuple behaves as a sequence", () => {
  checkExpressions([
    ["(1, 2)[0]", "1"],
    ["(1, 2)[-1]", "2"],
    ["(1, 2) | length", "2"],
    ["(1, 2) + (3,)", "(1, 2, 3)"],
    ["(1, 2) * 2", "(1, 2, 1, 2)"],
    ["1 in (1, 2)", "True"],
    ["(1, 2) | first", "1"],
    ["(3, 1, 2) | sort", "[1, 2, 3]"],
    ["(1, 2) is sequence", "True"],
    ["() is iterable", "True"],
    ["(1, 2) | join('-')", "'1-2'"],
  ]);
});

Deno.test("Group has the attributes grouper and list", () => {
  checkExpressions([
    ["([1, 2] | groupby('real') | first).grouper", "1"],
    ["([1, 2] | groupby('real') | first).list", "[1]"],
    ["[2, 1, 2] | groupby('real')", "[(1, [1]), (2, [2, 2])]"],
    ["([1] | groupby('real') | first)[0]", "1"],
    ["([1] | groupby('real') | first)[1]", "[1]"],
    ["([1] | groupby('real') | first) | length", "2"],
    ["([1] | groupby('real') | first).nosuch", "Undefined"],
    ["([1] | groupby('real') | first).nosuch.x", {
      error: "'jinja2.filters._GroupTuple object' has no attribute 'nosuch'",
    }],
    ["([1] | groupby('real') | first) == (1, [1])", "True"],
    ["([1] | groupby('real') | first) is sequence", "True"],
  ]);
});
