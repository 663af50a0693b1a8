// Which entities and links the reader's filters leave, and how each link stood on the day looked at.
import { choices, kept } from "./choices.js";
import { entities, links, linksAt } from "./data.js";
import { dayText } from "./dom.js";

export const SUCCESSION = "SUCCEEDED_BY";

/** The state of a link at the end of a day (null: now); undefined where nothing was said of it by then, or an end of
 * it did not exist. */
export function stateAt(link, day) {
  const { states } = link.page;
  if (day === null) return states.at(-1);
  return boundAt(link, day) ? undefined : states.findLast((state) => state.since === null || state.since <= day);
}

/** The bound of what a link can have lived that a day lies beyond: {after: ISO day}, {before: ISO day} or null. */
function boundAt(link, day) {
  const [opened, closed] = link.page.lived;
  if (opened !== null && day < opened) return { before: opened };
  return closed !== null && day > closed ? { after: closed } : null;
}

/** Why a link is not there at the end of a day: {why: "over", "before" or "unreported", text}; null where it is. */
export function absence(link, day) {
  if (stateAt(link, day)) return null;
  const { states, register } = link.page;
  const { after, before } = boundAt(link, day) ?? (register ? { before: states[0].since } : {});
  if (after) return { why: "over", text: `over since ${dayText(after)}` };
  if (before) return { why: "before", text: `not before ${dayText(before)}` };
  return { why: "unreported", text: "not yet reported" };
}

/** "new", "changed" or "same" between two days, of a link that is there by the later one. */
function changeBetween(link, before, after) {
  const old = stateAt(link, before);
  const now = stateAt(link, after);
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
    if (state && (comparing() || spokenOf(link, state))) found.set(link.id, state);
  }
  return found;
});

/** Whether something was said of a link from the day on that was chosen. A membership of the register is not spoken of. */
function spokenOf(link, { last }) {
  const lasting = link.page.register && link.page.predicate !== SUCCESSION;
  return choices.since === null || lasting || last === null || last >= choices.since;
}

/** Whether the reader looks at a part of the time. */
export const dated = () => choices.since !== null || choices.until !== null;

const FILTERS = ["kinds", "predicates", "manners", "statuses", "least", "since", "until", "compare", "only"];

/** {entities: Set of numbers, links: Map of number to state, changes: Map of number to change,
 * gone: Set of numbers of the links that stood on the earlier day of a comparison alone} */
export const shown = kept(FILTERS, () => {
  const wanted = entities.map(
    (entity) => !choices.kinds.has(entity.page.kind) && (!choices.only || choices.only.has(entity.id)),
  );
  const left = new Set();
  const found = new Map();
  const changes = new Map();
  const passing = (link, state) =>
    wanted[link.from] && wanted[link.to] && !choices.predicates.has(link.page.predicate) && passes(state);
  for (const [number, state] of standing()) {
    const link = links[number];
    if (!passing(link, state)) continue;
    found.set(number, state);
    left.add(link.from).add(link.to);
    if (comparing()) changes.set(link.id, changeBetween(link, choices.since, choices.until));
  }
  for (const entity of entities) {
    // Who was asked for is not there for the sake of a link; when others without one were first named is not known.
    const alone = !dated() && !linksAt[entity.id].length;
    if (wanted[entity.id] && (entity.page.focus || alone)) left.add(entity.id);
  }
  const over = comparing() ? links.filter((link) => !standing().has(link.id)) : [];
  const gone = over.filter((link) => stateAt(link, choices.since) && passing(link, stateAt(link, choices.since)));
  return { entities: left, links: found, changes, gone: new Set(gone.map((link) => link.id)) };
});

function passes(state) {
  if (choices.manners.has(state.manner) || choices.statuses.has(`${state.manner}|${state.status}`)) return false;
  return state.manner === "register" || state.confidence >= choices.least;
}
