import { randomFrom } from "./random.ts";

/** Arguments of a function: each list is one way to call it. */
type Signatures = Readonly<Record<string, readonly string[]>>;

// In arguments, `V` stands for any expression, `T` for a string and `N` for a
// small integer.
const FILTERS: Signatures = {
  abs: [""],
  batch: ["N", "N, V"],
  capitalize: [""],
  center: ["N", "12"],
  count: [""],
  default: ["V", "V, true"],
  dictsort: ["", "true", "false, 'value'", "by='key', reverse=true"],
  escape: [""],
  filesizeformat: ["", "true"],
  first: [""],
  float: ["", "V"],
  forceescape: [""],
  format: ["", "V", "V, V"],
  groupby: ["0", "'a'", "'real'", "'age'", "'age', default=0"],
  indent: ["", "N", "N, true", "2, false, true", "'>'"],
  int: ["", "V", "0, 16", "0, 2"],
  items: [""],
  join: ["", "T", "T, 'age'", "d=V"],
  last: [""],
  length: [""],
  list: [""],
  lower: [""],
  map: [
    "'upper'",
    "'length'",
    "'default', V",
    "'join', T",
    "attribute='age'",
    "attribute=0",
    "attribute='0', default=V",
  ],
  max: ["", "true", "attribute='age'"],
  min: ["", "false, 'age'"],
  pprint: [""],
  reject: ["", "'odd'", "'>', 1", "'in', V"],
  rejectattr: ["'age'", "'age', 'odd'"],
  replace: ["T, T", "T, T, N"],
  reverse: [""],
  round: ["", "N", "N, 'ceil'", "N, 'floor'"],
  safe: [""],
  select: ["", "'even'", "'none'", "'eq', V", "'lt', V"],
  selectattr: ["'age'", "'name', 'eq', 'bob'"],
  slice: ["N", "N, V"],
  sort: ["", "true", "false, true", "attribute='age,name'", "attribute=0"],
  string: [""],
  striptags: [""],
  sum: ["", "'age'", "start=V", "none, V"],
  title: [""],
  tojson: ["", "2", "indent=N"],
  trim: ["", "T"],
  truncate: ["N", "5, true", "5, false, '', N", "8, true, T, 0"],
  unique: ["", "true", "attribute='age'"],
  upper: [""],
  urlencode: [""],
  urlize: ["", "5", "nofollow=true"],
  wordcount: [""],
  wordwrap: ["N", "3, false", "4, true, T", "3, true, none, false"],
  xmlattr: ["", "false"],
};
/** Filters whose results print with an address in Python. */
const LAZY = new Set([
  "batch",
  "items",
  "map",
  "reject",
  "rejectattr",
  "reverse",
  "select",
  "selectattr",
  "slice",
  "unique",
]);
const METHODS: Signatures = {
  append: ["V"],
  capitalize: [""],
  casefold: [""],
  center: ["N", "9, '*'"],
  copy: [""],
  count: ["V", "T, N"],
  endswith: ["T", "T, N, N"],
  expandtabs: ["", "N"],
  extend: ["V"],
  find: ["T", "T, N, N"],
  format: ["V", "V, V", "a=V"],
  get: ["'a'", "V, V"],
  index: ["V", "T, N"],
  insert: ["N, V"],
  isalnum: [""],
  isdigit: [""],
  isidentifier: [""],
  isprintable: [""],
  istitle: [""],
  items: [""],
  join: ["V"],
  ljust: ["6", "6, '.'"],
  partition: ["T"],
  pop: ["", "N", "'a'"],
  remove: ["V"],
  removeprefix: ["T"],
  replace: ["T, T", "T, T, N"],
  reverse: [""],
  rfind: ["T"],
  rsplit: ["", "T, N"],
  sort: ["", "reverse=true"],
  split: ["", "T", "none, N", "T, N"],
  splitlines: ["", "true"],
  startswith: ["T", "T, N", "(T, T)"],
  strip: ["", "T"],
  swapcase: [""],
  title: [""],
  translate: ["V"],
  update: ["z=V"],
  upper: [""],
  values: [""],
  zfill: ["6"],
};
const TESTS =
  "boolean defined divisibleby(V) eq(V) escaped even float ge(V) in(V) integer iterable lower lt(V) mapping ne(V) none number odd sequence string undefined upper"
    .split(" ");
const ATOMS = [
  ..."0 1 -1 2 7 255 -100 0.5 2.0 -1.5 1e20 1e-7 100.0 true false none".split(
    " ",
  ),
  "2 ** 70",
  "range(N)",
  "range(N, N)",
  ..."s n f l d users nested words missing".split(" "),
];
const STRINGS = [
  ..."'' 'a' 'B' 'abc' 'é' '😀x' '1' '2.5' '<b>' 'a,b,c' '\\n' '0x1f' 'ß' '%s' '{}' 'x-y_z' 'ΑΣ' '\\t' 'http://x.com'"
    .split(" "),
  "'Hello World'",
  "'  x '",
  "'a\\nb\\n\\nc'",
  "'it\\'s'",
  "('<i>&</i>' | safe)",
];
const INTEGERS = ["0", "1", "2", "3", "5", "-1", "-2"];
const OPERATORS = "+ - / // % == != < <= > >= and or in ~".split(" ").concat(
  "not in",
);

