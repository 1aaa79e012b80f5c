import { TAG_PREFIX } from "./scalar_types.ts";
import type { TokenReader } from "./token_reader.ts";

const DEFAULT_HANDLES: readonly (readonly [handle: string, prefix: string])[] =
  [["!", "!"], ["!!", TAG_PREFIX]];

/** The handles of a document's tags, which its directives declare. */
export class TagHandles {
  readonly #prefixes = new Map<string, string>(DEFAULT_HANDLES);

  /**
   * Reads the directives of a document.
   *
   * @throws {YamlFault} If there are two of a kind, or if it is not YAML 1.
   */
  readDirectives(tokens: TokenReader): void {
    let hasVersion = false;
    const declared = new Set<string>();
    while (tokens.is("directive")) {
      const { name, values, start } = tokens.take("directive");
      const [first, second] = values;
      if (name === "YAML") {
        if (hasVersion) tokens.fail("there are two %YAML directives", start);
        if (Number(first) !== 1) tokens.fail("it is not YAML 1", start);
        hasVersion = true;
      } else if (name === "TAG") {
        if (declared.has(first!)) {
          tokens.fail("there are two %TAG directives for one handle", start);
        }
        declared.add(first!);
        this.#prefixes.set(first!, second!);
      }
    }
  }

  /**
   * Reads a tag.
   *
   * @returns The whole tag; `!` for the one that names no type.
   * @throws {YamlFault} If its handle is not declared.
   */
  readTag(tokens: TokenReader): string {
    const { handle, suffix, start } = tokens.take("tag");
    if (handle === undefined) return suffix;
    const prefix = this.#prefixes.get(handle);
    if (prefix === undefined) {
      tokens.fail("no %TAG directive declares the tag's handle", start);
    }
    return prefix + suffix;
  }
}
