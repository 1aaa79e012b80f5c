import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { fireEvent } from "../../../tests/support/fire_event.ts";

Deno.test("setValues() trims, skips blank values and renders paths", async () => {
  const { state, log } = await fireEvent({
    state: { ship: "Runa" },
    variables: { extra: "now" },
    handlers: {
      "set-values": {
        set: [
          {
            from: "  {{ state.ship }} {{ extra }} ",
            to: " state.{{ state.ship | lower }}.at ",
          },
          { from: "{{ state.nothing }} ", to: "state.never" },
          { from: null, to: "state.never" },
          { from: 17, to: "state.number" },
          { from: [1, "a"], to: "state.list" },
        ],
      },
    },
  });
  deepStrictEqual(state, {
    ship: "Runa",
    runa: { at: "Runa now" },
    number: "17",
    list: "[1, 'a']",
  });
  deepStrictEqual(log, []);
});

Deno.test("setValues() makes its context once a block", async () => {
  const { state } = await fireEvent({
    handlers: {
      "set-values": {
        one: {
          set: [
            { from: "1", to: "state.a" },
            { from: "[{{ state.a }}]", to: "state.b" },
          ],
        },
        two: { set: [{ from: "[{{ state.a }}]", to: "state.c" }] },
      },
    },
  });
  deepStrictEqual(state, { a: "1", b: "[]", c: "[1]" });
});

Deno.test("setValues() appends, adds without duplicates and clears", async () => {
  const { state } = await fireEvent({
    state: { full: ["x"], ship: "a, b" },
    handlers: {
      "set-values": {
        set: [
          { from: "{{ state.ship }}", to: "state.list[]" },
          { from: "c,c", to: "state.set{}" },
          { from: "[]", to: "state.full[]" },
        ],
      },
    },
  });
  deepStrictEqual(state, {
    full: [],
    ship: "a, b",
    list: ["a", " b"],
    set: ["c"],
  });
});

Deno.test("setValues() skips a blank path with a warning", async () => {
  const { state, log } = await fireEvent({
    handlers: {
      "set-values": { set: [{ from: "1", to: "{{ state.none }}" }] },
    },
  });
  deepStrictEqual(state, {});
  deepStrictEqual(log, [
    'warning: Skipped "pipelines.p.event-handlers.go.set-values.set[0]": ' +
    'its "to" is blank',
  ]);
});

Deno.test("setValues() sets nothing of a block that fails, and keeps the blocks before it", async () => {
  const { state, failure } = await fireEvent({
    state: { text: "x" },
    handlers: {
      "set-values": {
        one: { set: [{ from: "1", to: "state.a" }] },
        two: {
          set: [
            { from: "2", to: "state.b" },
            { from: "3", to: "state.text.deeper" },
          ],
        },
        three: { set: [{ from: "4", to: "state.c" }] },
      },
    },
  });
  strictEqual(failure?.code, "PATH");
  deepStrictEqual(state, { text: "x", a: "1" });
});

Deno.test("setValues() loads a file that was written by hand, and only that", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "content");
  const { state } = await fireEvent({
    state: { path, stored: `file://${path}` },
    handlers: {
      "set-values": {
        set: [
          { from: `file://${path}`, to: "state.written" },
          { from: " file://{{ state.path }}", to: "state.rendered" },
          { from: "{{ state.stored }}", to: "state.untrusted" },
          { from: "{{ 'file:' }}//{{ state.path }}", to: "state.built" },
        ],
      },
    },
  });
  deepStrictEqual(state, {
    path,
    stored: `file://${path}`,
    written: "content",
    rendered: "content",
    untrusted: `file://${path}`,
    built: `file://${path}`,
  });
  await Deno.remove(path);
});

Deno.test("setValues() fails on a file that is not there", async () => {
  const { failure } = await fireEvent({
    handlers: {
      "set-values": { set: [{ from: "file://no/such", to: "state.a" }] },
    },
  });
  strictEqual(failure?.code, "INPUT");
});

Deno.test("setValues() writes no prototype", async () => {
  const { state } = await fireEvent({
    handlers: {
      "set-values": { set: [{ from: "1", to: "state.__proto__.polluted" }] },
    },
  });
  strictEqual(JSON.stringify(state), '{"__proto__":{"polluted":"1"}}');
  strictEqual(Object.hasOwn(Object.prototype, "polluted"), false);
});
