import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("wrapLine() breaks at white space and drops it at the ends of lines", () => {
  checkExpressions([
    ["'a b c d' | wordwrap(3)", "'a b\\nc d'"],
    ["'a  b' | wordwrap(2)", "'a\\nb'"],
    ["'a   b' | wordwrap(3)", "'a\\nb'"],
    ["' a b' | wordwrap(2)", "' a\\nb'"],
    ["'a b ' | wordwrap(2)", "'a\\nb'"],
    ["'   ' | wordwrap(2)", "''"],
    ["' ' | wordwrap(5)", "''"],
    ["'a\\tb c' | wordwrap(3)", "'a\\tb\\nc'"],
    ["'ab cdefgh' | wordwrap(3)", "'ab \\ncde\\nfgh'"],
    ["'a\\u00a0b c' | wordwrap(3)", "'a\\xa0b\\nc'"],
    ["'a \\u2003 b' | wordwrap(2)", "'a\\n b'"],
    ["'one' | wordwrap(3)", "'one'"],
    ["'one two' | wordwrap(7)", "'one two'"],
    ["'one two' | wordwrap(6)", "'one\\ntwo'"],
  ]);
});

Deno.test("wrapLine() breaks words that are longer than a line", () => {
  checkExpressions([
    ["'abcdefgh' | wordwrap(3)", "'abc\\ndef\\ngh'"],
    ["'abcdefgh' | wordwrap(3, false)", "'abcdefgh'"],
    ["'ab cdefgh ij' | wordwrap(4)", "'ab c\\ndefg\\nh ij'"],
    ["'ab cdefgh ij' | wordwrap(4, false)", "'ab\\ncdefgh\\nij'"],
    [
      "'a bcdefghijkl' | wordwrap(1)",
      "'a\\nb\\nc\\nd\\ne\\nf\\ng\\nh\\ni\\nj\\nk\\nl'",
    ],
    ["'abcd-efgh' | wordwrap(6)", "'abcd-\\nefgh'"],
    ["'abcd-efgh-ij' | wordwrap(7)", "'abcd-\\nefgh-ij'"],
    ["'----abcdef' | wordwrap(4)", "'----\\nabcd\\nef'"],
    ["'-abcdefgh' | wordwrap(4)", "'-abc\\ndefg\\nh'"],
    ["'a-----b' | wordwrap(3)", "'a--\\n---\\nb'"],
    ["'ab-cdefghij' | wordwrap(4, true, none, false)", "'ab-c\\ndefg\\nhij'"],
    ["'😀😀😀😀' | wordwrap(2)", "'😀😀\\n😀😀'"],
    ["'éééé é' | wordwrap(3)", "'ééé\\né é'"],
  ]);
});

Deno.test("wrapLine() breaks words after hyphens between letters", () => {
  checkExpressions([
    ["'well-known' | wordwrap(6)", "'well-\\nknown'"],
    ["'well-known' | wordwrap(5)", "'well-\\nknown'"],
    ["'a-b-c-d' | wordwrap(4)", "'a-b-\\nc-d'"],
    ["'ab-cd-ef' | wordwrap(4)", "'ab-\\ncd-\\nef'"],
    ["'x-ray' | wordwrap(3)", "'x-\\nray'"],
    ["'1-2-3-4' | wordwrap(4)", "'1-2-\\n3-4'"],
    ["'a1-b2' | wordwrap(4)", "'a1-\\nb2'"],
    ["'a½-½b' | wordwrap(4)", "'a½-\\n½b'"],
    ["'e-mail-address' | wordwrap(8)", "'e-mail-\\naddress'"],
    ["'_a-_b' | wordwrap(4)", "'_a-\\n_b'"],
    ['"don\'t-you-say" | wordwrap(7)', '"don\'t-\\nyou-say"'],
    ["'trailing- -leading' | wordwrap(6)", "'traili\\nng- -l\\neading'"],
    ["'--option=value' | wordwrap(9)", "'--option=\\nvalue'"],
    ["'-a-b -cd-ef' | wordwrap(5)", "'-a-b\\n-cd-\\nef'"],
    ["'ä-ö-ü-ß' | wordwrap(4)", "'ä-ö-\\nü-ß'"],
  ]);
});

Deno.test("wrapLine() breaks around dashes", () => {
  checkExpressions([
    ["'a--b' | wordwrap(3)", "'a--\\nb'"],
    ["'yes--no' | wordwrap(5)", "'yes--\\nno'"],
    ["'yes--no' | wordwrap(4)", "'yes\\n--no'"],
    ["'one---two' | wordwrap(5)", "'one\\n---\\ntwo'"],
    ["'word--' | wordwrap(5)", "'word-\\n-'"],
    ["'--word' | wordwrap(4)", "'--wo\\nrd'"],
    ["'a.--b' | wordwrap(3)", "'a.\\n--b'"],
    ["'a;--b' | wordwrap(3)", "'a;-\\n-b'"],
    ["'\"q\"--b' | wordwrap(4)", "'\"q\"\\n--b'"],
    ["'x--1' | wordwrap(2)", "'x\\n--\\n1'"],
    ["'x--_' | wordwrap(3)", "'x--\\n_'"],
    ["'a-- b' | wordwrap(3)", "'a--\\nb'"],
    ["'a --b' | wordwrap(3)", "'a\\n--b'"],
  ]);
});
