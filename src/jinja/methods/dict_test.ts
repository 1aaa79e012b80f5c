import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("get, pop and setdefault take a default", () => {
  checkExpressions([
    ["{'a': 1}.get('a')", "1"],
    ["{'a': 1}.get('b')", "None"],
    ["{'a': 1}.get('b', 2)", "2"],
    ["{1: 'x'}.get(1.0)", "'x'"],
    ["{1: 'x'}.get(true)", "'x'"],
    ["{none: 'x'}.get(none)", "'x'"],
    ["{(1, 2): 'x'}.get((1, 2))", "'x'"],
    ["{'a': none}.get('a', 5)", "None"],
    ["{'a': 1}.pop('a')", "1"],
    ["{'a': 1}.pop('b', 2)", "2"],
    ["{'a': 1}.pop('b')", { error: "KeyError: 'b'" }],
    ["{'a': 1}.pop(1.5)", { error: "KeyError: 1.5" }],
    ["{'a': 1}.setdefault('a', 2)", "1"],
    ["{'a': 1}.setdefault('b', 2)", "2"],
    ["{'a': 1}.setdefault('b')", "None"],
    ["{'a': 1}.get([])", { error: "unhashable type: 'list'" }],
    ["{'a': 1}.get({})", { error: "unhashable type: 'dict'" }],
    ["{'a': 1}.pop([])", { error: "unhashable type: 'list'" }],
    ["{'a': 1}.setdefault([], 1)", { error: "unhashable type: 'list'" }],
    ["{}.get((1, []))", { error: "unhashable type: 'list'" }],
    ["{}.popitem()", { error: "KeyError: 'popitem(): dictionary is empty'" }],
    ["{'a': 1, 'b': 2}.popitem()", "('b', 2)"],
  ]);
});

Deno.test("keys, values and items return views", () => {
  checkExpressions([
    ["{'a': 1, 'b': 2}.keys()", "dict_keys(['a', 'b'])"],
    ["{'a': 1, 'b': 2}.values()", "dict_values([1, 2])"],
    ["{'a': 1, 'b': 2}.items()", "dict_items([('a', 1), ('b', 2)])"],
    ["{}.items()", "dict_items([])"],
    ["{'a': 1}.keys() | list", "['a']"],
    ["{'a': 1}.items() | list", "[('a', 1)]"],
    ["{'a': 1}.items() | length", "1"],
    ["{'b': 1, 'a': 2}.keys() | sort", "['a', 'b']"],
    ["'a' in {'a': 1}.keys()", "True"],
    ["1 in {'a': 1}.values()", "True"],
    ["('a', 1) in {'a': 1}.items()", "True"],
    ["{'a': 1}.keys() == {'a': 2}.keys()", "True"],
    ["{'a': 1}.items() == {'a': 1.0}.items()", "True"],
    ["{'a': 1}.items() == {'a': 2}.items()", "False"],
    ["{'a': 1}.values() == {'a': 1}.values()", "False"],
    ["{'a': 1, 'b': 2}.keys() == {'b': 1, 'a': 2}.keys()", "True"],
    ["{}.keys() == {}.items()", "True"],
    ["{'a': 1}.keys() == ['a']", "False"],
    ["not {}.items()", "True"],
    ["{'a': 1}.items()[0]", "Undefined"],
    ["{'a': 1}.keys().x", "Undefined"],
  ]);
});

Deno.test("update, copy, fromkeys and clear", () => {
  checkExpressions([
    ["{'a': 1}.update({'b': 2})", "None"],
    ["{'a': 1}.update(b=2)", "None"],
    ["{'a': 1}.update([('b', 2)])", "None"],
    ["{'a': 1}.update()", "None"],
    ["{'a': 1}.copy()", "{'a': 1}"],
    ["{}.fromkeys(['a', 'b'])", "{'a': None, 'b': None}"],
    ["{}.fromkeys('aab', 0)", "{'a': 0, 'b': 0}"],
    ["{}.fromkeys({'x': 1}, [])", "{'x': []}"],
    ["{'a': 1}.clear()", "None"],
    ["{}.update(1)", { error: "'int' object is not iterable" }],
    ["{}.update([1])", {
      error:
        "cannot convert dictionary update sequence element #0 to a sequence",
    }],
    ["{}.update([(1,)])", {
      error:
        "dictionary update sequence element #0 has length 1; 2 is required",
    }],
    ["{}.update([(1, 2, 3)])", {
      error:
        "dictionary update sequence element #0 has length 3; 2 is required",
    }],
    ["{}.update('ab')", {
      error:
        "dictionary update sequence element #0 has length 1; 2 is required",
    }],
    ["{}.update(['ab', 'cd'])", "None"],
    ["{}.update(none)", { error: "'NoneType' object is not iterable" }],
    ["{}.update(missing)", { error: "'missing' is undefined" }],
    ["{}.fromkeys(1)", { error: "'int' object is not iterable" }],
    ["{}.fromkeys([[]])", { error: "unhashable type: 'list'" }],
    ["{}.update([([], 1)])", { error: "unhashable type: 'list'" }],
  ]);
});

Deno.test("dict() takes what update() takes", () => {
  checkExpressions([
    ["dict()", "{}"],
    ["dict(a=1, b=2)", "{'a': 1, 'b': 2}"],
    ["dict({'a': 1}, b=2)", "{'a': 1, 'b': 2}"],
    ["dict([('a', 1), (2, 3)])", "{'a': 1, 2: 3}"],
    ["dict(['ab'])", "{'a': 'b'}"],
    ["dict([[1, 2]])", "{1: 2}"],
    ["dict({1: 2}.items())", "{1: 2}"],
    ["dict('ab')", {
      error:
        "dictionary update sequence element #0 has length 1; 2 is required",
    }],
    ["dict(1)", { error: "'int' object is not iterable" }],
    ["dict([1])", {
      error:
        "cannot convert dictionary update sequence element #0 to a sequence",
    }],
    ["dict(none)", { error: "'NoneType' object is not iterable" }],
    ["dict(a=1, **{'b': 2})", "{'a': 1, 'b': 2}"],
  ]);
});
