import type { Source } from "../error.ts";
import {
  BodyParser,
  type ParseStatement,
  type StatementTable,
} from "./body_parser.ts";
import { Lexer, type LexerOptions } from "./lexer.ts";
import type { TemplateNode } from "./nodes.ts";
import {
  parseBlock,
  parseExtends,
  parseFromImport,
  parseImport,
  parseInclude,
} from "./composition.ts";
import {
  parseAutoescape,
  parseBreak,
  parseCallBlock,
  parseContinue,
  parseFilterBlock,
  parseFor,
  parseIf,
  parseMacro,
  parsePrint,
  parseSet,
  parseWith,
} from "./statements.ts";
import { TokenStream } from "./token_stream.ts";

/** The statements. To add one, add its node, its parser and its compiler. */
const STATEMENTS: StatementTable = new Map<string, ParseStatement>([
  ["autoescape", parseAutoescape],
  ["block", parseBlock],
  ["break", parseBreak],
  ["call", parseCallBlock],
  ["continue", parseContinue],
  ["extends", parseExtends],
  ["filter", parseFilterBlock],
  ["for", parseFor],
  ["from", parseFromImport],
  ["if", parseIf],
  ["import", parseImport],
  ["include", parseInclude],
  ["macro", parseMacro],
  ["print", parsePrint],
  ["set", parseSet],
  ["with", parseWith],
]);

/** A template that was parsed. */
export interface ParsedTemplate {
  /** Its syntax tree. */
  readonly root: TemplateNode;
  /** What it was read from. */
  readonly source: Source;
  /** Whether its last tag strips the white space of a source that follows it. */
  readonly stripsNext: boolean;
}

const NEWLINE_REGEXP = /\r\n?/g;

/** Parses a template. */
export function parseTemplate(
  text: string,
  name?: string,
  options?: LexerOptions,
): ParsedTemplate {
  const source: Source = {
    name,
    text: text.includes("\r") ? text.replace(NEWLINE_REGEXP, "\n") : text,
  };
  const lexer = new Lexer(source, options);
  const parser = new BodyParser(new TokenStream(lexer, source), STATEMENTS);
  const body = parser.parseTemplate();
  return {
    root: { kind: "template", body },
    source,
    stripsNext: lexer.stripsNext,
  };
}
