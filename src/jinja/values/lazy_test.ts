import { strictEqual } from "node:assert/strict";
import {
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

Deno.test("Lazy computes its items once", () => {
  checkRenders([
    [
      "{% set g = [1, 2, 3] | map('string') %}{{ g | list }}{{ g | list }}",
      "['1', '2', '3'][]",
    ],
    [
      "{% set g = [1, 2, 3] | map('string') %}{{ g | first }}{{ g | list }}",
      "1['2', '3']",
    ],
    ["{% set g = [1, 2] | select %}{{ 1 in g }}{{ g | list }}", "True[2]"],
    [
      "{% set g = [1, 2] | select %}{{ 'yes' if g else 'no' }}{{ g | list }}",
      "yes[1, 2]",
    ],
    ["{% set g = [] | map('string') %}{{ 'yes' if g else 'no' }}", "yes"],
    [
      "{% set g = [1, 2] | map('string') %}{% for x in g %}{{ x }}{% endfor %}{% for x in g %}{{ x }}{% else %}empty{% endfor %}",
      "12empty",
    ],
    ["{{ ([1] | map('string'))[0] }}", ""],
    [
      "{{ ([1] | map('string')) is iterable }}{{ ([1] | map('string')) is sequence }}",
      "TrueFalse",
    ],
    ["{{ ([1] | map('string')) == ([1] | map('string')) }}", "False"],
  ]);
  strictEqual(
    renderFailure("{{ ([1] | map('string')) | length }}").reason,
    "object of type 'generator' has no len()",
  );
});
