import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  command,
  commandLine,
  flagName,
  parseEvent,
  parseLogLevel,
  parseRevision,
  parseVariable,
  usageLine,
} from "./command.ts";
import type { FlagValues } from "./types.ts";

const TOY = command({
  name: "toy",
  group: "Values",
  summary: "Play",
  arguments: {
    game: { type: "string", value: "GAME", help: "The game." },
    rounds: { type: "integer", optional: true, help: "How many." },
    players: {
      type: "choice",
      choices: ["ann", "bob"],
      optional: true,
      repeatable: true,
      help: "Who plays.",
    },
  },
  flags: {
    limit: { type: "integer", help: "A limit." },
    speed: {
      type: "choice",
      choices: ["slow", "fast"],
      default: "slow",
      help: "A speed.",
    },
    point: {
      type: "string",
      value: "X,Y",
      repeatable: true,
      parse: (text: string) => text.split(",").map(Number),
      help: "A point.",
    },
    fair: { type: "switch", help: "A switch." },
  },
  examples: [],
  run({ flags, args }) {
    // @ts-expect-error A misspelt name does not compile.
    strictEqual(flags.lmit, undefined);
    // @ts-expect-error Nor does an argument that is not declared.
    strictEqual(args.gmae, undefined);
    return Promise.resolve();
  },
});

Deno.test("command() infers what flags are converted to", () => {
  const flags: FlagValues<typeof TOY.flags> = {
    limit: undefined,
    speed: "fast",
    point: [[1, 2]],
    fair: true,
  };
  const speed: "slow" | "fast" = flags.speed;
  const points: readonly number[][] = flags.point;
  deepStrictEqual([speed, points], ["fast", [[1, 2]]]);
  // @ts-expect-error A flag without a default may be missing.
  const limit: number = flags.limit;
  strictEqual(limit, undefined);
});

Deno.test("flagName() writes a key in kebab case", () => {
  strictEqual(flagName("ifRevision"), "if-revision");
  strictEqual(flagName("id"), "id");
});

Deno.test("usageLine() marks what is optional and what repeats", () => {
  strictEqual(commandLine(TOY), "toy GAME [N] [ann|bob...]");
  strictEqual(
    usageLine(TOY),
    "cicdstatemgr toy GAME [N] [ann|bob...] [FLAGS]",
  );
});

Deno.test("parseLogLevel() takes any case and Python's short forms", () => {
  deepStrictEqual(
    ["debug", "Warn", "FATAL", "LOUD", ""].map(parseLogLevel),
    ["DEBUG", "WARNING", "CRITICAL", undefined, undefined],
  );
});

Deno.test("parseEvent() takes two names and one =", () => {
  deepStrictEqual(parseEvent(" build = started "), {
    pipeline: "build",
    event: "started",
  });
  for (const text of ["build", "=a", "a=", "a=b=c", ""]) {
    strictEqual(parseEvent(text), undefined, text);
  }
});

Deno.test("parseVariable() splits at the first =", () => {
  deepStrictEqual(parseVariable("v= a=b "), { name: "v", expression: "a=b" });
  strictEqual(parseVariable(" =b"), undefined);
  strictEqual(parseVariable("v"), undefined);
});

Deno.test("parseRevision() takes what history and list print", () => {
  for (const text of ["7", "7-3f2a-09", "0".repeat(64)]) {
    strictEqual(parseRevision(text), text);
  }
  for (const text of ["", "two", "7-", "-7", "7 "]) {
    strictEqual(parseRevision(text), undefined, text);
  }
});
