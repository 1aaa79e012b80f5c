import { strictEqual } from "node:assert/strict";
import { Timestamp } from "../../values.ts";
import { Environment } from "../mod.ts";

const CONTEXT = {
  day: new Timestamp("2020-03-07", "date"),
  when: new Timestamp("2020-03-07 08:09:10.000011+02:00", "aware"),
};

const CASES: readonly [template: string, text: string][] = [
  ["{{ when.year }}-{{ when.month }}-{{ when.day }}", "2020-3-7"],
  ["{{ when.hour }}:{{ when.minute }}:{{ when.second }}", "8:9:10"],
  ["{{ when.microsecond }}", "11"],
  ["{{ day.year + 1 }}", "2021"],
  ["[{{ day.hour }}]", "[]"],
  ["{{ when.strftime('%d.%m.%Y %H:%M') }}", "07.03.2020 08:09"],
  ["{{ day.strftime(format='%A') }}", "Saturday"],
  ["{{ when.isoformat() }}", "2020-03-07T08:09:10.000011+02:00"],
  ["{{ day.isoformat() }}", "2020-03-07"],
  ["{{ day }} {{ when }}", "2020-03-07 2020-03-07 08:09:10.000011+02:00"],
];

Deno.test("dates have Python's members", () => {
  const environment = new Environment();
  for (const [template, text] of CASES) {
    strictEqual(environment.render(template, CONTEXT), text, template);
  }
});
