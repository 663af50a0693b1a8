// Which entities and links the reader's filters leave, and how each link stood on the day looked at.
import { choices, kept } from "./choices.js";
import { entities, links, linksAt } from "./data.js";

/** The state of a link at the end of a day (null: now); undefined where nothing was said of it by then, or an end of
 * it did not exist. */
export function stateAt(link, day) {
  const { states, lived } = link.page;
  if (day === null) return states.at(-1);
  const [opened, closed] = lived;
  if ((opened !== null && day < opened) || (closed !== null && day > closed)) return undefined;
  return states.findLast((state) => state.since === null || state.since <= day);
}

/** "new", "changed" or "same" between two days; null where the link is not there by the later one. */
function changeBetween(link, before, after) {
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

/** Which links stand in the time looked at, whatever else is hidden: Map of number to state. */
export const standing = kept(["since", "until", "compare"], () => {
  const found = new Map();
  for (const link of links) {
    const state = stateAt(link, choices.until);
    if (state && (comparing() || choices.since === null || state.last === null || state.last >= choices.since))
      found.set(link.id, state);
  }
  return found;
});

/** Whether the reader looks at a part of the time. */
export const dated = () => choices.since !== null || choices.until !== null;

const FILTERS = ["kinds", "predicates", "manners", "statuses", "least", "since", "until", "compare", "only"];

/** {entities: Set of numbers, links: Map of number to state, changes: Map of number to change} */
export const shown = kept(FILTERS, () => {
  const wanted = entities.map(
    (entity) => !choices.kinds.has(entity.page.kind) && (!choices.only || choices.only.has(entity.id)),
  );
  const left = new Set();
  const found = new Map();
  const changes = new Map();
  for (const [number, state] of standing()) {
    const link = links[number];
    if (!wanted[link.from] || !wanted[link.to] || choices.predicates.has(link.page.predicate)) continue;
    if (!passes(state)) continue;
    found.set(number, state);
    left.add(link.from).add(link.to);
    if (comparing()) changes.set(link.id, changeBetween(link, choices.since, choices.until));
  }
  for (const entity of entities) {
    // Who was asked for is not there for the sake of a link; when others without one were first named is not known.
    const alone = !dated() && !linksAt[entity.id].length;
    if (wanted[entity.id] && (entity.page.focus || alone)) left.add(entity.id);
  }
  return { entities: left, links: found, changes };
});

function passes(state) {
  if (choices.manners.has(state.manner) || choices.statuses.has(`${state.manner}|${state.status}`)) return false;
  return state.manner === "register" || state.confidence >= choices.least;
}
