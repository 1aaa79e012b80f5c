import { checkReasons } from "../../../tests/support/render_cases.ts";

Deno.test("loadTemplate() takes one name, which has to be a string", () => {
  checkReasons([
    ["{% extends 'a' %}", "the template 'a' does not exist", 4],
    ["{% extends 'a' | safe %}", "the template 'a' does not exist", 4],
    [
      "{% extends none %}",
      "the name of a template is a string, not 'NoneType'",
      4,
    ],
    [
      "{% import ('a', 'b') as c %}",
      "the name of a template is a string, not 'tuple'",
      4,
    ],
  ], {});
});

Deno.test("selectTemplate() lists the names of which none exists", () => {
  checkReasons([
    ["{% include ['a'] %}", "none of the templates 'a' exists", 4],
    ["{% include ('a', 'b') %}", "none of the templates 'a', 'b' exists", 4],
    [
      "{% include [nope, 'a'] %}",
      "none of the templates 'Undefined', 'a' exists",
      4,
    ],
    ["{% include () %}", "the list of templates to choose from is empty", 4],
    ["{% include nope %}", "'nope' is undefined", 4],
  ], {});
});
