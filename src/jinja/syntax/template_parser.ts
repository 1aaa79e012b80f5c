import { lexer } from "../../deps/nunjucks.js";
import type { Origin } from "../error.ts";
import { ExpressionParser } from "./expression_parser.ts";
import {
  type Block,
  type Call,
  type For,
  type List,
  moreNodes,
  type Name,
  type Node,
  nodes,
} from "./nodes.ts";
import { describe, TokenSource, type TokenSourceOptions } from "./tokens.ts";

const NOT_OFFERED: ReadonlySet<unknown> = new Set([
  "include",
  "import",
  "from",
  "extends",
]);

/** A template that was read. */
export interface ParsedTemplate {
  /** Its nodes. */
  readonly root: List;
  /** Its text. */
  readonly origin: Origin;
  /** Whether its last tag strips the white space of a text that follows. */
  readonly stripsNext: boolean;
}

/** Reads a template with nunjucks' parser and Jinja2's grammar. */
export function parseTemplate(
  text: string,
  name: Origin["name"],
  options?: TokenSourceOptions,
): ParsedTemplate {
  const source = new TokenSource(text, name, options);
  const root = new TemplateParser(source).parseAsRoot();
  return { root, origin: source.origin, stripsNext: source.stripsNext };
}

/** nunjucks' parser with Jinja2's statements. */
class TemplateParser extends ExpressionParser {
  #openTags: string[] = [];

  override parseStatement(): Node | null {
    const token = this.peekToken();
    if (token.type !== lexer.TOKEN_SYMBOL) this.fail("expected a tag name");
    const tag = String(token.value);
    if (this.breakOnBlocks?.includes(tag)) return null;
    return this.nested(() => this.#parseTag(tag));
  }

  #parseTag(tag: string): Node {
    switch (tag) {
      case "if":
        return this.#parseIf();
      case "for":
        return this.#parseFor();
      case "set":
        return this.#parseSet();
      case "macro":
        return this.#parseMacro();
      case "call":
        return this.#parseCallBlock();
      case "filter":
        return this.#parseFilterBlock();
      case "with":
        return this.#parseWith();
      case "block":
        return this.#parseBlock();
      case "print":
        return this.#parsePrint();
      case "autoescape":
        return this.#parseAutoescape();
      case "break":
      case "continue":
        return this.#parseLoopControl();
      default:
        this.fail(this.#unknownTag(tag));
    }
  }

  #unknownTag(tag: string): string {
    if (NOT_OFFERED.has(tag)) {
      return `{% ${tag} %} is not offered: templates cannot load others`;
    }
    const open = this.#openTags.at(-1);
    return open === undefined
      ? `unknown tag '${tag}'`
      : `unknown tag '${tag}' inside '${open}'`;
  }

