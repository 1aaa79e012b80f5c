import {
  checkFailures,
  checkTrees,
} from "../../../tests/support/template_tree.ts";

Deno.test("parseBlock() parses a name, its flags and a repeated name", () => {
  checkTrees([
    ["{% block a %}b{% endblock %}", '(block a "b")'],
    ["{% block a %}{% endblock a %}", "(block a)"],
    ["{% block a scoped %}{% endblock %}", "(block a scoped)"],
    ["{% block a required %}{% endblock %}", "(block a required)"],
    [
      "{% block a scoped required %} {# b #}\n{% endblock %}",
      '(block a scoped required " " "\\n")',
    ],
    ["{% block if %}{% endblock %}", "(block if)"],
    [
      "{% block a %}{% block b %}{% endblock b %}{% endblock a %}",
      "(block a (block b))",
    ],
  ]);
});

Deno.test("parseBlock() rejects other names, and a required block with content", () => {
  checkFailures([
    ["{% block %}", "expected a name, got the end of the tag", 10],
    ["{% block 'a' %}", "expected a name, got 'a'", 10],
    ["{% block a-b %}", "expected the end of the tag, got '-'", 11],
    [
      "{% block a required scoped %}",
      "expected the end of the tag, got 'scoped'",
      21,
    ],
    [
      "{% block a %}{% endblock b %}",
      "expected the end of the tag, got 'b'",
      26,
    ],
    [
      "{% block a required %}b{% endblock %}",
      "a required block can only contain comments or white space",
      4,
    ],
    [
      "{% block a required %}{{ b }}{% endblock %}",
      "a required block can only contain comments or white space",
      4,
    ],
  ]);
});

Deno.test("parseExtends() parses an expression", () => {
  checkTrees([
    ["{% extends 'a' %}", '(extends "a")'],
    ["{% extends a if b else c %}", "(extends (if b a c))"],
  ]);
  checkFailures([
    ["{% extends %}", "unexpected the end of the tag", 12],
    ["{% extends 'a' b %}", "expected the end of the tag, got 'b'", 16],
  ]);
});

Deno.test("parseInclude() parses names and flags", () => {
  checkTrees([
    ["{% include 'a' %}", '(include "a" with context)'],
    ["{% include a %}", "(include a with context)"],
    ["{% include ['a', b] %}", '(include (list "a" b) with context)'],
    [
      "{% include 'a' ignore missing %}",
      '(include "a" ignore missing with context)',
    ],
    ["{% include 'a' with context %}", '(include "a" with context)'],
    ["{% include 'a' without context %}", '(include "a")'],
    [
      "{% include 'a' ignore missing without context %}",
      '(include "a" ignore missing)',
    ],
  ]);
  checkFailures([
    ["{% include %}", "unexpected the end of the tag", 12],
    [
      "{% include 'a' ignore %}",
      "expected the end of the tag, got 'ignore'",
      16,
    ],
    [
      "{% include 'a' missing %}",
      "expected the end of the tag, got 'missing'",
      16,
    ],
    ["{% include 'a' with %}", "expected the end of the tag, got 'with'", 16],
    [
      "{% include 'a' without context ignore missing %}",
      "expected the end of the tag, got 'ignore'",
      32,
    ],
    ["{% include 'a', 'b' %}", "expected the end of the tag, got ','", 15],
  ]);
});

Deno.test("parseImport() parses a template and a name", () => {
  checkTrees([
    ["{% import 'a' as b %}", '(import "a" b)'],
    ["{% import a.b as c %}", "(import (. a b) c)"],
    ["{% import 'a' as b with context %}", '(import "a" b with context)'],
    ["{% import 'a' as b without context %}", '(import "a" b)'],
  ]);
  checkFailures([
    ["{% import 'a' %}", "expected 'as', got the end of the tag", 15],
    ["{% import 'a' as %}", "expected a name, got the end of the tag", 18],
    ["{% import 'a' as 'b' %}", "expected a name, got 'b'", 18],
    ["{% import 'a' as none %}", "cannot assign to 'none'", 18],
    [
      "{% import 'a' as b with %}",
      "expected the end of the tag, got 'with'",
      20,
    ],
  ]);
});

Deno.test("parseFromImport() parses names and aliases", () => {
  checkTrees([
    ["{% from 'a' import b %}", '(from "a" b)'],
    ["{% from 'a' import b, c as d %}", '(from "a" b c:d)'],
    ["{% from 'a' import b with context %}", '(from "a" b with context)'],
    ["{% from 'a' import b, c without context %}", '(from "a" b c)'],
    ["{% from 'a' import b, with context %}", '(from "a" b with context)'],
    ["{% from 'a' import with context %}", '(from "a" with context)'],
    ["{% from a import b as c %}", "(from a b:c)"],
  ]);
  checkFailures([
    ["{% from 'a' %}", "expected 'import', got the end of the tag", 13],
    ["{% from 'a' import %}", "expected a name, got the end of the tag", 20],
    ["{% from 'a' import 'b' %}", "expected a name, got 'b'", 20],
    ["{% from 'a' import b c %}", "expected the end of the tag, got 'c'", 22],
    ["{% from 'a' import b, %}", "expected a name, got the end of the tag", 23],
    ["{% from 'a' import true %}", "cannot assign to 'true'", 20],
    ["{% from 'a' import b as none %}", "cannot assign to 'none'", 25],
    [
      "{% from 'a' import _b %}",
      "cannot import '_b': names with a leading underscore are private",
      20,
    ],
    [
      "{% from 'a' import b with context, c %}",
      "expected the end of the tag, got ','",
      34,
    ],
  ]);
});
