import {
  checkReasons,
  checkRenders,
} from "../../../tests/support/render_cases.ts";

Deno.test("TemplateReference calls a block again", () => {
  checkRenders([
    ["{% block b %}x{% endblock %}{{ self.b() }}{{ self.b() }}", "xxx"],
    ["{{ self.b() }}{% block b %}x{% endblock %}", "xx"],
    ["{{ self['b']() }}{% block b %}x{% endblock %}", "xx"],
    ["{% block b %}x{% endblock %}{{ self.b() | upper }}", "xX"],
    [
      "{% block a %}{{ self.b() }}{% endblock %}{% block b %}x{% endblock %}",
      "xx",
    ],
    [
      "{% macro m() %}{{ self.b() }}{% endmacro %}{% block b %}x{% endblock %}{{ m() }}",
      "xx",
    ],
    [
      "{{ self.b is defined }}{{ self.c is defined }}{% block b %}{% endblock %}",
      "TrueFalse",
    ],
    ["{{ self }}", "<TemplateReference None>"],
    ["{% block b %}{% endblock %}{{ self.b.name }}", "b"],
  ]);
  checkReasons([
    [
      "{{ self.b() }}",
      "'jinja2.runtime.TemplateReference object' has no attribute 'b'",
      4,
    ],
    [
      "{% block b %}{% endblock %}{{ self.b(1) }}",
      "block() takes no arguments (1 given)",
      31,
    ],
  ]);
});

Deno.test("BlockReference is the block that a template overrides", () => {
  const templates = {
    base: "<{% block b %}base{% endblock %}>",
    middle:
      "{% extends 'base' %}{% block b %}middle {{ super() }}{% endblock %}",
  };
  checkRenders([
    [
      "{% extends 'base' %}{% block b %}{{ super() }}{{ super() }}{% endblock %}",
      "<basebase>",
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super() | upper }}{% endblock %}",
      "<BASE>",
    ],
    ["{% extends 'base' %}{% block b %}{{ super.name }}{% endblock %}", "<b>"],
    [
      "{% extends 'middle' %}{% block b %}top {{ super() }}{% endblock %}",
      "<top middle base>",
    ],
    [
      "{% extends 'middle' %}{% block b %}{{ super.super() }}{% endblock %}",
      "<base>",
    ],
    [
      "{% extends 'middle' %}{% block b %}{{ self.b.super() if false }}x{% endblock %}",
      "<x>",
    ],
    [
      "{% extends 'base' %}{% block b %}{% macro m() %}[{{ super() }}]{% endmacro %}{{ m() }}{% endblock %}",
      "<[base]>",
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super.super is defined }}{% endblock %}",
      "<False>",
    ],
    ["{% block b %}{{ super is defined }}{% endblock %}", "False"],
    [
      "{% extends 'middle' %}{% block c %}{{ super() }}{% endblock %}",
      "<middle base>",
    ],
  ], templates);
  checkReasons([
    [
      "{% block b %}{{ super() }}{% endblock %}",
      "there is no parent block called 'b'",
      17,
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super.super() }}{% endblock %}",
      "there is no parent block called 'b'",
      37,
    ],
    ["{{ super() }}", "'super' is undefined", 4],
  ], templates);
});

Deno.test("BlockReference returns HTML under autoescape", () => {
  checkRenders([
    [
      "{% block b %}<{% endblock %}{% autoescape true %}{{ self.b() }}{% endautoescape %}",
      "<<",
    ],
    ["{% block b %}<{% endblock %}{{ self.b() | escape }}", "<&lt;"],
  ]);
});
