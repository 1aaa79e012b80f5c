import type { BodyParser } from "../body_parser.ts";
import type {
  AutoescapeNode,
  ExpressionNode,
  OutputNode,
  Position,
} from "../nodes.ts";

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
