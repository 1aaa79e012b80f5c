import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("getSlice() slices strings by code points", () => {
  checkExpressions([
    ["s[:]", "'a😀bcé'"],
    ["s[1:]", "'😀bcé'"],
    ["s[-1:]", "'é'"],
    ["s[:2]", "'a😀'"],
    ["s[:-1]", "'a😀bc'"],
    ["s[1:3]", "'😀b'"],
    ["s[::2]", "'abé'"],
    ["s[::-1]", "'écb😀a'"],
    ["s[4:1:-1]", "'écb'"],
    ["s[1:4:2]", "'😀c'"],
    ["s[10:]", "''"],
    ["s[-10:]", "'a😀bcé'"],
    ["s[:100]", "'a😀bcé'"],
    ["s[:-100]", "''"],
    ["s[3:1]", "''"],
    ["s[5:0:-2]", "'éb'"],
    ["s[-1:-4:-1]", "'écb'"],
    ["s[none:none]", "'a😀bcé'"],
    ["s[none:2:none]", "'a😀'"],
    ["s[true:]", "'😀bcé'"],
    ["s[2 ** 70:]", "''"],
    ["s[-(2 ** 70):]", "'a😀bcé'"],
    ["s[:2 ** 70]", "'a😀bcé'"],
    ["s[::2 ** 70]", "'a'"],
    ["s[::-(2 ** 70)]", "'é'"],
  ], { context: { s: "a😀bcé" } });
});

Deno.test("getSlice() slices lists and tuples", () => {
  checkExpressions([
    ["l[:]", "[1, 2, 3, 4, 5]"],
    ["l[1:]", "[2, 3, 4, 5]"],
    ["l[-2:]", "[4, 5]"],
    ["l[:2]", "[1, 2]"],
    ["l[:-1]", "[1, 2, 3, 4]"],
    ["l[1:3]", "[2, 3]"],
    ["l[::2]", "[1, 3, 5]"],
    ["l[::-1]", "[5, 4, 3, 2, 1]"],
    ["l[3:0:-1]", "[4, 3, 2]"],
    ["l[::3]", "[1, 4]"],
    ["l[9:]", "[]"],
    ["l[-9:2]", "[1, 2]"],
    ["l[2:2]", "[]"],
    ["l[3:1]", "[]"],
    ["l[::-2]", "[5, 3, 1]"],
    ["l[1::2]", "[2, 4]"],
    ["l[-2::-1]", "[4, 3, 2, 1]"],
    ["l[:1:-1]", "[5, 4, 3]"],
    ["(1, 2, 3, 4, 5)[:]", "(1, 2, 3, 4, 5)"],
    ["(1, 2, 3, 4, 5)[1:]", "(2, 3, 4, 5)"],
    ["(1, 2, 3, 4, 5)[-2:]", "(4, 5)"],
    ["(1, 2, 3, 4, 5)[:2]", "(1, 2)"],
    ["(1, 2, 3, 4, 5)[:-1]", "(1, 2, 3, 4)"],
    ["(1, 2, 3, 4, 5)[1:3]", "(2, 3)"],
    ["(1, 2, 3, 4, 5)[::2]", "(1, 3, 5)"],
    ["(1, 2, 3, 4, 5)[::-1]", "(5, 4, 3, 2, 1)"],
    ["(1, 2, 3, 4, 5)[3:0:-1]", "(4, 3, 2)"],
    ["(1, 2, 3, 4, 5)[::3]", "(1, 4)"],
    ["(1, 2, 3, 4, 5)[9:]", "()"],
    ["(1, 2, 3, 4, 5)[-9:2]", "(1, 2)"],
    ["(1, 2, 3, 4, 5)[2:2]", "()"],
    ["(1, 2, 3, 4, 5)[3:1]", "()"],
    ["(1, 2, 3, 4, 5)[::-2]", "(5, 3, 1)"],
    ["(1, 2, 3, 4, 5)[1::2]", "(2, 4)"],
    ["(1, 2, 3, 4, 5)[-2::-1]", "(4, 3, 2, 1)"],
    ["(1, 2, 3, 4, 5)[:1:-1]", "(5, 4, 3)"],
  ], { context: { l: [1, 2, 3, 4, 5] } });
});

