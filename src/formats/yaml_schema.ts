import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mergeTag,
  NOT_RESOLVED,
  Schema,
  strTag,
} from "../deps/yaml.ts";
import {
  Float,
  floatValue,
  integerValue,
  isMapping,
  type Mapping,
  setKey,
  Timestamp,
  type Value,
} from "../values.ts";
import { pythonFloat, yamlFloat } from "./python_text.ts";
const COLLECTION_KEY = "a list or mapping cannot be a key";

/** What PyYAML takes for a date or time. */
export const TIMESTAMP_REGEXP =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** Reads a timestamp, or returns undefined for a text or a day that is none. */
function parseTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP_REGEXP.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(match[1] ? 1 : 4).map(Number);
  if (!isDay(year!, month!, day!)) return undefined;
  const date = `${pad(year!, 4)}-${pad(month!)}-${pad(day!)}`;
  if (match[1] !== undefined) return new Timestamp(date, "date");
  const [hour, minute, second] = match.slice(7, 10).map(Number);
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const zone = match[11];
  const offset = zone === undefined ? "" : parseZone(zone);
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
  // Day 0 of the next month is the last day of this one; 2000 stands in for
  // years below 100, which Date takes for 19xx, and is a leap year as they need.
  const calendarYear = year < 100 ? year + 2000 : year;
  return day <= new Date(Date.UTC(calendarYear, month, 0)).getUTCDate();
}

function parseZone(zone: string): string | undefined {
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

// PyYAML's own forms. YAML 1.1 has more, which PyYAML reads as text: y, n, -.5.
export const NULL_REGEXP = /^(?:~|null|Null|NULL|)$/;
export const BOOL_REGEXP =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TRUE_REGEXP = /^(?:yes|true|on)$/i;
export const INT_REGEXP =
  /^[-+]?(?:0b[01_]+|0[0-7_]+|0|0x[\da-fA-F_]+|[1-9][\d_]*(?::[0-5]?\d)*)$/;
export const FLOAT_REGEXP =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TAGGED_FLOAT_REGEXP = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

const DIGITS = [..."0123456789"];

/** What an explicit tag on a text that does not fit, and a plain text, yield. */
type Resolved<T> = T | typeof NOT_RESOLVED;

export const nullTag = defineScalarTag<null>("tag:yaml.org,2002:null", {
  implicit: true,
  implicitFirstChars: ["", "~", "n", "N"],
  resolve: (text, isExplicit) =>
    isExplicit || NULL_REGEXP.test(text) ? null : NOT_RESOLVED,
  identify: (value) => value === null,
  represent: () => "null",
});

export const boolTag = defineScalarTag<boolean>("tag:yaml.org,2002:bool", {
  implicit: true,
  implicitFirstChars: [..."yYnNtTfFoO"],
  resolve: (text) =>
    BOOL_REGEXP.test(text) ? TRUE_REGEXP.test(text) : NOT_RESOLVED,
  identify: (value) => typeof value === "boolean",
});

export const intTag = defineScalarTag<number | bigint>(
  "tag:yaml.org,2002:int",
  {
    implicit: true,
    implicitFirstChars: ["-", "+", ...DIGITS],
    resolve: resolveInt,
    identify: (value) =>
      typeof value === "bigint" || Number.isSafeInteger(value),
  },
);

export const floatTag = defineScalarTag<number | Float>(
  "tag:yaml.org,2002:float",
  {
    implicit: true,
    implicitFirstChars: ["-", "+", ".", ...DIGITS],
    resolve: resolveFloat,
    identify: (value) =>
      value instanceof Float ||
      typeof value === "number" && !Number.isSafeInteger(value),
    represent: (value: number | Float) => yamlFloat(Number(value)),
  },
);

export const timestampTag = defineScalarTag<Timestamp>(
  "tag:yaml.org,2002:timestamp",
  {
    implicit: true,
    implicitFirstChars: DIGITS,
    resolve: (text) => parseTimestamp(text) ?? NOT_RESOLVED,
    identify: (value) => value instanceof Timestamp,
  },
);

// With a `finalize`, js-yaml refuses aliases to a collection inside itself.
const seqTag = defineSequenceTag<Value[]>("tag:yaml.org,2002:seq", {
  create: () => [],
  addItem: (list, item) => {
    list.push(item as Value);
  },
  finalize: (list) => list,
  identify: Array.isArray,
});

const mapTag = defineMappingTag<Mapping>("tag:yaml.org,2002:map", {
  create: () => ({}),
  addPair: (mapping, key, value) => {
    const name = keyText(key as Value);
    if (name === undefined) return COLLECTION_KEY;
    setKey(mapping, name, value as Value);
    return "";
  },
  has: (mapping, key) => {
    const name = keyText(key as Value);
    return name !== undefined && Object.hasOwn(mapping, name);
  },
  keys: Object.keys,
  get: (mapping, key) => mapping[keyText(key as Value)!],
  finalize: (mapping) => mapping,
  identify: isMapping,
  represent: (mapping) => new Map(Object.entries(mapping)),
});

function resolveInt(source: string): Resolved<number | bigint> {
  if (!INT_REGEXP.test(source)) return NOT_RESOLVED;
  const text = source.replaceAll("_", "");
  const sign = text.startsWith("-") ? -1n : 1n;
  const digits = text.replace(/^[-+]/, "");
  if (digits.includes(":")) {
    const total = digits.split(":").reduce(
      (sum, part) => sum * 60n + BigInt(part),
      0n,
    );
    return integerValue(sign * total);
  }
  // What is left of 0b_ and 0x_ is no number.
  if (digits === "0b" || digits === "0x") return NOT_RESOLVED;
  return integerValue(sign * BigInt(digits.replace(/^0(?=\d)/, "0o")));
}

function resolveFloat(
  source: string,
  isExplicit: boolean,
): Resolved<number | Float> {
  const text = source.replaceAll("_", "").toLowerCase();
  const fits = FLOAT_REGEXP.test(source) ||
    isExplicit && TAGGED_FLOAT_REGEXP.test(text);
  if (!fits) return NOT_RESOLVED;
  if (text.endsWith(".nan")) return Number.NaN;
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits === ".inf") return sign * Number.POSITIVE_INFINITY;
  // From the last part on, as PyYAML adds them: the order shows in the digits.
  const number = digits.split(":").reduceRight(
    ({ sum, base }, part) => ({
      sum: sum + Number(part) * base,
      base: base * 60,
    }),
    { sum: 0, base: 1 },
  ).sum;
  return floatValue(sign * number);
}

/** A key as Python's `json.dumps` would write it; undefined for a collection. */
function keyText(key: Value): string | undefined {
  if (typeof key === "string") return key;
  if (Array.isArray(key) || isMapping(key)) return undefined;
  if (typeof key === "number" && !Number.isSafeInteger(key)) {
    return pythonFloat(key);
  }
  return String(key);
}

/** Reads what PyYAML's FullLoader reads, and refuses its Python objects. */
export const LOAD_SCHEMA: Schema = new Schema([
  strTag,
  seqTag,
  mapTag,
  nullTag,
  boolTag,
  intTag,
  floatTag,
  timestampTag,
  mergeTag,
]);
