/** How a text may be written in YAML. */
export type ScalarStyle = "plain" | "single" | "double";

// What PyYAML reads as something else than text.
const OTHER_KINDS: readonly RegExp[] = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|~|null|Null|NULL||<<|=)$/,
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
];
const BREAKS = "\n\x85\u2028\u2029";
const BLANKS = `\0 \t\r${BREAKS}`;
const FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

/** Tells whether YAML reads the bare text as text. */
export function readsAsText(text: string): boolean {
  return !OTHER_KINDS.some((pattern) => pattern.test(text));
}

/** Tells whether a character breaks lines in YAML 1.1. */
export function isBreak(character: string | undefined): boolean {
  return character !== undefined && BREAKS.includes(character);
}

function isBlankOrEnd(character: string | undefined): boolean {
  return character === undefined || BLANKS.includes(character);
}

/** What PyYAML looks at to choose a style. */
interface Analysis {
  hasIndicators: boolean;
  hasBreaks: boolean;
  hasSpecials: boolean;
  hasOuterBlank: boolean;
  hasBlankAfterBreak: boolean;
  hasBreakAfterBlank: boolean;
}

/** Tells whether a text has line breaks, which keys cannot have. */
export function isMultiline(text: string): boolean {
  return /[\n\x85\u2028\u2029]/.test(text);
}

/** Chooses how PyYAML writes a text outside of brackets. */
export function scalarStyle(
  characters: readonly string[],
  isImplicit: boolean,
  isKey: boolean,
): ScalarStyle {
  if (characters.length === 0) return isImplicit && !isKey ? "plain" : "single";
  const analysis = analyze(characters);
  const needsQuotes = analysis.hasIndicators || analysis.hasBreaks ||
    analysis.hasOuterBlank || analysis.hasSpecials ||
    analysis.hasBlankAfterBreak || analysis.hasBreakAfterBlank;
  if (isImplicit && !needsQuotes) return "plain";
  const needsEscapes = analysis.hasSpecials || analysis.hasBlankAfterBreak ||
    analysis.hasBreakAfterBlank || (isKey && analysis.hasBreaks);
  return needsEscapes ? "double" : "single";
}

function analyze(characters: readonly string[]): Analysis {
  const text = characters.slice(0, 3).join("");
  const last = characters.at(-1)!;
  const analysis: Analysis = {
    hasIndicators: text === "---" || text === "...",
    hasBreaks: false,
    hasSpecials: false,
    hasOuterBlank: isSpaceOrBreak(characters[0]!) || isSpaceOrBreak(last),
    hasBlankAfterBreak: false,
    hasBreakAfterBlank: false,
  };
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1];
    const after = characters[index + 1];
    analysis.hasIndicators ||= index === 0
      ? FIRST_INDICATORS.includes(character) ||
        ("?:-".includes(character) && isBlankOrEnd(after))
      : (character === ":" && isBlankOrEnd(after)) ||
        (character === "#" && isBlankOrEnd(before));
    analysis.hasBreaks ||= isBreak(character);
    analysis.hasSpecials ||= character !== "\n" && !/[ -~]/.test(character);
    analysis.hasBlankAfterBreak ||= character === " " && isBreak(before);
    analysis.hasBreakAfterBlank ||= isBreak(character) && before === " ";
  }
  return analysis;
}

function isSpaceOrBreak(character: string): boolean {
  return character === " " || isBreak(character);
}
