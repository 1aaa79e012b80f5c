import nunjucks from "npm:nunjucks@3.2.4";
import { renderTemplate } from "./render.ts";

// Macros and a message such as those of a real configuration. Both engines
// render the same text of it.
const MACROS = Array.from(
  { length: 20 },
  (_, index) =>
    `{%- macro link${index}(uid=event.params.uid, text="View") -%}
  {% if uid %}<{{ cfg.url }}/{{ uid }}|{{ text }}>{% else %}none{% endif %}
{%- endmacro -%}
{%- macro label${index}(app=state.app, tag=state.tag) -%}
  {{ app }}:{{ tag }} {{ link${index}(text=app) }}
{%- endmacro -%}`,
).join("\n");
const MESSAGE = `{
  "channel": "{{ cfg.channel }}",
  "text": "{{ label1() }} {{ label2("api") }} {{ label19(tag="v9") }}",
  "attachments": [
    {% for choice in choices %}{
      "header": "{{ choice.header | upper }}",
      "options": [{% for option in choice.options %}
        { "text": "{{ option.text | default("none") }}", "value": "{{ option.value | replace("-", "_") }}" }{% if not loop.last %},{% endif %}
      {% endfor %}]
    }{% if not loop.last %},{% endif %}{% endfor %}
  ]
}`;
const CONTEXT = {
  cfg: { url: "http://localhost/runs", channel: "builds" },
  event: { params: { uid: "run-1" } },
  state: { app: "web", tag: "v1" },
  choices: Array.from({ length: 4 }, (_, choice) => ({
    header: `choice ${choice}`,
    options: Array.from({ length: 5 }, (_, option) => ({
      text: `option ${option}`,
      value: `value-${choice}-${option}`,
    })),
  })),
};

const environment = new nunjucks.Environment(null, { autoescape: false });
const compiled = new nunjucks.Template(MACROS + MESSAGE, environment);
if (
  compiled.render(CONTEXT) !==
    renderTemplate(MESSAGE, CONTEXT, { macros: MACROS })
) {
  throw new Error("both engines have to render the same text");
}
let count = 0;

Deno.bench("nunjucks, a new template", {
  group: "cold",
  baseline: true,
}, () => {
  new nunjucks.Template(`${MACROS}${MESSAGE}{# ${count++} #}`, environment)
    .render(CONTEXT);
});

Deno.bench("renderTemplate(), a new template with new macros", {
  group: "cold",
}, () => {
  renderTemplate(MESSAGE, CONTEXT, { macros: `${MACROS}{#- ${count++} -#}` });
});

Deno.bench("renderTemplate(), a new template with known macros", {
  group: "cold",
}, () => {
  renderTemplate(`${MESSAGE}{# ${count++} #}`, CONTEXT, { macros: MACROS });
});

Deno.bench("nunjucks, a compiled template", {
  group: "warm",
  baseline: true,
}, () => {
  compiled.render(CONTEXT);
});

Deno.bench("renderTemplate(), a known template", { group: "warm" }, () => {
  renderTemplate(MESSAGE, CONTEXT, { macros: MACROS });
});
