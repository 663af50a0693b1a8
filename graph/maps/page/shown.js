// Which entities and links the reader's filters leave, and how each link stood on the day looked at.
import { choices, kept } from "./choices.js";
import { entities, links, linksAt } from "./data.js";

/** The state of a link at the end of a day (null: now); undefined where nothing was said of it by then. */
export function stateAt(link, day) {
  const { states } = link.page;
  if (day === null) return states.at(-1);
  return states.findLast((state) => state.since === null || state.since <= day);
}

/** "new", "changed" or "same" between two days; null where the link is not there by the later one. */
export function changeBetween(link, before, after) {
  const old = stateAt(link, before);
  const now = stateAt(link, after);
  if (!now) return null;
  if (!old) return "new";
  return JSON.stringify([old.status, old.attributes]) === JSON.stringify([now.status, now.attributes])
    ? "same"
    : "changed";
}

/** Whether two days are compared, not merely both given. */
export const comparing = () => choices.compare && choices.since !== null;

const FILTERS = ["kinds", "predicates", "manners", "statuses", "least", "since", "until", "compare", "only"];

/** {entities: Set of numbers, links: Map of number to state, changes: Map of number to change} */
export const shown = kept(FILTERS, () => {
  const wanted = entities.map(
    (entity) => !choices.kinds.has(entity.page.kind) && (!choices.only || choices.only.has(entity.id)),
  );
  const standing = new Map();
  const changes = new Map();
  for (const link of links) {
    if (!wanted[link.from] || !wanted[link.to] || choices.predicates.has(link.page.predicate)) continue;
    const state = stateAt(link, choices.until);
    if (!state || !passes(state)) continue;
    standing.set(link.id, state);
    if (comparing()) changes.set(link.id, changeBetween(link, choices.since, choices.until));
  }
  const left = new Set();
  for (const number of standing.keys()) left.add(links[number].from).add(links[number].to);
  for (const entity of entities) {
    // Who was never linked, or was asked for, is not there for the sake of a link.
    if (wanted[entity.id] && (entity.page.focus || !linksAt[entity.id].length)) left.add(entity.id);
  }
  return { entities: left, links: standing, changes };
});

function passes(state) {
  if (choices.manners.has(state.manner) || choices.statuses.has(`${state.manner}|${state.status}`)) return false;
  if (state.manner !== "register" && state.confidence < choices.least) return false;
  return comparing() || choices.since === null || state.last === null || state.last >= choices.since;
}
