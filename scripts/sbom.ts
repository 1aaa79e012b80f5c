/** What this module reads of a deno.lock file. */
export interface Lock {
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm: Readonly<
    Record<
      string,
      { readonly integrity: string; readonly dependencies?: readonly string[] }
    >
  >;
}

/** A software bill of materials in CycloneDX's JSON form. */
export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly [property: string]: unknown;
}

/**
 * Lists the npm packages of a program as a CycloneDX 1.6 document. The same
 * lock file gives the same document.
 *
 * @param lock The content of deno.lock.
 * @param specifiers The `npm:` specifiers that the program imports.
 * @param version The program's version.
 * @returns The document.
 * @throws {Error} If the lock file lacks a package.
 */
export function createSbom(
  lock: Lock,
  specifiers: readonly string[],
  version: string,
): Sbom {
  const keys = new Set<string>();
  const roots = specifiers.map((specifier) => {
    const key = `${nameOf(specifier.slice(4))}@${lock.specifiers[specifier]}`;
    add(key);
    return key;
  });
  const sorted = [...keys].sort();
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
    components: sorted.map((key) => ({
      type: "library",
      "bom-ref": key,
      name: nameOf(key),
      version: key.slice(nameOf(key).length + 1),
      purl: purlOf(key),
      hashes: [{
        alg: "SHA-512",
        content: toHex(packageOf(key).integrity.replace(/^sha512-/, "")),
      }],
    })),
    dependencies: [
      { ref: "cicdstatemgr", dependsOn: roots.toSorted() },
      ...sorted.map((key) => ({
        ref: key,
        dependsOn: dependenciesOf(key).toSorted(),
      })),
    ],
  };

  function add(key: string): void {
    if (keys.has(key)) return;
    keys.add(key);
    for (const dependency of dependenciesOf(key)) add(dependency);
  }

  function packageOf(key: string): Lock["npm"][string] {
    const found = lock.npm[key];
    if (found === undefined) throw new Error(`deno.lock has no ${key}`);
    return found;
  }

  /** The lock file leaves the version out where there is only one. */
  function dependenciesOf(key: string): string[] {
    return (packageOf(key).dependencies ?? []).map((dependency) =>
      nameOf(dependency) === dependency
        ? Object.keys(lock.npm).find((other) => nameOf(other) === dependency) ??
          dependency
        : dependency
    );
  }
}

/** `@scope/name@1.0.0` as `@scope/name`. */
function nameOf(key: string): string {
  const at = key.indexOf("@", 1);
  return at < 0 ? key : key.slice(0, at);
}

function purlOf(key: string): string {
  const name = nameOf(key);
  return `pkg:npm/${name.replace("@", "%40")}${key.slice(name.length)}`;
}

function toHex(base64: string): string {
  return Uint8Array.fromBase64(base64).toHex();
}