  #start(): { lineno: number; colno: number; tag: string } {
    const { lineno, colno, value } = this.nextToken()!;
    return { lineno, colno, tag: String(value) };
  }

  /** Ends a tag, and reads on to one of the given tags, whose name comes next. */
  #parseBody(tag: string, ...ends: string[]): List {
    this.accept(lexer.TOKEN_COLON);
    this.require(lexer.TOKEN_BLOCK_END);
    this.#openTags.push(tag);
    const body = this.parseUntilBlocks(...ends);
    this.#openTags.pop();
    if (this.at("eof")) {
      this.fail(
        `the template ends inside '${tag}': expected ${ends.join(" or ")}`,
      );
    }
    return body;
  }

  /** Reads a body with its end tag. */
  #parseWholeBody(tag: string): List {
    const body = this.#parseBody(tag, `end${tag}`);
    this.nextToken();
    return body;
  }

  #endTag(): void {
    this.require(lexer.TOKEN_BLOCK_END);
  }

  #parseIf(): Node {
    const { lineno, colno } = this.#start();
    const test = this.parseTuple({ item: () => this.parseOr() });
    const body = this.#parseBody("if", "elif", "else", "endif");
    if (this.atName("elif")) {
      return new nodes.If(lineno, colno, test, body, this.#parseIf());
    }
    let otherwise: Node | null = null;
    if (this.acceptName("else")) otherwise = this.#parseBody("if", "endif");
    this.nextToken();
    this.#endTag();
    return new nodes.If(lineno, colno, test, body, otherwise);
  }

  #parseFor(): Node {
    const { lineno, colno } = this.#start();
    const target = this.#parseTarget();
    this.require(lexer.TOKEN_SYMBOL, "in");
    const values = this.parseTuple({
      item: () => this.parseOr(),
    });
    const test = this.acceptName("if") ? this.parseCondition() : null;
    const isRecursive = this.acceptName("recursive");
    const body = this.#parseBody("for", "endfor", "else");
    let otherwise: Node | null = null;
    if (this.acceptName("else")) otherwise = this.#parseBody("for", "endfor");
    this.nextToken();
    this.#endTag();
    const node: For = new nodes.For(
      lineno,
      colno,
      values,
      target,
      body,
      otherwise,
    );
    node.test = test;
    node.isRecursive = isRecursive;
    return node;
  }

  #parseTarget(): Node {
    const target = this.parseTuple({ item: () => this.parsePrimary() });
    this.#checkTarget(target);
    return target;
  }

  #checkTarget(target: Node): void {
    if (target.typename === "Symbol") return;
    if (target.typename !== "Group") {
      this.fail("expected a name to assign to", target.lineno, target.colno);
    }
    for (const item of (target as List).children) this.#checkTarget(item);
  }

  #parseSet(): Node {
    const { lineno, colno } = this.#start();
    const target = this.source.peek(1).value === "." &&
        this.source.peek(1).type === lexer.TOKEN_OPERATOR
      ? this.#parseNamespaceTarget()
      : this.#parseTarget();
    if (this.accept(lexer.TOKEN_OPERATOR, "=")) {
      const value = this.parseTuple();
      this.#endTag();
      return new nodes.Set(lineno, colno, [target], value);
    }
    const capture = new nodes.Capture(lineno, colno, target);
    let value: Node = capture;
    while (this.accept(lexer.TOKEN_PIPE)) value = this.parseFilterCall(value);
    capture.body = this.#parseWholeBody("set");
    this.#endTag();
    return new nodes.Set(lineno, colno, [target], value);
  }

  #parseNamespaceTarget(): Node {
    const target = this.requireName();
    this.nextToken();
    const { value } = this.requireName();
    return new moreNodes.Attribute(target.lineno, target.colno, target, value);
  }

  #parseMacro(): Node {
    const { lineno, colno } = this.#start();
    const name = this.requireName();
    this.#checkName(name);
    const args = this.#parseSignature();
    const body = this.#parseWholeBody("macro");
    this.#endTag();
    return new nodes.Macro(lineno, colno, name, args, body);
  }

  /** Reads parameters: names, and pairs of those that have a default. */
  #parseSignature(): List {
    const { lineno, colno } = this.require(lexer.TOKEN_LEFT_PAREN);
    const parameters: Node[] = [];
    while (!this.accept(lexer.TOKEN_RIGHT_PAREN)) {
      if (parameters.length > 0) this.require(lexer.TOKEN_COMMA);
      const name = this.requireName();
      this.#checkName(name);
      if (this.accept(lexer.TOKEN_OPERATOR, "=")) {
        const value = this.parseCondition();
        parameters.push(new nodes.Pair(name.lineno, name.colno, name, value));
      } else if (parameters.at(-1)?.typename === "Pair") {
        this.fail("a parameter without a default follows one with a default");
      } else {
        parameters.push(name);
      }
    }
    return new nodes.NodeList(lineno, colno, parameters);
  }

  #checkName({ value, lineno, colno }: Name): void {
    if (/^(?:[Tt]rue|[Ff]alse|[Nn]one)$/.test(value)) {
      this.fail(`cannot assign to '${value}'`, lineno, colno);
    }
  }

  #parseCallBlock(): Node {
    const { lineno, colno } = this.#start();
    const args = this.at(lexer.TOKEN_LEFT_PAREN)
      ? this.#parseSignature()
      : new nodes.NodeList(lineno, colno);
    const call = this.parseCondition();
    if (call.typename !== "FunCall") {
      this.fail("expected the call of a macro", call.lineno, call.colno);
    }
    const body = this.#parseWholeBody("call");
    this.#endTag();
    const name = new nodes.Symbol(lineno, colno, "caller");
    const caller = new nodes.Caller(lineno, colno, name, args, body);
    const callArguments = (call as Call).args;
    const keywords = new nodes.KeywordArgs(lineno, colno, [
      new nodes.Pair(lineno, colno, name, caller),
    ]);
    callArguments.children.push(keywords);
    return new nodes.Output(lineno, colno, [call]);
  }

  #parseFilterBlock(): Node {
    const { lineno, colno } = this.#start();
    const capture = new nodes.Capture(
      lineno,
      colno,
      new nodes.NodeList(lineno, colno),
    );
    let filter = this.parseFilterCall(capture);
    while (this.accept(lexer.TOKEN_PIPE)) filter = this.parseFilterCall(filter);
    capture.body = this.#parseWholeBody("filter");
    this.#endTag();
    return new nodes.Output(lineno, colno, [filter]);
  }

  #parseWith(): Node {
    const { lineno, colno } = this.#start();
    const targets: Node[] = [];
    const values: Node[] = [];
    while (!this.at(lexer.TOKEN_BLOCK_END) && !this.at("eof")) {
      if (targets.length > 0) this.require(lexer.TOKEN_COMMA);
      targets.push(this.#parseTarget());
      this.require(lexer.TOKEN_OPERATOR, "=");
      values.push(this.parseCondition());
    }
    const body = this.#parseWholeBody("with");
    this.#endTag();
    return new moreNodes.With(lineno, colno, targets, values, body);
  }

  #parseBlock(): Node {
    const { lineno, colno } = this.#start();
    const name = this.requireName();
    const isScoped = this.acceptName("scoped");
    const isRequired = this.acceptName("required");
    const body = this.#parseWholeBody("block");
    this.acceptName(name.value);
    this.#endTag();
    const node: Block = new nodes.Block(lineno, colno, name, body);
    node.isScoped = isScoped;
    node.isRequired = isRequired;
    return node;
  }

  #parsePrint(): Node {
    const { lineno, colno } = this.#start();
    const items: Node[] = [];
    while (!this.at(lexer.TOKEN_BLOCK_END) && !this.at("eof")) {
      if (items.length > 0) this.require(lexer.TOKEN_COMMA);
      items.push(this.parseCondition());
    }
    this.#endTag();
    return new nodes.Output(lineno, colno, items);
  }

  #parseAutoescape(): Node {
    const { lineno, colno } = this.#start();
    const value = this.parseCondition();
    const body = this.#parseWholeBody("autoescape");
    this.#endTag();
    return new moreNodes.Autoescape(lineno, colno, value, body);
  }

  #parseLoopControl(): Node {
    const { lineno, colno, tag } = this.#start();
    if (!this.at(lexer.TOKEN_BLOCK_END)) {
      this.fail(
        `expected the end of the tag, got ${describe(this.peekToken())}`,
      );
    }
    this.nextToken();
    return tag === "break"
      ? new moreNodes.Break(lineno, colno)
      : new moreNodes.Continue(lineno, colno);
  }
}
