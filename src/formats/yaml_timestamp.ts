import { Timestamp } from "../values.ts";

/** What PyYAML takes for a date or time. */
export const TIMESTAMP_REGEXP =
  /^(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** Reads a timestamp, or returns undefined for a text or a day that is none. */
export function parseTimestamp(text: string): Timestamp | undefined {
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
