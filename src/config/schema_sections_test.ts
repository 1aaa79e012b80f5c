import { deepStrictEqual } from "node:assert/strict";
import {
  checkRefusedConfigs,
  configFile,
  loadSections,
} from "../../tests/support/config.ts";

const OWN = "A key of your own needs another name";

const FILES = { jsonfile: { path: "a.json", isPrimary: true } };

checkRefusedConfigs([
  [
    "a misspelt section",
    configFile("triger: {}"),
    "line 4, column 3",
    `"cicdstatemgr.triger" is not a known key. Did you mean "trigger"? ${OWN}`,
  ],
  [
    "a misspelt key of a section",
    configFile("slack:", "  token-name: x", "  ulr: http://x"),
    "line 6, column 5",
    `"cicdstatemgr.slack.ulr" is not a known key. Did you mean "url"? ${OWN}`,
  ],
  [
    "a section that is a string",
    configFile("templates: notify"),
    "line 4, column 14",
    '"cicdstatemgr.templates" is "notify". It must be a mapping',
  ],
  [
    "a URL without a scheme",
    configFile("slack: {url: hooks.slack.com/services/T0}"),
    "line 4, column 16",
    '"cicdstatemgr.slack.url" is a string. ' +
    "It must be a valid URL that starts with http:// or https://",
  ],
  [
    "a URL of another scheme",
    configFile("trigger:", "  url: ftp://x"),
    "line 5, column 10",
    '"cicdstatemgr.trigger.url" is a string. ' +
    "It must be a valid URL that starts with http:// or https://",
  ],
  [
    "a negative timeout",
    configFile("http: {timeout-ms: -1}"),
    "line 4, column 22",
    '"cicdstatemgr.http.timeout-ms" is -1. It must be an integer from 1 to 3600000',
  ],
  [
    "a misspelt key of http",
    configFile("http:", "  retrys: 1"),
    "line 5, column 5",
    '"cicdstatemgr.http.retrys" is not a known key. Did you mean "retries"? ' +
    "Known keys: timeout-ms, retries, on-error, max-response-bytes, ca-file, invalid-json, record",
  ],
  [
    "folders that are not a list",
    configFile("files-from: data"),
    "line 4, column 15",
    '"cicdstatemgr.files-from" is "data". It must be a list',
  ],
  [
    "headers that are a mapping",
    configFile("trigger:", "  headers:", "    x-key: y"),
    "line 5, column 5",
    '"cicdstatemgr.trigger.headers" is a mapping. It must be a list',
  ],
  [
    "a header without a name",
    configFile("trigger:", "  headers:", "    - value: x"),
    "line 6, column 9",
    '"cicdstatemgr.trigger.headers[0].name" is missing. Write name: here',
  ],
  [
    "a capture without a target",
    configFile("notify:", "  auto-capture-response-data: [{from: x}]"),
    "line 5, column 34",
    '"cicdstatemgr.notify.auto-capture-response-data[0].to" is missing. Write to: here',
  ],
  [
    "a template that is a list",
    configFile("templates:", "  notify: [a]"),
    "line 5, column 13",
    '"cicdstatemgr.templates.notify" is a list. It must be a string',
  ],
]);

Deno.test("loadConfig() leaves the user's own keys alone", async () => {
  const section = {
    datasources: FILES,
    office: { town: "x" },
    slack: { url: "http://x", urls: [], room: "#a" },
    notify: { id: 7 },
    templates: { notify: "", mail: "{{ x }}" },
    trigger: {
      headers: [{ name: "x-key", value: null, note: "mine" }],
      "auto-args": { n: 1 },
    },
  };
  const { configData } = await loadSections(section);
  deepStrictEqual(configData, section);
});

Deno.test("loadConfig() accepts sections and URLs that are empty", async () => {
  // As envsubst leaves them where a variable is not set.
  const { configData } = await loadSections({
    datasources: FILES,
    slack: { url: "" },
    trigger: { url: null, headers: null, "auto-args": null },
    notify: null,
    http: null,
  });
  deepStrictEqual(configData["slack"], { url: "" });
});
