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
