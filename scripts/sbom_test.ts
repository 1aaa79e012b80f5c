import "npm:ajv@8.17.1";
import "npm:ajv-formats@3.0.1";
import "npm:ajv-formats-draft2019@1.6.1";
import { JsonStrictValidator } from "npm:@cyclonedx/cyclonedx-library@10.3.0/Validation";
import { Version } from "npm:@cyclonedx/cyclonedx-library@10.3.0/Spec";
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { createSbom, type Lock } from "./sbom.ts";

const INTEGRITY = `sha512-${btoa("x".repeat(64))}`;
const LOCK: Lock = {
  specifiers: { "npm:@a/web@1.0.0": "1.0.0", "npm:test-only@2.0.0": "2.0.0" },
  npm: {
    "@a/web@1.0.0": { integrity: INTEGRITY, dependencies: ["low", "b@2.0.0"] },
    "b@1.0.0": { integrity: INTEGRITY },
    "b@2.0.0": { integrity: INTEGRITY, dependencies: ["low"] },
    "low@3.1.0": { integrity: INTEGRITY },
    "test-only@2.0.0": { integrity: INTEGRITY },
  },
};

Deno.test("createSbom() lists what the program reaches, and nothing else", () => {
  const sbom = createSbom(LOCK, ["npm:@a/web@1.0.0"], "0.1.0");
  const components = sbom["components"] as { purl: string; version: string }[];
  deepStrictEqual(components.map(({ purl }) => purl), [
    "pkg:npm/%40a/web@1.0.0",
    "pkg:npm/b@2.0.0",
    "pkg:npm/low@3.1.0",
  ]);
  deepStrictEqual(sbom["dependencies"], [
    { ref: "cicdstatemgr", dependsOn: ["@a/web@1.0.0"] },
    { ref: "@a/web@1.0.0", dependsOn: ["b@2.0.0", "low@3.1.0"] },
    { ref: "b@2.0.0", dependsOn: ["low@3.1.0"] },
    { ref: "low@3.1.0", dependsOn: [] },
  ]);
});

Deno.test("createSbom() writes what CycloneDX's schema allows", async () => {
  const lock = JSON.parse(
    await Deno.readTextFile(new URL("../deno.lock", import.meta.url)),
  );
  const specifiers = Object.keys(lock.specifiers)
    .filter((name) => /nunjucks/.test(name));
  strictEqual(specifiers.length, 1);
  const text = JSON.stringify(createSbom(lock, specifiers, "0.1.0"));
  const validator = new JsonStrictValidator(Version.v1dot6);
  strictEqual(await validator.validate(text), null);
  const broken = text.replace('"type":"library"', '"type":"book"');
  strictEqual(await validator.validate(broken) === null, false);
});

Deno.test("createSbom() reports a package that the lock file lacks", () => {
  throws(
    () => createSbom(LOCK, ["npm:none@1.0.0"], "0.1.0"),
    /deno\.lock has no none@/,
  );
});