/** Writes random templates, the same ones for the same seed. */
export class TemplateWriter {
  readonly #random: (count: number) => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Writes a template of one expression or of statements. */
  template(): string {
    return this.#random(3) === 0
      ? this.#statement(1 + this.#random(2))
      : `{{ ${this.#expression(1 + this.#random(3))} }}`;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random(items.length)]!;
  }

  #fill(template: string, depth: number): string {
    return template.replace(/\b[NTV]\b/g, (letter) => {
      if (letter === "N") return this.#pick(INTEGERS);
      if (letter === "T") return this.#pick(STRINGS);
      return `(${this.#expression(depth - 1)})`;
    });
  }

  #atom(): string {
    return this.#random(2) === 0
      ? this.#pick(STRINGS)
      : this.#fill(this.#pick(ATOMS), 0);
  }

  #expression(depth: number): string {
    if (depth <= 0) return this.#atom();
    switch (this.#random(14)) {
      case 0:
        return this.#fill(
          this.#pick(["[]", "[V, V]", "(V,)", "(V, V)"]),
          depth,
        );
      case 1:
        return this.#fill(
          this.#pick(["{'a': V, none: V}", "{1: V, 2.0: V}"]),
          depth,
        );
      case 2:
      case 3:
        return this.#fill(`V ${this.#pick(OPERATORS)} V`, depth);
      case 4:
        return this.#fill(
          this.#pick(["V * N", "V ** N", "not V", "-V"]),
          depth,
        );
      case 5:
        return this.#fill(
          this.#pick(["V[N]", "V['a']", "V.age", "V[none]"]),
          depth,
        );
      case 6:
        // Slices of variables only: Jinja2 evaluates those of constants earlier.
        return this.#pick(["s[1:]", "l[::-1]", "words[-2:]", "s[:-1:2]"]);
      case 7:
        return this.#fill("(V if V else V)", depth);
      case 8:
        return this.#fill(`V is ${this.#pick(TESTS)}`, depth);
      case 9:
      case 10: {
        const [name, signatures] = this.#pick(Object.entries(METHODS));
        return this.#fill(`V.${name}(${this.#pick(signatures)})`, depth);
      }
      default: {
        const [name, signatures] = this.#pick(Object.entries(FILTERS));
        const list = LAZY.has(name) ? " | list" : "";
        return this.#fill(
          `V | ${name}(${this.#pick(signatures)})${list}`,
          depth,
        );
      }
    }
  }

  #body(depth: number): string {
    return this.#statement(depth - 1) + this.#statement(depth - 1);
  }

  #statement(depth: number): string {
    const value = this.#expression(1);
    if (depth <= 0) {
      const piece = this.#pick(["x", " ", "\n", "{{ v }}", "{{ loop.index }}"]);
      return this.#random(3) === 0 ? `{{ ${value} }}` : piece;
    }
    const body = this.#body(depth);
    const strip = this.#pick(["", "-"]);
    switch (this.#random(10)) {
      case 0:
        return `{%${strip} if ${value} %}${body}{% else ${strip}%}${
          this.#body(depth)
        }{% endif %}`;
      case 1:
        return `{% for ${
          this.#pick(["v", "v, w"])
        } in ${value} ${strip}%}${body}{% else %}-{% endfor %}`;
      case 2:
        return `{% set v = ${value} %}${body}{{ v }}`;
      case 3:
        return `{% set v${
          this.#pick(["", " | upper"])
        } %}${body}{% endset %}{{ v }}`;
      case 4:
        return `{% macro m(a, b=${value}) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}${body}{% endmacro %}${
          this.#pick([
            "{{ m(1) }}",
            "{{ m(b=1, a=2) }}",
            "{{ m(1, 2, 3, c=4) }}",
            "{{ m() }}",
          ])
        }`;
      case 5:
        return `{% macro m() %}[{{ caller(1) }}]{% endmacro %}{% call(v) m() %}${body}{% endcall %}`;
      case 6:
        return `{% filter ${
          this.#pick(["upper", "trim", "replace('a', 'b')", "indent(2)"])
        } %}${body}{% endfilter %}`;
      case 7:
        return `{% with v = ${value} ${strip}%}${body}{%${strip} endwith %}`;
      case 8:
        return `{% autoescape ${
          this.#pick(["true", "false"])
        } %}${body}{{ '<' }}{% endautoescape %}`;
      default:
        return `{% for v in l %}{% if v == ${value} %}${
          this.#pick(["{% break %}", "{% continue %}", ""])
        }{% endif %}${body}{% endfor %}`;
    }
  }
}
