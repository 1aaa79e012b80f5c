import { strictEqual } from "node:assert/strict";
import { Timestamp, type TimestampKind } from "../values.ts";
import { isoFormat, strftime } from "./python_datetime.ts";

const DATE = new Timestamp("2001-12-04", "date");
const NAIVE = new Timestamp("2024-01-01 00:05:09", "naive");
const AWARE = new Timestamp("2001-12-14 21:59:43.100000-05:30", "aware");

// Printed by CPython 3.11 with glibc 2.36.
const CASES: readonly [timestamp: Timestamp, format: string, text: string][] = [
  [DATE, "%Y-%m-%d", "2001-12-04"],
  [DATE, "%d.%m.%y", "04.12.01"],
  [DATE, "%a %A %b %B %h", "Tue Tuesday Dec December Dec"],
  [DATE, "%H:%M:%S.%f", "00:00:00.000000"],
  [DATE, "%j %U %W %V %u %w", "338 48 49 49 2 2"],
  [DATE, "[%z][%Z]", "[][]"],
  [DATE, "%-d %_d %e %05d %3m", "4  4  4 00004 012"],
  [DATE, "%^a %^B %#b", "TUE DECEMBER DEC"],
  [DATE, "%C %G %g", "20 2001 01"],
  [DATE, "100%% %Q %", "100% %Q %"],
  [DATE, "%Ym%n%t|", "2001m\n\t|"],
  [NAIVE, "%I %l %k %p %P %#p", "12 12  0 AM am am"],
  [NAIVE, "%c", "Mon Jan  1 00:05:09 2024"],
  [
    NAIVE,
    "%x %X %D %F %T %R",
    "01/01/24 00:05:09 01/01/24 2024-01-01 00:05:09 00:05",
  ],
  [NAIVE, "%r", "12:05:09 AM"],
  [NAIVE, "%U %W %V", "00 01 01"],
  [AWARE, "%H:%M:%S.%f%z %Z", "21:59:43.100000-0530 UTC-05:30"],
  [AWARE, "%-f %-z|%Z", "%-f |UTC-05:30"],
  [AWARE, "%I:%M %p", "09:59 PM"],
];

Deno.test("strftime() formats as Python does with glibc", () => {
  for (const [timestamp, format, text] of CASES) {
    strictEqual(strftime(timestamp, format), text, format);
  }
});

Deno.test("strftime() counts weeks at the turn of a year as ISO 8601 does", () => {
  const cases: [string, string][] = [
    ["2020-12-31", "2020-W53-4"],
    ["2021-01-03", "2020-W53-7"],
    ["2021-01-04", "2021-W01-1"],
    ["2024-12-30", "2025-W01-1"],
    ["0099-12-31", "99-W53-4"],
    ["0001-01-01", "1-W01-1"],
  ];
  for (const [date, week] of cases) {
    strictEqual(strftime(new Timestamp(date, "date"), "%G-W%V-%u"), week, date);
  }
});

Deno.test("strftime() names UTC and zones by their offset", () => {
  const cases: [string, string][] = [
    ["+00:00", "+0000 UTC"],
    ["+14:00", "+1400 UTC+14:00"],
    ["-00:30", "-0030 UTC-00:30"],
  ];
  for (const [zone, text] of cases) {
    const timestamp = new Timestamp(`2001-12-14 21:59:43${zone}`, "aware");
    strictEqual(strftime(timestamp, "%z %Z"), text);
  }
});

Deno.test("strftime() bounds the width of a directive", () => {
  strictEqual(strftime(DATE, "%999999999d").length, 1000);
});

Deno.test("isoFormat() separates date and time", () => {
  const cases: [string, TimestampKind, string][] = [
    ["2001-12-14", "date", "2001-12-14"],
    ["2001-12-14 21:59:43", "naive", "2001-12-14T21:59:43"],
    ["2001-12-14 21:59:43+00:00", "aware", "2001-12-14T21:59:43+00:00"],
  ];
  for (const [text, kind, iso] of cases) {
    strictEqual(isoFormat(new Timestamp(text, kind)), iso);
  }
  strictEqual(isoFormat(NAIVE, "$&"), "2024-01-01$&00:05:09");
});
