import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import type { Document } from "../../document/change.ts";
import { Float } from "../../values.ts";
import { shellAssignments, shellFileMirror } from "./shell_file.ts";

/** Each shell, with the options under which quoting goes wrong most easily. */
const SHELLS: Record<string, { command: string[]; setUp: string[] }> = {
  bash: {
    command: ["bash", "--noprofile", "--norc"],
    setUp: [
      "",
      "set -eu",
      "set -H; shopt -s extglob nullglob",
      "set -o posix",
      "LC_ALL=C",
    ],
  },
  dash: { command: ["dash"], setUp: ["", "set -eu", "set -f"] },
  zsh: {
    command: ["zsh", "-f"],
    setUp: [
      "",
      "set -eu",
      "setopt sh_word_split glob_subst glob_assign extended_glob",
      "setopt rc_quotes bang_hist magic_equal_subst",
      "emulate ksh",
    ],
  },
  busybox: { command: ["busybox", "sh"], setUp: ["", "set -eu"] },
};

const PRINTABLE = String.fromCharCode(
  ...Array.from({ length: 127 }, (_, index) => index + 1),
);

const NASTY = [
  "$(touch PWNED)",
  "`touch PWNED`",
  "${HOME}",
  "'; touch PWNED; '",
  "''$(touch PWNED)''",
  "\\'; touch PWNED #",
  '"$(touch PWNED)"',
  "ends in \\",
  "\\",
  "'",
  "''",
  "a'b''c",
  "!!",
  "!touch",
  "~",
  "~root",
  "* ? [a-z] {a,b} **/*",
  "two  blanks and\ttab",
  "one\ntwo\n\n",
  "\nCICD_evil=1",
  "carriage\r\nreturn\r",
  "# no comment",
  "=ls",
  "-n",
  "$'\\x41'",
  "%s %n",
  "smørbrød ⚓ 🚢 Á É\u0081\u0088\u0083",
  "\u0085\u2028\ufeff",
  PRINTABLE,
];

/** Sources a file and returns the values that the shell then has. */
async function source(
  shell: string,
  setUp: string,
  path: string,
  names: string[],
  cwd: string,
): Promise<string[]> {
  const prints = names.map((name) => `printf '%s\\0' "$${name}"`).join("\n");
  const { stdout, stderr, success } = await new Deno.Command(
    SHELLS[shell]!.command[0]!,
    {
      args: [
        ...SHELLS[shell]!.command.slice(1),
        "-c",
        `${setUp}\n. "$0"\n${prints}`,
        path,
      ],
      cwd,
      env: { LC_ALL: "C.UTF-8" },
    },
  ).output();
  strictEqual(new TextDecoder().decode(stderr), "");
  strictEqual(success, true);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout)
    .split("\0").slice(0, -1);
}

