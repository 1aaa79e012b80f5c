import { ExpressionParser } from "./expression_parser.ts";
import type { Position, StatementNode } from "./nodes.ts";
import type { TokenStream } from "./token_stream.ts";

/** Parses a statement behind its tag's name; `position` is that of the name. */
export type ParseStatement = (
  parser: BodyParser,
  position: Position,
) => StatementNode;

/** The statements by the names of their tags. */
export type StatementTable = ReadonlyMap<string, ParseStatement>;

/** Parses text, `{{ … }}` and statements, up to a tag that ends them. */
export class BodyParser extends ExpressionParser {
  readonly #statements: StatementTable;
  /** The tags that are open, and what can come next in each. */
  readonly #open: { readonly tag: string; readonly ends: readonly string[] }[] =
    [];

  constructor(tokens: TokenStream, statements: StatementTable) {
    super(tokens);
    this.#statements = statements;
  }

  /** Parses a whole template. */
  parseTemplate(): StatementNode[] {
    return this.#parseStatements([]);
  }

  /**
   * Ends the tag and parses what follows, up to and including the name of a tag
   * in `ends`.
   */
  parseBody(
    tag: string,
    ends: readonly string[],
  ): { readonly body: StatementNode[]; readonly end: string } {
    this.tokens.acceptOperator(":");
    this.tokens.expect("blockEnd");
    this.#open.push({ tag, ends });
    const body = this.#parseStatements(ends);
    this.#open.pop();
    if (this.tokens.at("end")) {
      this.tokens.fail(
        `the template ends inside '${tag}': expected ${ends.join(" or ")}`,
        { expected: ends },
      );
    }
    return { body, end: this.tokens.expectName().name };
  }

  /** Parses a body that only its own end tag ends. */
  parseBodyOf(tag: string): StatementNode[] {
    return this.parseBody(tag, [`end${tag}`]).body;
  }

  #parseStatements(ends: readonly string[]): StatementNode[] {
    const body: StatementNode[] = [];
    for (;;) {
      const token = this.tokens.current;
      const { position } = token;
      switch (token.kind) {
        case "text":
          this.tokens.next();
          body.push({ kind: "text", position, text: token.value });
          break;
        case "variableStart":
          this.tokens.next();
          body.push({
            kind: "output",
            position,
            expressions: [this.parseTuple()],
          });
          this.tokens.expect("variableEnd");
          break;
        case "blockStart": {
          this.tokens.next();
          const { kind, value } = this.tokens.current;
          if (kind === "name" && ends.includes(value)) return body;
          body.push(this.tokens.nested(() => this.#parseStatement()));
          this.tokens.expect("blockEnd");
          break;
        }
        default:
          return body;
      }
    }
  }

  #parseStatement(): StatementNode {
    const { kind, value, position } = this.tokens.current;
    if (kind !== "name") this.tokens.failExpected("the name of a tag");
    const parse = this.#statements.get(value) ?? this.#failUnknown(value);
    this.tokens.next();
    return parse(this, position);
  }

  #failUnknown(tag: string): never {
    const open = this.#open.at(-1);
    if (open === undefined) this.tokens.fail(`unknown tag '${tag}'`);
    this.tokens.fail(`unknown tag '${tag}' inside '${open.tag}'`, {
      expected: open.ends,
    });
  }
}
