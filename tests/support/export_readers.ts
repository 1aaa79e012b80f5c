import { Random } from "../conformance/random.ts";

/**
 * Reads what a step of GitHub Actions appends to `$GITHUB_OUTPUT` or
 * `$GITHUB_ENV`, as the workflow commands are documented: `NAME=VALUE` lines, and
 * `NAME<<DELIMITER`, any lines, and the delimiter on a line of its own.
 */
export function readGithubFile(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  while (lines.length > 0) {
    const line = lines.shift()!;
    if (line === "") continue;
    const [, name, mark, rest] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (name === undefined || name === "") throw new Error(`invalid: ${line}`);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) throw new Error(`name: ${name}`);
    if (mark === "=") {
      found.set(name, rest!);
      continue;
    }
    const end = lines.indexOf(rest!);
    if (end < 0) throw new Error(`no delimiter ${rest}`);
    found.set(name, lines.splice(0, end + 1).slice(0, -1).join("\n"));
  }
  return found;
}

/** Reads a dotenv report as GitLab documents it: one `NAME=VALUE` a line. */
export function readGitlabReport(text: string): Map<string, string> {
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  return new Map(lines.map((line) => {
    const [, name, value] = /^(\w+)=([^ ]*)$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`invalid: ${line}`);
    return [name, value!];
  }));
}

const SCRAPS: readonly string[] = [
  ..." '\"`$\\#=!~*?;&|<>(){}[]-+,.:@%^/\t\n\r\x01\x07\x1b\x7f",
  ..."aZ09_é⚓🚢\x85\xa0\u2028\u2029\u202e\ufeff\ufffd",
  ...["$(touch PWNED)", "`touch PWNED`", "${HOME}", "$HOME", "$'\\x41'"],
  ...["\\n", "\\r", "\\\\", "\\'", '\\"', "\\\n", "\r\n", "\n\n", "  "],
  ...["'; touch PWNED; '", "'\\''", "\nNAME=VALUE", "\nNAME<<EOF\nx\nEOF"],
  ...["EOF", "<<", "export A=1", " # c", "%s", "%n", "{{ 1 / 0 }}", "!!"],
  ...["::set-output name=a::b", "::add-mask::x", "~root", "*.*", "{a,b}"],
  ...["one two", "v1.4.0", "https://ci.example/x?y=1&z=2", '{"a": 1}'],
];

/**
 * Makes strings that quoting gets wrong most easily.
 *
 * @param count How many.
 * @param seed What they depend on.
 * @returns The strings; one of them has 100 kB.
 */
export function nastyStrings(count: number, seed: number): string[] {
  const random = new Random(seed);
  const strings = ["", "x".repeat(50_000) + "'\n$(touch PWNED)\\".repeat(2500)];
  while (strings.length < count) {
    strings.push(random.repeat(8, () => random.pick(SCRAPS)));
  }
  return strings;
}