Deno.test("getSlice() slices ranges without computing their numbers", () => {
  checkExpressions([
    ["range(10)[:]", "range(0, 10)"],
    ["range(10)[1:]", "range(1, 10)"],
    ["range(10)[-1:]", "range(9, 10)"],
    ["range(10)[:3]", "range(0, 3)"],
    ["range(10)[::2]", "range(0, 10, 2)"],
    ["range(10)[::-1]", "range(9, -1, -1)"],
    ["range(10)[2:-1]", "range(2, 9)"],
    ["range(10)[5:1:-2]", "range(5, 1, -2)"],
    ["range(10)[100:]", "range(10, 10)"],
    ["range(2, 20, 3)[:]", "range(2, 20, 3)"],
    ["range(2, 20, 3)[1:]", "range(5, 20, 3)"],
    ["range(2, 20, 3)[-1:]", "range(17, 20, 3)"],
    ["range(2, 20, 3)[:3]", "range(2, 11, 3)"],
    ["range(2, 20, 3)[::2]", "range(2, 20, 6)"],
    ["range(2, 20, 3)[::-1]", "range(17, -1, -3)"],
    ["range(2, 20, 3)[2:-1]", "range(8, 17, 3)"],
    ["range(2, 20, 3)[5:1:-2]", "range(17, 5, -6)"],
    ["range(2, 20, 3)[100:]", "range(20, 20, 3)"],
    ["range(10, 0, -2)[:]", "range(10, 0, -2)"],
    ["range(10, 0, -2)[1:]", "range(8, 0, -2)"],
    ["range(10, 0, -2)[-1:]", "range(2, 0, -2)"],
    ["range(10, 0, -2)[:3]", "range(10, 4, -2)"],
    ["range(10, 0, -2)[::2]", "range(10, 0, -4)"],
    ["range(10, 0, -2)[::-1]", "range(2, 12, 2)"],
    ["range(10, 0, -2)[2:-1]", "range(6, 2, -2)"],
    ["range(10, 0, -2)[5:1:-2]", "range(2, 8, 4)"],
    ["range(10, 0, -2)[100:]", "range(0, 0, -2)"],
    ["range(0)[:]", "range(0, 0)"],
    ["range(0)[1:]", "range(0, 0)"],
    ["range(0)[-1:]", "range(0, 0)"],
    ["range(0)[:3]", "range(0, 0)"],
    ["range(0)[::2]", "range(0, 0, 2)"],
    ["range(0)[::-1]", "range(-1, -1, -1)"],
    ["range(0)[2:-1]", "range(0, 0)"],
    ["range(0)[5:1:-2]", "range(-1, -1, -2)"],
    ["range(0)[100:]", "range(0, 0)"],
    [
      "range(10 ** 30)[10 ** 29:]",
      "range(100000000000000000000000000000, 1000000000000000000000000000000)",
    ],
    ["range(10 ** 30)[::-1]", "range(999999999999999999999999999999, -1, -1)"],
    [
      "range(10 ** 30)[-5:]",
      "range(999999999999999999999999999995, 1000000000000000000000000000000)",
    ],
    ["(range(10 ** 30)[::10 ** 29] | list) | length", "10"],
  ]);
});

Deno.test("getSlice() keeps markup", () => {
  checkExpressions([
    ["('<abc>' | safe)[1:3]", "Markup('ab')"],
    ["('<abc>' | safe)[::-1]", "Markup('>cba<')"],
    ["('' | safe)[1:]", "Markup('')"],
  ]);
});

Deno.test("getSlice() refuses other values and bounds", () => {
  checkExpressions([
    ["s['a':]", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[:'a']", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[::'a']", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[1.5:]", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[:2.0]", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[[]:]", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["s[::0]", { error: "slice step cannot be zero" }],
    ["l[::0]", { error: "slice step cannot be zero" }],
    ["range(3)[::0]", { error: "slice step cannot be zero" }],
    ["d[1:]", { error: "unhashable type: 'slice'" }],
    ["n[1:]", { error: "'NoneType' object is not subscriptable" }],
    ["i[1:]", { error: "'int' object is not subscriptable" }],
    ["f[::2]", { error: "'float' object is not subscriptable" }],
    ["missing[1:]", { error: "'missing' is undefined" }],
    ["s[missing:]", { error: "'missing' is undefined" }],
    ["l[:missing]", { error: "'missing' is undefined" }],
    ["(l | map('string'))[1:] | list", {
      error: "'generator' object is not subscriptable",
    }],
  ], { context: { s: "abc", l: [1], d: { a: 1 }, n: null, i: 5, f: 1.5 } });
});
