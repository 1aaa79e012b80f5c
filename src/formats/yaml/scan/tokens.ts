/** A token that has no content. */
export type SymbolKind =
  | "stream-end"
  | "document-start"
  | "document-end"
  | "block-sequence-start"
  | "block-mapping-start"
  | "block-end"
  | "flow-sequence-start"
  | "flow-sequence-end"
  | "flow-mapping-start"
  | "flow-mapping-end"
  | "block-entry"
  | "flow-entry"
  | "key"
  | "value";

/** A token of YAML text. */
export type Token =
  & {
    /** The offset of its first character. */
    readonly start: number;
  }
  & (
    | { readonly kind: SymbolKind }
    | {
      readonly kind: "scalar";
      readonly text: string;
      readonly style: "plain" | "quoted" | "block";
    }
    | { readonly kind: "anchor" | "alias"; readonly name: string }
    | {
      readonly kind: "tag";
      /** What the suffix is appended to; `undefined` if it is the whole tag. */
      readonly handle: string | undefined;
      readonly suffix: string;
    }
    | {
      readonly kind: "directive";
      /** `YAML`, `TAG` or an unknown name. */
      readonly name: string;
      /** The major version, or the handle and prefix of a tag. */
      readonly values: readonly string[];
    }
  );

/** The kind of a token. */
export type TokenKind = Token["kind"];

/** The token of a kind. */
export type TokenOf<K extends TokenKind> = Extract<Token, { kind: K }>;

/** A token that waits to be taken, and what a `:` after it says about it. */
export interface QueuedToken {
  readonly token: Token;
  /** Whether it is the key of a pair. */
  isKey: boolean;
  /** Whether it is the first key of a block mapping. */
  opensMapping: boolean;
}
