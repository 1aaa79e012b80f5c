/** A software bill of materials in CycloneDX's JSON form. */
export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly [property: string]: unknown;
}

/**
 * Describes the program as a CycloneDX 1.6 document. It has no components:
 * `deno task imports` checks that the program imports no packages.
 *
 * @param version The program's version.
 * @returns The document.
 */
export function createSbom(version: string): Sbom {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": "cicdstatemgr",
        name: "cicdstatemgr",
        version,
        licenses: [{ license: { id: "MIT" } }],
      },
    },
    components: [],
    dependencies: [{ ref: "cicdstatemgr", dependsOn: [] }],
  };
}
