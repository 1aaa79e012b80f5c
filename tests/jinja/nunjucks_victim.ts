// Renders the attacks with nunjucks, in a process of its own, and prints how many
// ran their code.
// deno-lint-ignore-file no-console -- its output is the result
import nunjucks from "npm:nunjucks@3.2.4";
import { ATTACKS } from "./payloads.ts";

const environment = new nunjucks.Environment(null, { autoescape: false });

function runsCode(attack: string): boolean {
  Reflect.deleteProperty(globalThis, "ran");
  const source = attack.replaceAll("RAN()", "globalThis.ran = true");
  try {
    environment.renderString(source, { data: { text: "x", items: [1] } });
  } catch {
    // What counts is whether code ran before.
  }
  return Reflect.has(globalThis, "ran");
}

const ran = ATTACKS.filter(runsCode).length;
console.log(JSON.stringify({ attacks: ATTACKS.length, ran }));
