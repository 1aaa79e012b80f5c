import type { BodyParser } from "./body_parser.ts";
import type {
  BlockNode,
  ExtendsNode,
  FromImportNode,
  ImportedName,
  ImportNode,
  IncludeNode,
  Position,
  StatementNode,
} from "./nodes.ts";

/** Parses `{% block a scoped required %}…{% endblock a %}`. */
export function parseBlock(parser: BodyParser, position: Position): BlockNode {
  const { tokens } = parser;
  const { name } = tokens.expectName();
  const isScoped = tokens.acceptKeyword("scoped");
  const isRequired = tokens.acceptKeyword("required");
  const body = parser.parseBodyOf("block");
  if (isRequired && !body.every(isBlank)) {
    tokens.fail("a required block can only contain comments or white space", {
      position,
    });
  }
  tokens.acceptKeyword(name);
  return { kind: "block", position, name, isScoped, isRequired, body };
}

function isBlank(node: StatementNode): boolean {
  return node.kind === "text" && node.text.trim() === "";
}

/** Parses `{% extends a %}`. */
export function parseExtends(
  parser: BodyParser,
  position: Position,
): ExtendsNode {
  return { kind: "extends", position, template: parser.parseExpression() };
}

/** Parses `{% include a ignore missing with context %}`. */
export function parseInclude(
  parser: BodyParser,
  position: Position,
): IncludeNode {
  const template = parser.parseExpression();
  const ignoresMissing = acceptPair(parser, "ignore", "missing");
  const withContext = acceptContext(parser) ?? true;
  return { kind: "include", position, template, ignoresMissing, withContext };
}

/** Parses `{% import a as b with context %}`. */
export function parseImport(
  parser: BodyParser,
  position: Position,
): ImportNode {
  const template = parser.parseExpression();
  parser.tokens.expectKeyword("as");
  const name = parser.parseTargetName();
  const withContext = acceptContext(parser) ?? false;
  return { kind: "import", position, template, name, withContext };
}

/** Parses `{% from a import b, c as d with context %}`. */
export function parseFromImport(
  parser: BodyParser,
  position: Position,
): FromImportNode {
  const { tokens } = parser;
  const template = parser.parseExpression();
  tokens.expectKeyword("import");
  const names: ImportedName[] = [];
  let withContext: boolean | undefined;
  do {
    withContext = acceptContext(parser);
    if (withContext !== undefined) break;
    names.push(parseImportedName(parser));
    withContext = acceptContext(parser);
  } while (withContext === undefined && tokens.acceptOperator(","));
  return {
    kind: "fromImport",
    position,
    template,
    names,
    withContext: withContext ?? false,
  };
}

function parseImportedName(parser: BodyParser): ImportedName {
  const { position } = parser.tokens.current;
  const name = parser.parseTargetName();
  if (name.startsWith("_")) {
    parser.tokens.fail(
      `cannot import '${name}': names with a leading underscore are private`,
      { position },
    );
  }
  const alias = parser.tokens.acceptKeyword("as")
    ? parser.parseTargetName()
    : name;
  return { name, alias };
}

/** Takes `with context` or `without context`; `undefined`: neither comes next. */
function acceptContext(parser: BodyParser): boolean | undefined {
  if (acceptPair(parser, "with", "context")) return true;
  return acceptPair(parser, "without", "context") ? false : undefined;
}

/** Takes two keywords if both come next. */
function acceptPair(
  { tokens }: BodyParser,
  first: string,
  second: string,
): boolean {
  if (!tokens.atKeyword(first)) return false;
  const { kind, value } = tokens.following;
  if (kind !== "name" || value !== second) return false;
  tokens.next();
  tokens.next();
  return true;
}
