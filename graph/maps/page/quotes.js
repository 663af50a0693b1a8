// What briefings said of a link, up to the day looked at, in the words that panel, tip and table share.
import { choices } from "./choices.js";
import { briefings, ends, legend, linkTitle } from "./data.js";
import { counted, dayText, make, sourceLink } from "./dom.js";
import { stateAt } from "./shown.js";

const dayOf = (said) => briefings[said.briefing].day;

/** Statements up to the end of a day (null: all), the surest and newest first; undated ones count from the start. */
export const heard = (link, day = choices.until) =>
  link.page.said.filter((said) => day === null || dayOf(said) === null || dayOf(said) <= day);

/** Statements later than a day. */
export const laterThan = (link, day) =>
  day === null ? [] : link.page.said.filter((said) => dayOf(said) !== null && dayOf(said) > day);

/** A quote and where it stands. */
export function cited(said, later = false) {
  const { title, published, source } = briefings[said.briefing];
  const cite = make(
    "p",
    [
      make("bdi", title || "Untitled briefing"),
      ` · ${published}${later ? ", later than the day looked at" : ""}`,
      make("br"),
    ],
    "cite",
  );
  if (said.says) cite.append(make("bdi", said.says), " · ");
  cite.append(said.confidence);
  if (source) cite.append(" · ", sourceLink(source));
  const quote = make("blockquote", said.text);
  if (later) quote.className = "later";
  return [quote, cite];
}

/** "Payer → Taker", "One – Other" where the link has no direction, one name for a deficit. */
export function endsText(link) {
  const [from, to] = ends(link);
  return to ? `${from} ${between(link)} ${to}` : from;
}

export const between = (link) => (legend.predicates[link.page.predicate].both ? "–" : "→");

/** First and last day, as ISO text, on which briefings had told of a link by the day of a state; nulls where not known. */
export function reported(link, state) {
  const { states } = link.page;
  const told = states.slice(0, states.indexOf(state) + 1).find((one) => one.since !== null);
  return [told?.since ?? state.last, state.last ?? told?.since ?? null];
}

export function reportedText(link, state) {
  const [first, last] = reported(link, state);
  if (last === null) return link.page.register ? "" : "date not known";
  return first === last ? dayText(last) : `${dayText(first)} to ${dayText(last)}`;
}

/** How many statements of how many briefings stand behind a link on the day looked at. */
export function basis(link) {
  if (link.page.register) return "the register of NHS organisations, not a briefing";
  const said = heard(link);
  return `${counted(said.length, "statement")} in ${counted(new Set(said.map((one) => one.briefing)).size, "briefing")}`;
}

/** "in talks → called off" where a link reads otherwise than before; else null. */
export function turnOf(link, before, after) {
  const old = stateAt(link, before);
  const now = stateAt(link, after);
  if (!old || !now || reading(old) === reading(now)) return null;
  // A status that changed says it best, then the few words of a caption.
  if (old.status && now.status && old.status !== now.status) return [old.status, now.status];
  if (old.caption !== now.caption) return [old.caption, now.caption];
  return [beyond(old, now), beyond(now, old)];
}

/** What one state says that another does not. */
function beyond(state, other) {
  const known = new Set(other.attributes.map(String));
  const more = state.attributes.filter((pair) => !known.has(String(pair)));
  return more.map(([, value]) => value).join(", ") || "not told";
}

/** All that a state says, as one text to compare. */
const reading = (state) => JSON.stringify([state.status, state.attributes]);

/** How many links of each title: [[title, count]], most first. */
export function titleCounts(list) {
  const counts = new Map();
  for (const link of list) counts.set(linkTitle(link), (counts.get(linkTitle(link)) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

/** No longer than `most` characters. */
export const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** A list of labels and values. */
export function factList(pairs, className) {
  const list = make("dl", undefined, className);
  for (const [label, value] of pairs)
    list.append(make("dt", label), typeof value === "string" ? make("dd", value) : make("dd", [value]));
  return list;
}
