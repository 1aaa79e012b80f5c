import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("hash() makes one key of equal values", () => {
  checkExpressions([
    ["{1: 'a', 1.0: 'b', true: 'c'}", "{1: 'c'}"],
    ["{0: 'a', false: 'b', -0.0: 'c'}", "{0: 'c'}"],
    ["{'a': 1, ('a' | safe): 2}", "{'a': 2}"],
    ["{10 ** 20: 'a', 1e20: 'b'}", "{100000000000000000000: 'b'}"],
    ["{2 ** 53: 'a', 2.0 ** 53: 'b'}", "{9007199254740992: 'b'}"],
    ["{(1, 2): 'a', (1.0, true + true): 'b'}", "{(1, 2): 'b'}"],
    ["{none: 1, none: 2}", "{None: 2}"],
    ["{range(3): 'a', range(0, 3): 'b'}", "{range(0, 3): 'b'}"],
    ["{range(0): 'a', range(5, 2): 'b'}", "{range(0, 0): 'b'}"],
    ["{missing: 1, other: 2} | length", "1"],
    ["{((1, 'a'), none): 'x'}[((1.0, 'a'), none)]", "'x'"],
  ]);
});

Deno.test("hash() keeps different values apart", () => {
  checkExpressions([
    ["{1: 'a', '1': 'b', (1,): 'c'}", "{1: 'a', '1': 'b', (1,): 'c'}"],
    ["{'a': 1, 'A': 2, 'á': 3}", "{'a': 1, 'A': 2, 'á': 3}"],
    [
      "{('a', 'b'): 1, ('ab',): 2, ('a,b',): 3}",
      "{('a', 'b'): 1, ('ab',): 2, ('a,b',): 3}",
    ],
    ["{('1',): 1, (1,): 2}", "{('1',): 1, (1,): 2}"],
    ["{(): 1, ((),): 2, (((),),): 3}", "{(): 1, ((),): 2, (((),),): 3}"],
    [
      "{'\\x00': 1, '\\x00\\x00': 2, ('\\x00',): 3}",
      "{'\\x00': 1, '\\x00\\x00': 2, ('\\x00',): 3}",
    ],
    ["{none: 1, 'None': 2, '': 3}", "{None: 1, 'None': 2, '': 3}"],
    [
      "{(1, (2, 3)): 1, ((1, 2), 3): 2, (1, 2, 3): 3}",
      "{(1, (2, 3)): 1, ((1, 2), 3): 2, (1, 2, 3): 3}",
    ],
    ["{1.5: 1, '1.5': 2}", "{1.5: 1, '1.5': 2}"],
    [
      "{range(3): 1, range(4): 2, (0, 1, 2): 3}",
      "{range(0, 3): 1, range(0, 4): 2, (0, 1, 2): 3}",
    ],
    [
      "{2 ** 53: 1, 2 ** 53 + 1: 2}",
      "{9007199254740992: 1, 9007199254740993: 2}",
    ],
    [
      "{('a', none): 1, ('a', 'None'): 2}",
      "{('a', None): 1, ('a', 'None'): 2}",
    ],
    ["{dict: 1, range: 2} | length", "2"],
    ["{(dict,): 1, (range,): 2} | length", "2"],
    ["{'\\x00tuple': 1, (): 2}", "{'\\x00tuple': 1, (): 2}"],
    [
      "{'\\x00tuple,8:number 1': 1, (1,): 2}",
      "{'\\x00tuple,8:number 1': 1, (1,): 2}",
    ],
  ]);
});

Deno.test("hash() refuses values that can change", () => {
  checkExpressions([
    ["{[]: 1}", { error: "unhashable type: 'list'" }],
    ["{{}: 1}", { error: "unhashable type: 'dict'" }],
    ["{[1]: 1}", { error: "unhashable type: 'list'" }],
    ["{(1, []): 1}", { error: "unhashable type: 'list'" }],
    ["{((), {}): 1}", { error: "unhashable type: 'dict'" }],
    ["{{'a': 1}.keys(): 1}", { error: "unhashable type: 'dict_keys'" }],
    ["{{'a': 1}.items(): 1}", { error: "unhashable type: 'dict_items'" }],
    ["{'a': 1}[[]]", "Undefined"],
    ["{'a': 1}.get([])", { error: "unhashable type: 'list'" }],
    ["[[1], [1]] | unique | list", { error: "unhashable type: 'list'" }],
    ["[{}] | unique | list", { error: "unhashable type: 'dict'" }],
    ["{} in {}", { error: "unhashable type: 'dict'" }],
  ]);
});

Deno.test("hash() lets filters find equal items", () => {
  checkExpressions([
    ["[1, 1.0, true, '1', 'a', 'A'] | unique | list", "[1, '1', 'a']"],
    ["['a', 'A'] | unique(case_sensitive=true) | list", "['a', 'A']"],
    ["[(1, 2), (1.0, 2)] | unique | list", "[(1, 2)]"],
    ["[none, none, ''] | unique | list", "[None, '']"],
    ["[2 ** 64, 2.0 ** 64] | unique | list", "[18446744073709551616]"],
  ]);
});
