import type { Float } from "../../values.ts";
import type { Position } from "./expression_nodes.ts";

/** A token that is what its source says: a delimiter, a name, an operator. */
interface PlainToken {
  /**
   * - `text`: the source between two tags
   * - `variableStart`, `variableEnd`: `{{` and `}}`
   * - `blockStart`, `blockEnd`: `{%` and `%}`
   * - `name`: an identifier, keywords included
   * - `operator`: an operator, a bracket or a delimiter
   * - `end`: the end of the source
   */
  readonly kind:
    | "text"
    | "variableStart"
    | "variableEnd"
    | "blockStart"
    | "blockEnd"
    | "name"
    | "operator"
    | "end";
  readonly position: Position;
  /** The source; of a delimiter, without its white space control. */
  readonly value: string;
}

/** A string literal, with its escapes decoded. */
interface StringToken {
  readonly kind: "string";
  readonly position: Position;
  readonly value: string;
}

/** A number. */
interface NumberToken {
  readonly kind: "integer" | "float";
  readonly position: Position;
  readonly value: number | bigint | Float;
}

/** A token of a template. */
export type Token = PlainToken | StringToken | NumberToken;

/** What kind of token it is. */
export type TokenKind = Token["kind"];

const NAMES: Readonly<Record<TokenKind, string>> = {
  text: "text",
  variableStart: "'{{'",
  variableEnd: "the end of the tag",
  blockStart: "'{%'",
  blockEnd: "the end of the tag",
  name: "a name",
  operator: "an operator",
  end: "the end of the template",
  string: "a string",
  integer: "an integer",
  float: "a float",
};

/** Names a kind of token in a message. */
export function describeKind(kind: TokenKind): string {
  return NAMES[kind];
}

/** Names a token in a message. */
export function describeToken({ kind, value }: Token): string {
  switch (kind) {
    case "variableEnd":
    case "blockEnd":
    case "end":
      return NAMES[kind];
    default:
      return `'${value}'`;
  }
}
