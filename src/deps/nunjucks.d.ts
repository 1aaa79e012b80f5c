// The types of nunjucks.js, as far as they are used.

/** The types of tokens. */
export const lexer: Readonly<
  Record<
    | "TOKEN_BLOCK_END"
    | "TOKEN_BLOCK_START"
    | "TOKEN_COLON"
    | "TOKEN_COMMA"
    | "TOKEN_DATA"
    | "TOKEN_FLOAT"
    | "TOKEN_INT"
    | "TOKEN_LEFT_BRACKET"
    | "TOKEN_LEFT_CURLY"
    | "TOKEN_LEFT_PAREN"
    | "TOKEN_OPERATOR"
    | "TOKEN_PIPE"
    | "TOKEN_RIGHT_BRACKET"
    | "TOKEN_RIGHT_CURLY"
    | "TOKEN_RIGHT_PAREN"
    | "TOKEN_STRING"
    | "TOKEN_SYMBOL"
    | "TOKEN_TILDE"
    | "TOKEN_VARIABLE_END"
    | "TOKEN_VARIABLE_START",
    string
  >
>;

/** The classes of nodes, all of them derived from `Node`. */
export const nodes: {
  readonly Node: {
    extend(name: string, members: { fields: string[] }): unknown;
  };
};

/** The parser, whose methods a class of ours takes or replaces. */
export const Parser: unknown;
