import type { BodyParser } from "../body_parser.ts";
import type {
  CallBlockNode,
  FilterBlockNode,
  FilterCall,
  MacroNode,
  Parameter,
  Position,
} from "../nodes.ts";

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
