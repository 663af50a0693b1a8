// The calendar behind the timeline: months as numbers, and the days that the reader looks at in words.
import { choices } from "./choices.js";
import { days } from "./data.js";
import { comparing } from "./shown.js";

const MOST = 1200; // months; what lies before them counts to the first one
const NAMES = [
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

/** A month as a number, of an ISO day. */
const numbered = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
const lastMonth = days.length ? numbered(days.at(-1)) : 0;
const firstMonth = days.length ? Math.max(numbered(days[0]), lastMonth - MOST + 1) : 0;

/** How many months the graph spans; a month is its place among them from here on. */
export const monthCount = days.length ? lastMonth - firstMonth + 1 : 0;

/** The place of an ISO day's month, within the span. */
export const monthOf = (iso) => Math.min(Math.max(numbered(iso) - firstMonth, 0), monthCount - 1);

const yearOf = (place) => Math.floor((firstMonth + place) / 12);
const inYear = (place) => (firstMonth + place) % 12;

/** "June 2019" */
export const monthName = (place) => `${NAMES[inYear(place)]} ${yearOf(place)}`;

const isoDay = (place, day) =>
  `${String(yearOf(place)).padStart(4, "0")}-${String(inYear(place) + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
export const firstDay = (place) => isoDay(place, 1);

export function lastDay(place) {
  const found = new Date(0);
  found.setUTCFullYear(yearOf(place), inYear(place) + 1, 0);
  return isoDay(place, found.getUTCDate());
}

/** Places of the Januaries to be named under an axis, at most `most` of them. */
export function yearMarks(most) {
  const januaries = Array.from({ length: monthCount }, (_, place) => place).filter((place) => inYear(place) === 0);
  const step = [1, 2, 5, 10, 20, 50].find((years) => januaries.length / years <= most) ?? 100;
  return januaries.filter((place) => yearOf(place) % step === 0).map((place) => ({ place, year: yearOf(place) }));
}

/** A day in words: the month alone where it stands for the whole month. */
function inWords(iso, whole) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${whole === iso ? "" : `${day} `}${NAMES[month - 1]} ${year}`;
}

const fromWords = (iso) => inWords(iso, `${iso.slice(0, 8)}01`);

function toWords(iso) {
  const end = new Date(0);
  end.setUTCFullYear(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 0);
  return inWords(iso, `${iso.slice(0, 8)}${end.getUTCDate()}`);
}

/** What the reader looks at: "As of June 2019". */
export function lookedAt() {
  const { since, until } = choices;
  if (!monthCount) return "Nothing here has a date";
  if (comparing())
    return `${toWords(since)} compared with ${until === null ? monthName(monthCount - 1) : toWords(until)}`;
  if (since === null && until === null) {
    return monthCount === 1
      ? `All that was told, in ${monthName(0)}`
      : `All that was told, ${monthName(0)} to ${monthName(monthCount - 1)}`;
  }
  if (since === null) return `As of ${toWords(until)}`;
  return until === null ? `Told from ${fromWords(since)} on` : `Told from ${fromWords(since)} to ${toWords(until)}`;
}
