import { Random } from "./random.ts";

const WORDS =
  "the build of release failed on node passed tests in seconds error warning: see log file for details and retry later v1.2.3 #42 @team fix(api): add x=1 100% ok? yes! no don't it's \"quoted\" 'single' `code` (see) [link] {brace} <tag> a/b c\\d http://ci.example/x?y=1&z=2 user@host 12:30 2024-01-02 3.14 -5 +7 1_000 0x1f *bold* _em_ - -- --- ... | > & ; , . : :: => -> $HOME ${X} %d %s ~ ^ === 你好 é 😀 →"
    .split(" ");

// Pieces of YAML that have a meaning to its parser.
const SCRAPS = [
  ..."ab :?,[]{}#!|>'\"%@`=~\\\t",
  ...["\n", "\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "- ", ": ", "? "],
  ...[", ", " # c", "&a ", "*a", "!!str ", "!!int ", "!x ", "|-", "|+", ">-"],
  ...["|2", ">1\n", "\\n", "\\x41", "''", "---", "\n---\n", "\n...\n", "<<: "],
  ...["null", "yes", "1.0", "012", "12:30", "2001-12-14", "2001-13-45", "1e3"],
  ...["\r\n", "\r", "\x85", "\u2028", "\ufeff", "é", "😀", "a: b", "\nc: d"],
  ...["%YAML 1.1\n---\n", "- - ", "k: v\n", "\n k2: v", '"q"', "'s'", "a:b"],
  ...["[]", "{}", "{a: 1}", "[1, 2]", "- a\n- b\n", "x: &b {y: 1}\nz: *b\n"],
];

/** Makes texts at random. */
export class RandomTexts extends Random {
  /** Returns something like YAML. */
  yaml(): string {
    return this.repeat(9, () => this.pick(SCRAPS));
  }

  #word(): string {
    return this.pick(WORDS);
  }

  #line(words = 8): string {
    const separator = this.pick([" ", " ", " ", "  ", "\t"]);
    return this.repeat(words, () => this.#word(), separator);
  }

  #blanks(most: number): string {
    return " ".repeat(this.below(most));
  }

  /** Returns what people and programs leave in files: prose, logs, tables. */
  human(): string {
    const end = this.pick(["\n", "\n", "\r\n", "\n\n", ""]);
    const line = this.#line();
    const other = this.#line();
    const word = this.#word();
    return this.pick<() => string>([
      () => line + end,
      () => this.repeat(5, () => this.#line(), end || "\n"),
      () => this.repeat(5, () => `${this.#line(3)}: ${this.#line(4)}\n`),
      () => this.repeat(5, () => `- ${this.#line(5)}\n`),
      () => this.repeat(4, () => `* ${this.#line(5)}`, "\n"),
      () => this.repeat(4, () => `${this.#word()}\t${this.below(999)}`, "\n"),
      () => `\n  ${this.below(99)} passed\nin ${this.below(9)}s\n`,
      () => `${this.#blanks(5)}${line}\n${this.#blanks(5)}${other}${end}`,
      () => `&${word};${line}`,
      () => `<p>${line}</p>`,
      () => JSON.stringify({ [word]: line, n: 1 }, null, this.below(3)),
      () => `# ${line}\n\n${other}\n\n\`\`\`sh\n${line}\n\`\`\`\n`,
      () => `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-${line}\n+${other}\n`,
      () => `Traceback (most recent call last):\n  File "x.py", line 1\n    ${line}\n`,
      () => this.repeat(6, () => `${this.#word()}=${this.#line(2)}\n`),
      () => `${word}: |\n  ${line}\n   ${other}${end}`,
      () => `${word}: >-\n  ${line}\n\n  ${other}${end}`,
      () => `${word}:\n${this.repeat(3, () => `${this.#blanks(4)}${this.#word()}: ${this.#line(3)}\n`)}`,
      () => `${word}:\n${this.repeat(3, () => `${this.#blanks(4)}- ${this.#line(3)}\n`)}`,
      () => `[${this.repeat(4, () => this.#word(), ", ")}]${end}`,
      () => `{${this.repeat(4, () => `${this.#word()}: ${this.#word()}`, ", ")}}`,
      () => `${"x".repeat(1000 + this.below(50))}: ${word}`,
      () => `--- ${line}\n${other}`,
      () => `${this.below(1_000_000)}${end}`,
      () => `${line}\n${"-".repeat(this.below(6))}\n${other}`,
      () => `2024-0${this.below(10)}-${this.below(40)} ${this.below(30)}:30:00`,
      () => `commit 1f2e\nAuthor: A <a@b>\nDate:   Mon Jan 1\n\n    ${line}\n`,
      () => `| a | b |\n|---|---|\n| ${word} | ${line} |\n`,
      () => this.pick(["!", "%", "@", "`", "? ", "*", "|", ">"]) + line,
      () => `"${line}"${this.#blanks(2)}${this.pick(["", word])}`,
      () => `'${line}'${this.pick(["", `: ${word}`])}`,
      () => `- ${word}: ${this.#word()}\n${this.#blanks(5)}${this.#word()}: ${other}`,
    ])();
  }
}
