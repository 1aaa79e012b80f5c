import { deepStrictEqual, throws } from "node:assert/strict";
import { BuiltinsNeeded } from "../jinja/error.ts";
import { MESSAGE_ENGINE } from "./message_engine.ts";
import { renderTemplate } from "./render.ts";

const CONTEXT = {
  text: 'a "b" <c> é\n',
  list: [1, "x", null],
  mapping: { a: { b: 1.5 } },
  json: '{"a": [1]}',
};

for (
  const source of [
    "{{ text | json_dumps }}",
    "{{ mapping | json_dumps(indent=2) }}",
    "{{ text | json_dumps(stripLeadingTrailingQuotes=true) }}",
    "{{ list | tojson }}",
    "{{ text | tojson }}{{ text }}",
    "{{ mapping.nosuch | default('x') }}",
    "{{ mapping.a.nosuch | d([]) | json_dumps }}",
    "{{ (json | from_json).a }}",
    "{{ text | to_base64 }}",
    "{% for key in mapping %}{{ key | json_dumps }}{% endfor %}",
  ]
) {
  Deno.test(`MESSAGE_ENGINE renders ${source} as the whole engine does`, () => {
    deepStrictEqual(
      MESSAGE_ENGINE.render(source, CONTEXT),
      renderTemplate(source, CONTEXT),
    );
  });
}

for (
  const source of [
    "{{ text | upper }}",
    "{{ nosuch | default('x') }}",
    "{{ text is string }}",
    "{{ range(2) }}",
    "{{ text.upper() }}",
    "{{ '%s' % text }}",
    "{{ mapping | to_nice_yaml }}",
  ]
) {
  Deno.test(`MESSAGE_ENGINE asks for more to render ${source}`, () => {
    throws(() => MESSAGE_ENGINE.render(source, CONTEXT), BuiltinsNeeded);
  });
}
