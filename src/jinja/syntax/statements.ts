import type { BodyParser } from "./body_parser.ts";
import type {
  AutoescapeNode,
  Binding,
  Branch,
  CallBlockNode,
  ExpressionNode,
  FilterBlockNode,
  FilterCall,
  ForNode,
  IfNode,
  LoopControlNode,
  MacroNode,
  OutputNode,
  Parameter,
  Position,
  SetBlockNode,
  SetNode,
  TargetNode,
  WithNode,
} from "./nodes.ts";

/** Parses `{% if a %}…{% elif b %}…{% else %}…{% endif %}`. */
export function parseIf(parser: BodyParser, position: Position): IfNode {
  const first = parseBranch(parser);
  const branches: [Branch, ...Branch[]] = [first.branch];
  let { end } = first;
  while (end === "elif") {
    const next = parseBranch(parser);
    branches.push(next.branch);
    end = next.end;
  }
  const otherwise = end === "else"
    ? parser.parseBody("if", ["endif"]).body
    : null;
  return { kind: "if", position, branches, otherwise };
}

function parseBranch(parser: BodyParser): { branch: Branch; end: string } {
  const test = parser.parseTupleBeforeIf();
  const { body, end } = parser.parseBody("if", ["elif", "else", "endif"]);
  return { branch: { test, body }, end };
}

/** Parses `{% for a in b if c recursive %}…{% else %}…{% endfor %}`. */
export function parseFor(parser: BodyParser, position: Position): ForNode {
  const { tokens } = parser;
  const target = parser.parseTarget();
  tokens.expectKeyword("in");
  const iterable = parser.parseTupleBeforeIf();
  const test = tokens.acceptKeyword("if") ? parser.parseExpression() : null;
  const isRecursive = tokens.acceptKeyword("recursive");
  const { body, end } = parser.parseBody("for", ["else", "endfor"]);
  const otherwise = end === "else"
    ? parser.parseBody("for", ["endfor"]).body
    : null;
  return {
    kind: "for",
    position,
    target,
    iterable,
    test,
    isRecursive,
    body,
    otherwise,
  };
}

/** Parses `{% break %}`. */
export function parseBreak(
  _parser: BodyParser,
  position: Position,
): LoopControlNode {
  return { kind: "break", position };
}

/** Parses `{% continue %}`. */
export function parseContinue(
  _parser: BodyParser,
  position: Position,
): LoopControlNode {
  return { kind: "continue", position };
}

/** Parses `{% set a = 1 %}` and `{% set a | filter %}…{% endset %}`. */
export function parseSet(
  parser: BodyParser,
  position: Position,
): SetNode | SetBlockNode {
  const { tokens } = parser;
  const target = parseSetTarget(parser);
  if (tokens.acceptOperator("=")) {
    return { kind: "set", position, target, value: parser.parseTuple() };
  }
  const filters: FilterCall[] = [];
  while (tokens.acceptOperator("|")) filters.push(parser.parseFilterCall());
  const body = parser.parseBodyOf("set");
  return { kind: "setBlock", position, target, filters, body };
}

function parseSetTarget(parser: BodyParser): TargetNode {
  const { tokens } = parser;
  const { kind, value } = tokens.following;
  if (kind !== "operator" || value !== ".") return parser.parseTarget();
  const { name: namespace, position } = tokens.expectName();
  tokens.next();
  const { name: attribute } = tokens.expectName();
  return { kind: "namespaceTarget", position, namespace, attribute };
}

/** Parses `{% with a = 1, b = 2 %}…{% endwith %}`. */
export function parseWith(parser: BodyParser, position: Position): WithNode {
  const { tokens } = parser;
  const bindings: Binding[] = [];
  while (!tokens.at("blockEnd")) {
    if (bindings.length > 0) tokens.expectOperator(",");
    const target = parser.parseTarget();
    tokens.expectOperator("=");
    bindings.push({ target, value: parser.parseExpression() });
  }
  return { kind: "with", position, bindings, body: parser.parseBodyOf("with") };
}

/** Parses `{% macro a(b, c=1) %}…{% endmacro %}`. */
export function parseMacro(parser: BodyParser, position: Position): MacroNode {
  const name = parser.parseTargetName();
  const parameters = parseParameters(parser);
  const body = parser.parseBodyOf("macro");
  return { kind: "macro", position, name, parameters, body };
}

function parseParameters(parser: BodyParser): Parameter[] {
  const { tokens } = parser;
  const parameters: Parameter[] = [];
  tokens.expectOperator("(");
  while (!tokens.acceptOperator(")")) {
    if (parameters.length > 0) tokens.expectOperator(",");
    const { position } = tokens.current;
    const name = parser.parseTargetName();
    const fallback = tokens.acceptOperator("=")
      ? parser.parseExpression()
      : null;
    if (fallback === null && parameters.at(-1)?.default) {
      tokens.fail("a parameter without a default follows one with a default", {
        position,
      });
    }
    parameters.push({ position, name, default: fallback });
  }
  return parameters;
}

/** Parses `{% call(a) macro() %}…{% endcall %}`. */
export function parseCallBlock(
  parser: BodyParser,
  position: Position,
): CallBlockNode {
  const parameters = parser.tokens.atOperator("(")
    ? parseParameters(parser)
    : [];
  const call = parser.parseExpression();
  if (call.kind !== "call") {
    parser.tokens.fail("expected the call of a macro", {
      position: call.position,
      expected: ["a call"],
    });
  }
  const body = parser.parseBodyOf("call");
  return { kind: "callBlock", position, parameters, call, body };
}

/** Parses `{% filter a | b(1) %}…{% endfilter %}`. */
export function parseFilterBlock(
  parser: BodyParser,
  position: Position,
): FilterBlockNode {
  const filters: FilterCall[] = [];
  do filters.push(parser.parseFilterCall()); while (
    parser.tokens.acceptOperator("|")
  );
  const body = parser.parseBodyOf("filter");
  return { kind: "filterBlock", position, filters, body };
}

/** Parses `{% print a, b %}`. */
export function parsePrint(parser: BodyParser, position: Position): OutputNode {
  const expressions: ExpressionNode[] = [];
  while (!parser.tokens.at("blockEnd")) {
    if (expressions.length > 0) parser.tokens.expectOperator(",");
    expressions.push(parser.parseExpression());
  }
  return { kind: "output", position, expressions };
}

/** Parses `{% autoescape a %}…{% endautoescape %}`. */
export function parseAutoescape(
  parser: BodyParser,
  position: Position,
): AutoescapeNode {
  const enabled = parser.parseExpression();
  const body = parser.parseBodyOf("autoescape");
  return { kind: "autoescape", position, enabled, body };
}
