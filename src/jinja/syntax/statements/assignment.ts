import type { BodyParser } from "../body_parser.ts";
import type {
  Binding,
  FilterCall,
  Position,
  SetBlockNode,
  SetNode,
  TargetNode,
  WithNode,
} from "../nodes.ts";

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
