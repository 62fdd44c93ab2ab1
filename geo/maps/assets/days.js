/** Days as whole numbers since 1970-01-01 (UTC), their ISO form and their words. */

const DAY_MS = 86_400_000;
const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });

/**
 * @param {string} text
 * @returns {number | null} null for what is not a day of the calendar
 */
export function parseDay(text) {
  if (!ISO_DAY.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || isoDay(time / DAY_MS) !== text || text.startsWith("0000")) return null;
  return time / DAY_MS;
}

/**
 * A day as a hand may type it: as ISO day, or as it is shown.
 * @param {string} text such as "2024-10-08" or "8 Oct 2024"
 * @returns {number | null}
 */
export function typedDay(text) {
  const words = /^(\d{1,2}) (\p{L}+) (\d{4})$/u.exec(text.trim());
  if (!words) return parseDay(text.trim());
  const month = MONTHS.findIndex((name) => words[2].length >= 3 && name.startsWith(words[2].toLowerCase())) + 1;
  return parseDay(`${words[3]}-${String(month).padStart(2, "0")}-${words[1].padStart(2, "0")}`);
}

/** @returns {number} the day that it is (UTC) */
export function thisDay() {
  return Math.floor(Date.now() / DAY_MS);
}

/** @param {number} day @returns {string} such as 2024-10-08 */
export function isoDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** @param {number} day @returns {string} such as "8 Oct 2024" */
export function dayWords(day) {
  return dayFormat.format(new Date(day * DAY_MS)).replace("Sept", "Sep");
}

/**
 * Days under which a time axis of a given width can carry a label without crowding.
 * @param {number} first
 * @param {number} last
 * @param {number} room how many labels fit
 * @returns {{day: number, words: string}[]}
 */
export function dayTicks(first, last, room) {
  const span = last - first + 1;
  const fits = [1, 2, 5, 7, 14].find((step) => span / step <= room);
  return fits ? dailyTicks(first, last, fits) : monthlyTicks(first, last, room);
}

function dailyTicks(first, last, step) {
  const ticks = [];
  for (let day = first; day <= last; day += step) {
    const date = new Date(day * DAY_MS);
    ticks.push({ day, words: `${date.getUTCDate()} ${shortMonth(date)}` });
  }
  return ticks;
}

function monthlyTicks(first, last, room) {
  const months = (last - first) / 30.44;
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((size) => months / size <= room) ?? 6000;
  const ticks = [];
  const start = new Date(first * DAY_MS);
  for (let month = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; month += 1) {
    const date = new Date(Date.UTC(2000, month % 12, 1));
    date.setUTCFullYear(Math.floor(month / 12));
    const day = date.getTime() / DAY_MS;
    // A span may hold no first day of a month, or of a round year: an axis without a label says nothing.
    if (day > last) return ticks.length ? ticks : [{ day: first, words: dayWords(first) }];
    if (day < first || month % step !== 0) continue;
    ticks.push({ day, words: step % 12 === 0 ? String(date.getUTCFullYear()) : `${shortMonth(date)} ${date.getUTCFullYear()}` });
  }
}

function shortMonth(date) {
  return monthFormat.format(date).replace("Sept", "Sep");
}
