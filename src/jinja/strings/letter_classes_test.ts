import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("isLower() needs one lower-case letter and no other", () => {
  checkExpressions([
    ["'a'.islower()", "True"],
    ["'A'.islower()", "False"],
    ["''.islower()", "False"],
    ["'1'.islower()", "False"],
    ["'a1'.islower()", "True"],
    ["'aA'.islower()", "False"],
    ["'ß'.islower()", "True"],
    ["'ª'.islower()", "True"],
    ["'ⅷ'.islower()", "True"],
    ["'ⓐ'.islower()", "True"],
    ["'ǅ'.islower()", "False"],
    ["'aǅ'.islower()", "False"],
    ["'中a'.islower()", "True"],
    ["'中'.islower()", "False"],
    ["'é'.islower()", "True"],
    ["'ʰ'.islower()", "True"],
    ["'a b'.islower()", "True"],
    ["'ﬁ'.islower()", "True"],
    ["'𐐨'.islower()", "True"],
  ]);
});

Deno.test("isUpper() needs one upper-case letter and no other", () => {
  checkExpressions([
    ["'A'.isupper()", "True"],
    ["'a'.isupper()", "False"],
    ["''.isupper()", "False"],
    ["'1'.isupper()", "False"],
    ["'A1'.isupper()", "True"],
    ["'aA'.isupper()", "False"],
    ["'ẞ'.isupper()", "True"],
    ["'Ⅷ'.isupper()", "True"],
    ["'Ⓐ'.isupper()", "True"],
    ["'ǅ'.isupper()", "False"],
    ["'Aǅ'.isupper()", "False"],
    ["'中A'.isupper()", "True"],
    ["'É'.isupper()", "True"],
    ["'A B'.isupper()", "True"],
    ["'𐐀'.isupper()", "True"],
    ["'ʰ'.isupper()", "False"],
  ]);
});

Deno.test("isTitle() needs upper case at the start of each word only", () => {
  checkExpressions([
    ["'A'.istitle()", "True"],
    ["'Aa'.istitle()", "True"],
    ["'aA'.istitle()", "False"],
    ["'AA'.istitle()", "False"],
    ["''.istitle()", "False"],
    ["'1'.istitle()", "False"],
    ["'A1a'.istitle()", "False"],
    ["'A1A'.istitle()", "True"],
    ["'Hello World'.istitle()", "True"],
    ["'Hello world'.istitle()", "False"],
    ["'They Re'.istitle()", "True"],
    ["'They\\'re'.istitle()", "False"],
    ["'ǅa'.istitle()", "True"],
    ["'Ǆa'.istitle()", "True"],
    ["'Ⓐⓐ'.istitle()", "True"],
    ["'Ⅷ'.istitle()", "True"],
    ["'中A'.istitle()", "True"],
    ["'中a'.istitle()", "False"],
    ["'Aª'.istitle()", "True"],
    ["'1a'.istitle()", "False"],
    ["'É É'.istitle()", "True"],
  ]);
});

Deno.test("isIdentifier() takes what Python takes for a name", () => {
  checkExpressions([
    ["'a'.isidentifier()", "True"],
    ["'_'.isidentifier()", "True"],
    ["'a1'.isidentifier()", "True"],
    ["'1a'.isidentifier()", "False"],
    ["''.isidentifier()", "False"],
    ["'a-b'.isidentifier()", "False"],
    ["'é'.isidentifier()", "True"],
    ["'中'.isidentifier()", "True"],
    ["'ª'.isidentifier()", "True"],
    ["'·'.isidentifier()", "False"],
    ["'a·'.isidentifier()", "True"],
    ["'℘'.isidentifier()", "True"],
    ["'for'.isidentifier()", "True"],
    ["'a b'.isidentifier()", "False"],
    ["'😀'.isidentifier()", "False"],
    ["'a\\u0301'.isidentifier()", "True"],
    ["'\\u0301'.isidentifier()", "False"],
  ]);
});
