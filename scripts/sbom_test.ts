import "npm:ajv@8.17.1";
import "npm:ajv-formats@3.0.1";
import "npm:ajv-formats-draft2019@1.6.1";
import { JsonStrictValidator } from "npm:@cyclonedx/cyclonedx-library@10.3.0/Validation";
import { Version } from "npm:@cyclonedx/cyclonedx-library@10.3.0/Spec";
import { strictEqual } from "node:assert/strict";
import { createSbom } from "./sbom.ts";

Deno.test("createSbom() writes what CycloneDX's schema allows", async () => {
  const text = JSON.stringify(createSbom("0.1.0"));
  const validator = new JsonStrictValidator(Version.v1dot6);
  strictEqual(await validator.validate(text), null);
  const broken = text.replace('"type":"application"', '"type":"book"');
  strictEqual(await validator.validate(broken) === null, false);
});
