import type { Timestamp, TimestampParts } from "../values.ts";

const DAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAY_MS = 86_400_000;
const MAX_WIDTH = 1000;
const DIRECTIVE_REGEXP = /%([-_0^#]*)(\d*)([a-zA-Z%])/g;

/**
 * Formats a timestamp as the `isoformat()` of Python's dates and times does.
 *
 * @param timestamp The timestamp.
 * @param separator What separates the date from the time.
 * @returns For example `2001-12-14T21:59:43-05:00`.
 */
export function isoFormat(timestamp: Timestamp, separator = "T"): string {
  return timestamp.text.replace(" ", () => separator);
}

/** A string, or a number to be padded to a width, by default with zeros. */
type Part =
  | string
  | { readonly number: number; readonly width: number; readonly pad?: string };

/**
 * Formats a timestamp as the `strftime()` of Python's dates and times does with
 * glibc in the C locale, with glibc's flags: `%-d`, `%_d`, `%05d`, `%^a`.
 *
 * @param timestamp The timestamp.
 * @param format The format, for example `%Y-%m-%d`.
 * @returns The formatted text. A directive that glibc does not know stays as it is.
 */
export function strftime(timestamp: Timestamp, format: string): string {
  const parts = timestamp.parts();
  if (parts === undefined) return timestamp.text;
  const date = utcDate(parts.year, parts.month, parts.day);
  return expand(format, {
    ...parts,
    date,
    weekday: date.getUTCDay(),
    yearDay: dayOfYear(date),
  });
}

/** What a directive of {@linkcode strftime} is computed from. */
interface Moment extends TimestampParts {
  readonly date: Date;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 is the first of January. */
  readonly yearDay: number;
}

const DIRECTIVES: Readonly<Record<string, (moment: Moment) => Part>> = {
  "%": () => "%",
  n: () => "\n",
  t: () => "\t",
  a: ({ weekday }) => DAYS[weekday]!.slice(0, 3),
  A: ({ weekday }) => DAYS[weekday]!,
  b: ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  h: ({ month }) => MONTHS[month - 1]!.slice(0, 3),
  B: ({ month }) => MONTHS[month - 1]!,
  p: ({ hour }) => hour < 12 ? "AM" : "PM",
  P: ({ hour }) => hour < 12 ? "am" : "pm",
  Y: ({ year }) => ({ number: year, width: 1 }),
  C: ({ year }) => ({ number: Math.floor(year / 100), width: 1 }),
  y: ({ year }) => ({ number: year % 100, width: 2 }),
  m: ({ month }) => ({ number: month, width: 2 }),
  d: ({ day }) => ({ number: day, width: 2 }),
  e: ({ day }) => ({ number: day, width: 2, pad: " " }),
  H: ({ hour }) => ({ number: hour, width: 2 }),
  k: ({ hour }) => ({ number: hour, width: 2, pad: " " }),
  I: ({ hour }) => ({ number: hour % 12 || 12, width: 2 }),
  l: ({ hour }) => ({ number: hour % 12 || 12, width: 2, pad: " " }),
  M: ({ minute }) => ({ number: minute, width: 2 }),
  S: ({ second }) => ({ number: second, width: 2 }),
  f: ({ microsecond }) => String(microsecond).padStart(6, "0"),
  j: ({ yearDay }) => ({ number: yearDay, width: 3 }),
  w: ({ weekday }) => ({ number: weekday, width: 1 }),
  u: ({ weekday }) => ({ number: weekday || 7, width: 1 }),
  U: ({ weekday, yearDay }) => weekNumber(yearDay, weekday),
  W: ({ weekday, yearDay }) => weekNumber(yearDay, (weekday + 6) % 7),
  G: ({ date }) => ({ number: isoWeek(date).year, width: 1 }),
  g: ({ date }) => ({ number: isoWeek(date).year % 100, width: 2 }),
  V: ({ date }) => ({ number: isoWeek(date).week, width: 2 }),
  z: ({ offsetMinutes }) => offsetText(offsetMinutes, ""),
  Z: ({ offsetMinutes }) => zoneName(offsetMinutes),
  c: (moment) => expand("%a %b %e %H:%M:%S %Y", moment),
  D: (moment) => expand("%m/%d/%y", moment),
  x: (moment) => expand("%m/%d/%y", moment),
  F: (moment) => expand("%Y-%m-%d", moment),
  r: (moment) => expand("%I:%M:%S %p", moment),
  R: (moment) => expand("%H:%M", moment),
  T: (moment) => expand("%H:%M:%S", moment),
  X: (moment) => expand("%H:%M:%S", moment),
};

function expand(format: string, moment: Moment): string {
  return format.replace(
    DIRECTIVE_REGEXP,
    (directive, flags: string, width: string, letter: string) => {
      const isFlagged = flags + width !== "";
      // Python formats these three itself, and only without flags. With flags
      // they reach glibc, which knows neither microseconds nor the zone.
      if (isFlagged && letter === "f") return directive;
      if (isFlagged && "zZ".includes(letter)) return "";
      const part = Object.hasOwn(DIRECTIVES, letter)
        ? DIRECTIVES[letter]!(moment)
        : undefined;
      return part === undefined
        ? directive
        : layOut(part, letter, flags, width);
    },
  );
}

/** Counts weeks from the first one that starts in the year. */
function weekNumber(yearDay: number, daysSinceStart: number): Part {
  return { number: Math.floor((yearDay + 6 - daysSinceStart) / 7), width: 2 };
}

/** Applies glibc's flags: padding, width and case. */
function layOut(
  part: Part,
  letter: string,
  flags: string,
  width: string,
): string {
  const padding = [...flags].findLast((flag) => "-_0".includes(flag));
  const text = typeof part === "string" ? part : String(part.number);
  const minimum = Number(width || (typeof part === "string" ? 0 : part.width));
  const byDefault = typeof part === "string" ? " " : part.pad ?? "0";
  const pad = padding === "0" ? "0" : padding === "_" ? " " : byDefault;
  const padded = padding === "-"
    ? text
    : text.padStart(Math.min(minimum, MAX_WIDTH), pad);
  if (letter === "p" && flags.includes("#")) return padded.toLowerCase();
  const isUpper = flags.includes("^") ||
    flags.includes("#") && "aAbBh".includes(letter);
  return isUpper && letter !== "P" ? padded.toUpperCase() : padded;
}

function utcDate(year: number, month: number, day: number): Date {
  const date = new Date(0);
  // Date.UTC() maps the years 0 to 99 to 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

function dayOfYear(date: Date): number {
  const elapsed = date.getTime() -
    utcDate(date.getUTCFullYear(), 1, 1).getTime();
  return elapsed / DAY_MS + 1;
}

/** Returns the ISO 8601 week, which belongs to the year of its Thursday. */
function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(
    date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS,
  );
  const year = thursday.getUTCFullYear();
  return { year, week: Math.ceil(dayOfYear(thursday) / 7) };
}

function offsetText(minutes: number | undefined, separator: string): string {
  if (minutes === undefined) return "";
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const rest = String(size % 60).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${hours}${separator}${rest}`;
}

function zoneName(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  return minutes === 0 ? "UTC" : `UTC${offsetText(minutes, ":")}`;
}
