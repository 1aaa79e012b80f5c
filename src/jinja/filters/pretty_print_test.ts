import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "long": [
    "wordwordwordwordwordword",
    "wordwordwordwordwordword",
    "wordwordwordwordwordword",
    "wordwordwordwordwordword",
    "wordwordwordwordwordword",
  ],
  "text":
    "lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet ",
  "deep": {
    "alpha": {
      "beta": {
        "gamma": [
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
          "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
          "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        ],
      },
    },
  },
  "users": [{
    "name": "ann",
    "roles": ["admin", "dev"],
    "email": "ann@example.com",
    "active": true,
  }, {
    "name": "bob",
    "roles": [],
    "email": "bob@example.com",
    "active": false,
  }],
};

Deno.test("pprint prints short values on one line", () => {
  checkExpressions([
    ["'it\\'s' | pprint", "'\"it\\'s\"'"],
    ["5 | pprint", "'5'"],
    ["1.0 | pprint", "'1.0'"],
    ["none | pprint", "'None'"],
    ["[1, 'a', [2]] | pprint", "\"[1, 'a', [2]]\""],
    [
      "{'b': 1, 'a': {'d': 1, 'c': 2}} | pprint",
      "\"{'a': {'c': 2, 'd': 1}, 'b': 1}\"",
    ],
    ["(1,) | pprint", "'(1,)'"],
    ["() | pprint", "'()'"],
    ["[] | pprint", "'[]'"],
    ["{} | pprint", "'{}'"],
    ["range(3) | pprint", "'range(0, 3)'"],
    ["missing | pprint", "'Undefined'"],
    ["('<b>' | safe) | pprint", "\"Markup('<b>')\""],
    ["{1: 'a', 'b': 2, none: 3} | pprint", "\"{None: 3, 1: 'a', 'b': 2}\""],
    ["{(1, 2): 'x'} | pprint", "\"{(1, 2): 'x'}\""],
    ["'é😀' | pprint", "\"'é😀'\""],
    ["[1] | pprint(1)", {
      error: "pprint() takes exactly 1 argument (2 given)",
    }],
  ]);
});

