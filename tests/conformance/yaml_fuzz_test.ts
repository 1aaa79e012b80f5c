import { deepStrictEqual } from "node:assert/strict";
import { CicdStateError } from "../../src/errors.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import { type PyYamlOutcome, tryPyYaml } from "./pyyaml.ts";
import { RandomTexts } from "./random_text.ts";

const random = new RandomTexts(20261);

const TEXTS = {
  "what people write": Array.from({ length: 4000 }, () => random.human()),
  "pieces of YAML": Array.from({ length: 4000 }, () => random.yaml()),
};

/** What our parser reads, told as PyYAML's outcome is. */
function outcomeOf(text: string, strict: boolean): PyYamlOutcome {
  try {
    return { value: parseYaml(text, { strict }) };
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    return { error: error.message };
  }
}

for (const [what, texts] of Object.entries(TEXTS)) {
  Deno.test(`parseYaml() in strict mode reads ${what} exactly as PyYAML does`, async () => {
    const outcomes = await tryPyYaml(texts);
    for (const [index, text] of texts.entries()) {
      const wanted = outcomes[index]!;
      const actual = outcomeOf(text, true);
      const same = "error" in wanted && "error" in actual;
      if (!same) deepStrictEqual(actual, wanted, JSON.stringify(text));
    }
  });

  Deno.test(`parseYaml() reads all of ${what} that PyYAML reads`, async () => {
    const outcomes = await tryPyYaml(texts);
    for (const [index, text] of texts.entries()) {
      const wanted = outcomes[index]!;
      if ("error" in wanted) continue;
      deepStrictEqual(outcomeOf(text, false), wanted, JSON.stringify(text));
    }
  });
}
