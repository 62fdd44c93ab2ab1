import assert from "node:assert/strict";
import test from "node:test";

import { dayTicks, dayWords, isoDay, parseDay, typedDay } from "../../geo/maps/assets/days.js";
import { seeded } from "./help.js";

test("the epoch is day 0, and days are counted from it both ways", () => {
  assert.equal(parseDay("1970-01-01"), 0);
  assert.equal(parseDay("1969-12-31"), -1);
  assert.equal(parseDay("2024-10-08"), 20_004);
});

test("every day comes back from its ISO form", () => {
  const below = seeded(1);
  const [first, last] = [parseDay("0001-01-01"), parseDay("9999-12-31")];
  for (let i = 0; i < 2000; i += 1) {
    const day = first + below(last - first + 1);
    assert.equal(parseDay(isoDay(day)), day);
  }
  assert.deepEqual([isoDay(first), isoDay(last)], ["0001-01-01", "9999-12-31"]);
});

test("what is not a day of the calendar is no day", () => {
  const wrong = ["", "2024", "2024-10", "2024-13-01", "2024-02-30", "2023-02-29", "2024-00-10", "2024-10-00", "0000-01-01"];
  const shaped = ["20241008", "2024-10-8", " 2024-10-08", "2024-10-08 ", "2024-10-08\n", "2024-10-08T00:00", "-2024-10-08", "+02024-10-08", "2024-W41-2", "٢٠٢٤-١٠-٠٨", "8 Oct 2024", "NaN", "null"];
  for (const text of [...wrong, ...shaped]) assert.equal(parseDay(text), null, JSON.stringify(text));
});

test("the 29th of February is a day in leap years alone", () => {
  assert.notEqual(parseDay("2024-02-29"), null);
  assert.notEqual(parseDay("2000-02-29"), null);
  assert.equal(parseDay("1900-02-29"), null);
});

test("a day is said with the month's three letters", () => {
  assert.equal(dayWords(parseDay("2024-10-08")), "8 Oct 2024");
  assert.equal(dayWords(parseDay("2024-09-30")), "30 Sep 2024");
});

test("a day may be typed as it is shown or in its ISO form", () => {
  for (const text of ["2024-10-08", " 2024-10-08 ", "8 Oct 2024", "08 oct 2024", "8 October 2024"]) assert.equal(isoDay(typedDay(text)), "2024-10-08", text);
  for (let day = parseDay("2024-01-01"); day <= parseDay("2024-12-31"); day += 1) assert.equal(typedDay(dayWords(day)), day);
});

test("every month may be typed in full", () => {
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  months.forEach((month, i) => assert.equal(isoDay(typedDay(`8 ${month} 2024`)), `2024-${String(i + 1).padStart(2, "0")}-08`));
});

test("a typed text that names no day is none, and is never guessed at", () => {
  for (const text of ["", "8 Okt 2024", "31 Feb 2024", "10/08/2024", "October 2024", "8 Oct 24", "8 Octopus 2024", "8 Oc 2024", "yesterday"]) assert.equal(typedDay(text), null, text);
});

test("a short span has a label for every day", () => {
  const first = parseDay("2024-10-08");
  assert.deepEqual(dayTicks(first, first + 3, 10), [
    { day: first, words: "8 Oct" },
    { day: first + 1, words: "9 Oct" },
    { day: first + 2, words: "10 Oct" },
    { day: first + 3, words: "11 Oct" },
  ]);
});

test("a long span is labelled at the first day of months, a very long one at the first day of years", () => {
  const months = dayTicks(parseDay("2024-08-01"), parseDay("2024-11-01"), 5);
  assert.deepEqual(months.map(({ words }) => words), ["Aug 2024", "Sep 2024", "Oct 2024", "Nov 2024"]);
  const years = dayTicks(parseDay("1999-06-01"), parseDay("2024-11-01"), 5);
  assert.ok(years.length > 1);
  for (const { day, words } of years) assert.equal(isoDay(day), `${words}-01-01`);
});

test("labels of the axis lie in the span, in order, no more than there is room for, and there is one", () => {
  const below = seeded(2);
  for (let i = 0; i < 1000; i += 1) {
    const room = 2 + below(20);
    const first = parseDay("1400-01-01") + below(300_000);
    const last = first + below([3, 40, 400, 4000, 200_000][below(5)]);
    const days = dayTicks(first, last, room).map(({ day }) => day);
    const said = `${isoDay(first)} to ${isoDay(last)}, room ${room}: ${days.map(isoDay)}`;
    assert.ok(days.length >= 1, said);
    assert.ok(days.length <= room + 1, said);
    assert.ok(days.every((day, k) => day >= first && day <= last && (k === 0 || day > days[k - 1])), said);
  }
});
