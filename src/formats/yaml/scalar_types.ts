import {
  type Float,
  floatValue,
  integerValue,
  Timestamp,
  type Value,
} from "../../values.ts";
import type { TokenOf } from "./scan/tokens.ts";

/** The prefix of YAML's own tags, which `!!` stands for. */
export const TAG_PREFIX = "tag:yaml.org,2002:";

/** What PyYAML takes for null. */
export const NULL_REGEXP = /^(?:~|null|Null|NULL|)$/;
/** What PyYAML takes for a boolean: not `y` and `n`, which YAML 1.1 has too. */
export const BOOL_REGEXP =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
/** What PyYAML takes for an integer. */
export const INT_REGEXP =
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|0x[\da-fA-F_]+|[1-9][\d_]*(?::[0-5]?\d)*)$/;
/** What PyYAML takes for a float: not `1e3` and `-.5`, which YAML 1.1 has too. */
export const FLOAT_REGEXP =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** What PyYAML takes for a date or time. */
export const TIMESTAMP_REGEXP =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?)$/;

const TRUE_REGEXP = /^(?:yes|true|on)$/i;
const TAGGED_BOOL_REGEXP = /^(?:yes|no|true|false|on|off)$/i;
const TAGGED_FLOAT_REGEXP = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Python refuses to read longer decimal integers, and to write longer ones of other bases. */
const MAX_DIGITS = 4300;

/**
 * Reads a scalar.
 *
 * @param token The scalar.
 * @param tag Its whole tag, if it has one; `!` makes any scalar a plain one.
 * @returns The value; `undefined` if the text does not fit the tag, or if it looks
 * like a type that it does not fit, such as the date `2021-13-45`.
 */
export function resolveScalar(
  { text, style }: TokenOf<"scalar">,
  tag: string | undefined,
): Value | undefined {
  if (tag !== undefined && tag !== "!") return readTagged(tag, text);
  return style === "plain" || tag === "!" ? readPlainValue(text) : text;
}

function readTagged(tag: string, text: string): Value | undefined {
  switch (tag) {
    case `${TAG_PREFIX}str`:
      return text;
    case `${TAG_PREFIX}null`:
      return null;
    case `${TAG_PREFIX}bool`:
      return TAGGED_BOOL_REGEXP.test(text) ? TRUE_REGEXP.test(text) : undefined;
    case `${TAG_PREFIX}int`:
      return INT_REGEXP.test(text) ? readInt(text) : undefined;
    case `${TAG_PREFIX}float`:
      return FLOAT_REGEXP.test(text) ||
          TAGGED_FLOAT_REGEXP.test(text.replaceAll("_", ""))
        ? readFloat(text)
        : undefined;
    case `${TAG_PREFIX}timestamp`:
      return readTimestamp(text);
    default:
      return undefined;
  }
}

function readPlainValue(text: string): Value | undefined {
  // Most plain scalars are words.
  switch (text.charAt(0)) {
    case "":
    case "~":
      return NULL_REGEXP.test(text) ? null : text;
    case "y":
    case "Y":
    case "n":
    case "N":
    case "t":
    case "T":
    case "f":
    case "F":
    case "o":
    case "O":
      if (BOOL_REGEXP.test(text)) return TRUE_REGEXP.test(text);
      return NULL_REGEXP.test(text) ? null : text;
    case "=":
      // YAML 1.1 gives it a meaning that PyYAML knows and does not implement.
      return text === "=" ? undefined : text;
    case "<":
      // Where it is a key, it merges; nowhere else does PyYAML read it.
      return text === "<<" ? undefined : text;
    default:
      return /^[-+.\d]/.test(text) ? readNumeric(text) : text;
  }
}

function readNumeric(text: string): Value | undefined {
  if (INT_REGEXP.test(text)) return readInt(text);
  if (FLOAT_REGEXP.test(text)) return readFloat(text);
  return TIMESTAMP_REGEXP.test(text) ? readTimestamp(text) : text;
}

function readInt(source: string): number | bigint | undefined {
  const text = source.replaceAll("_", "");
  const sign = text.startsWith("-") ? -1n : 1n;
  const digits = text.replace(/^[-+]/, "");
  // What is left of 0b_ and 0x_ has no digits.
  if (digits === "0b" || digits === "0x") return undefined;
  if (digits.length > MAX_DIGITS) return undefined;
  if (digits.includes(":")) {
    const total = digits.split(":").reduce(
      (sum, part) => sum * 60n + BigInt(part),
      0n,
    );
    return integerValue(sign * total);
  }
  return integerValue(sign * BigInt(digits.replace(/^0(?=\d)/, "0o")));
}

function readFloat(source: string): number | Float {
  const text = source.replaceAll("_", "").toLowerCase();
  if (text.endsWith(".nan")) return Number.NaN;
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits === ".inf") return sign * Number.POSITIVE_INFINITY;
  // From the last part on, as PyYAML adds them: rounding depends on the order.
  const number = digits.split(":").reduceRight(
    ({ sum, base }, part) => ({
      sum: sum + Number(part) * base,
      base: base * 60,
    }),
    { sum: 0, base: 1 },
  ).sum;
  return floatValue(sign * number);
}

function readTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP_REGEXP.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(match[1] ? 1 : 4).map(Number);
  if (!isDay(year!, month!, day!)) return undefined;
  const date = `${pad(year!, 4)}-${pad(month!)}-${pad(day!)}`;
  if (match[1] !== undefined) return new Timestamp(date, "date");
  const [hour, minute, second] = match.slice(7, 10).map(Number);
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const zone = match[11];
  const offset = zone === undefined ? "" : readZone(zone);
  if (offset === undefined) return undefined;
  const micros = (match[10] ?? "").slice(0, 6).padEnd(6, "0");
  const fraction = Number(micros) === 0 ? "" : `.${micros}`;
  return new Timestamp(
    `${date} ${pad(hour!)}:${pad(minute!)}:${pad(second!)}${fraction}${offset}`,
    zone === undefined ? "naive" : "aware",
  );
}

function isDay(year: number, month: number, day: number): boolean {
  if (year === 0 || month < 1 || month > 12 || day < 1) return false;
  // Day 0 of the next month is the last day of this one. Date takes years below
  // 100 for 19xx; 2000 more are leap years like them.
  const calendarYear = year < 100 ? year + 2000 : year;
  return day <= new Date(Date.UTC(calendarYear, month, 0)).getUTCDate();
}

function readZone(zone: string): string | undefined {
  if (zone === "Z") return "+00:00";
  const [hours, minutes = "0"] = zone.slice(1).split(":");
  const total = Number(hours) * 60 + Number(minutes);
  if (total >= 24 * 60) return undefined;
  const sign = total === 0 ? "+" : zone[0];
  return `${sign}${pad(Math.floor(total / 60))}:${pad(total % 60)}`;
}

function pad(number: number, length = 2): string {
  return String(number).padStart(length, "0");
}