Deno.test("pprint breaks long lists and mappings into lines", () => {
  checkExpressions([
    [
      "long | pprint",
      "\"['wordwordwordwordwordword',\\n 'wordwordwordwordwordword',\\n 'wordwordwordwordwordword',\\n 'wordwordwordwordwordword',\\n 'wordwordwordwordwordword']\"",
    ],
    [
      "range(30) | list | pprint",
      "'[0,\\n 1,\\n 2,\\n 3,\\n 4,\\n 5,\\n 6,\\n 7,\\n 8,\\n 9,\\n 10,\\n 11,\\n 12,\\n 13,\\n 14,\\n 15,\\n 16,\\n 17,\\n 18,\\n 19,\\n 20,\\n 21,\\n 22,\\n 23,\\n 24,\\n 25,\\n 26,\\n 27,\\n 28,\\n 29]'",
    ],
    [
      "users | pprint",
      "\"[{'active': True,\\n  'email': 'ann@example.com',\\n  'name': 'ann',\\n  'roles': ['admin', 'dev']},\\n {'active': False, 'email': 'bob@example.com', 'name': 'bob', 'roles': []}]\"",
    ],
    [
      "deep | pprint",
      "\"{'alpha': {'beta': {'gamma': ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\\n                              'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',\\n                              'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz']}}}\"",
    ],
    [
      "{'numbers': range(25) | list, 'empty': [], 'name': 'x' * 40} | pprint",
      "\"{'empty': [],\\n 'name': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\\n 'numbers': [0,\\n             1,\\n             2,\\n             3,\\n             4,\\n             5,\\n             6,\\n             7,\\n             8,\\n             9,\\n             10,\\n             11,\\n             12,\\n             13,\\n             14,\\n             15,\\n             16,\\n             17,\\n             18,\\n             19,\\n             20,\\n             21,\\n             22,\\n             23,\\n             24]}\"",
    ],
    [
      "(('x' * 40), ('y' * 40)) | pprint",
      "\"('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\\n 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')\"",
    ],
    [
      "[('x' * 50, 'y' * 50)] | pprint",
      "\"[('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\\n  'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')]\"",
    ],
    [
      "[('x' * 90,)] | pprint",
      "\"[('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',)]\"",
    ],
    [
      "{'k' * 60: {'inner': 'v' * 30, 'other': 1}} | pprint",
      "\"{'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk': {'inner': 'vvvvvvvvvvvvvvvvvvvvvvvvvvvvvv',\\n                                                                  'other': 1}}\"",
    ],
    [
      "[[['a' * 30, 'b' * 30, 'c' * 30]]] | pprint",
      "\"[[['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\\n   'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',\\n   'cccccccccccccccccccccccccccccc']]]\"",
    ],
    [
      "{'a': {'b': {'c': {'d': {'e': ['f' * 20, 'g' * 20, 'h' * 20]}}}}} | pprint",
      "\"{'a': {'b': {'c': {'d': {'e': ['ffffffffffffffffffff',\\n                               'gggggggggggggggggggg',\\n                               'hhhhhhhhhhhhhhhhhhhh']}}}}}\"",
    ],
    [
      "users | groupby('active') | pprint",
      "\"[(False, [{'name': 'bob', 'roles': [], 'email': 'bob@example.com', 'active': False}]),\\n (True, [{'name': 'ann', 'roles': ['admin', 'dev'], 'email': 'ann@example.com', 'active': True}])]\"",
    ],
    [
      "{'b': users[0], 'a': users[1]} | pprint",
      "\"{'a': {'active': False, 'email': 'bob@example.com', 'name': 'bob', 'roles': []},\\n 'b': {'active': True,\\n       'email': 'ann@example.com',\\n       'name': 'ann',\\n       'roles': ['admin', 'dev']}}\"",
    ],
    ["[{}, [], ()] * 20 | pprint", {
      error: "can't multiply sequence by non-int of type 'str'",
    }],
    [
      "([{}, [], ()] * 20) | pprint",
      "'[{},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n (),\\n {},\\n [],\\n ()]'",
    ],
  ], { context });
});

Deno.test("pprint breaks long strings between words", () => {
  checkExpressions([
    [
      "text | pprint",
      "\"('lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit '\\n 'amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor '\\n 'sit amet ')\"",
    ],
    [
      "[text] | pprint",
      "\"['lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit '\\n 'amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor '\\n 'sit amet ']\"",
    ],
    [
      "{'text': text} | pprint",
      "\"{'text': 'lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum '\\n         'dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet '\\n         'lorem ipsum dolor sit amet '}\"",
    ],
    [
      "{'a': [text, 1]} | pprint",
      "\"{'a': ['lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum '\\n       'dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet '\\n       'lorem ipsum dolor sit amet ',\\n       1]}\"",
    ],
    [
      "('x' * 100) | pprint",
      "\"'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\"",
    ],
    [
      "['x' * 100, 'y'] | pprint",
      "\"['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',\\n 'y']\"",
    ],
    [
      "('line one\\n' * 12) | pprint",
      "\"('line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n'\\n 'line one\\\\n')\"",
    ],
    [
      "('word\\n' ~ 'long ' * 30) | pprint",
      "\"('word\\\\n'\\n 'long long long long long long long long long long long long long long long '\\n 'long long long long long long long long long long long long long long long ')\"",
    ],
    [
      "{'key': 'it\\'s ' * 20} | pprint",
      "'{\\'key\\': \"it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s \"\\n        \"it\\'s it\\'s it\\'s it\\'s it\\'s it\\'s \"}'",
    ],
    [
      "('é😀 ' * 40) | pprint",
      "\"('é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 '\\n 'é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 é😀 ')\"",
    ],
    [
      "('a  b   c ' * 15) | pprint",
      "\"('a  b   c a  b   c a  b   c a  b   c a  b   c a  b   c a  b   c a  b   c a  '\\n 'b   c a  b   c a  b   c a  b   c a  b   c a  b   c a  b   c ')\"",
    ],
    [
      "(text,) | pprint",
      "\"('lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit '\\n 'amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor '\\n 'sit amet ',)\"",
    ],
  ], { context });
});