for (const [shell, { setUp }] of Object.entries(SHELLS)) {
  Deno.test(`shellFileMirror() writes what ${shell} reads back and never runs`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const path = `${folder}/state.sh`;
      await shellFileMirror({ path }).write("a1", { state: { v: NASTY } });
      const names = NASTY.map((_, index) => `CICD_state__v__${index}`);
      for (const options of setUp) {
        deepStrictEqual(
          await source(shell, options, path, names, folder),
          NASTY,
        );
      }
      const left = await Array.fromAsync(Deno.readDir(folder));
      deepStrictEqual(left.map(({ name }) => name), ["state.sh"]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

function assignments(
  document: Document,
  excluded: readonly string[] = [],
): string {
  return shellAssignments(document, new Set(excluded)).text;
}

Deno.test("shellAssignments() names leaves by their path", () => {
  const document: Document = {
    "top-level key": 11,
    odd: { "a--b..c": 4, "trailing!": 8, "(": 9, under__score: 10 },
    list: ["x", { y: 1, z: ["p"] }],
  };
  strictEqual(
    assignments(document),
    "CICD_top_level_key='11'\nCICD_odd__a_b_c='4'\nCICD_odd__trailing_='8'\n" +
      "CICD_odd___='9'\nCICD_odd__under__score='10'\nCICD_list__0='x'\n" +
      "CICD_list__1__y='1'\nCICD_list__1__z__0='p'\n",
  );
});

Deno.test("shellAssignments() writes falsy values but not empty collections", () => {
  const document: Document = {
    none: null,
    no: false,
    zero: 0,
    empty: "",
    whole: new Float(3),
    big: 9007199254740993n,
    list: [],
    mapping: {},
  };
  strictEqual(
    assignments(document),
    "CICD_none=''\nCICD_no='False'\nCICD_zero='0'\nCICD_empty=''\n" +
      "CICD_whole='3.0'\nCICD_big='9007199254740993'\n",
  );
});

Deno.test("shellAssignments() leaves excluded keys out at any depth", () => {
  strictEqual(
    assignments({ a: { secret: 1, b: 2 }, secret: { c: 3 } }, ["secret"]),
    "CICD_a__b='2'\n",
  );
});

Deno.test("shellAssignments() writes the last of several leaves that have one variable", () => {
  strictEqual(
    assignments({ s: { "a-b": 1, c: 2, "a.b": 3 } }),
    "CICD_s__c='2'\nCICD_s__a_b='3'\n",
  );
});

Deno.test("shellAssignments() lets a leaf under state win, wherever it stands", () => {
  const state = { tag: "v1", "a-b": "1", "a.b": "2" };
  const other = { "state__tag": "x", "state__a_b": "y" };
  const expected = "CICD_state__a_b='2'\nCICD_state__tag='v1'\n";
  for (const document of [{ state, ...other }, { ...other, state }]) {
    strictEqual(
      assignments(document).split("\n").toSorted().join("\n").trim(),
      expected.trim(),
    );
  }
});

Deno.test("shellAssignments() leaves out NUL, which no shell can hold", () => {
  strictEqual(assignments({ v: "a\0b" }), "CICD_v='ab'\n");
});

Deno.test("shellFileMirror() removes only the document that it holds", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/state.sh`;
    const mirror = shellFileMirror({ path });
    await mirror.remove!("a1");
    const forged = "'\nCICD_state__cicdContextDataId='a2'\n";
    const state = { forged, cicdContextDataId: "a1" };
    await mirror.write("a1", { state });
    await mirror.remove!("a2");
    strictEqual((await Deno.stat(path)).isFile, true);
    await mirror.remove!("a1");
    deepStrictEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Documents with leaves that have one variable. */
const CLASHES: [document: Document, variable: string, paths: string[]][] = [
  [
    { state: { tag: 1 }, state__tag: 2 },
    "CICD_state__tag",
    ["state__tag", "state.tag"],
  ],
  [
    { state__tag: 2, state: { tag: 1 } },
    "CICD_state__tag",
    ["state__tag", "state.tag"],
  ],
  [{ app: { "a-b": 1, a_b: 2 } }, "CICD_app__a_b", ["app.a-b", "app.a_b"]],
  [{ list: [1, 2], list__1: 3 }, "CICD_list__1", ["list[1]", "list__1"]],
  [{ a: [{ "b c": 1, "b d": 2, "b.c": 3 }] }, "CICD_a__0__b_c", [
    "a[0].b c",
    "a[0].b.c",
  ]],
  [{ "ä": 1, "ö": 2 }, "CICD__", ["ä", "ö"]],
];

Deno.test("shellFileMirror() warns of leaves that have one variable", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/state.sh`;
    for (const [document, variable, [dropped, kept]] of CLASHES) {
      const warnings: string[] = [];
      const warn = (message: string) => void warnings.push(message);
      await shellFileMirror({ path, warn }).write("a1", document);
      deepStrictEqual(warnings, [
        `In shellfile ${path}, ${variable} is "${kept}" and not "${dropped}", ` +
        "whose variable has the same name",
      ]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("shellFileMirror() refuses an app config that defines one variable twice", () => {
  for (const [document, variable, [dropped, kept]] of CLASHES) {
    throws(() => shellFileMirror({ path: "x.sh" }).checkDefined!(document), {
      code: "CONFIG",
      message:
        `Cannot write shellfile x.sh: "${dropped}" and "${kept}" of the app ` +
        `config are one variable, ${variable}`,
    });
  }
  const mirror = shellFileMirror({ path: "x.sh", excludeKeyNames: ["a-b"] });
  mirror.checkDefined!({ "a-b": 1, a_b: 2, "a-b-c": 3 });
});
