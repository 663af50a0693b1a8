// Going to an entity from its name: filters that hide it are cleared, and the page says which.
import { choices, choose } from "./choices.js";
import { legend, plainLabel } from "./data.js";
import { byId } from "./dom.js";
import { select } from "./network.js";
import { cut } from "./quotes.js";
import { shown } from "./shown.js";

// Each filter as it is where it hides nothing; the first ones are given up last.
const DAYS = ["days", { since: null, until: null, compare: false }];
const FILTERS_OFF = [
  ["how sure", { least: 0 }],
  ["statuses", { manners: new Set(), statuses: new Set() }],
  ["kinds of links", { predicates: new Set() }],
  ["kinds", { kinds: new Set() }],
  ["neighbours only", { only: null }],
];

/** Bring an entity to the middle and select it. With `days`, even a day on which it is not there gives way. */
export function find(entity, { days = false } = {}) {
  const cleared = unhide(entity, days ? [DAYS, ...FILTERS_OFF] : FILTERS_OFF);
  if (cleared.length)
    byId("said").textContent = `Cleared to show ${cut(plainLabel(entity), 80)}: ${cleared.join(", ")}.`;
  select({ entity: entity.id }, { move: true });
}

/** Clear as few filters as show an entity, none where that takes more than these. Gives the names of those cleared. */
function unhide(entity, filters) {
  if (shown().entities.has(entity.id)) return [];
  const { kind } = entity.page;
  const before = { ...choices };
  const cleared = before.kinds.has(kind) ? [legend.kinds[kind].caption] : [];
  const wanted = { ...before, kinds: new Set([...before.kinds].filter((one) => one !== kind)) };
  // With everything cleared it is shown: then give back each filter with which it still is.
  Object.assign(choices, ...filters.map(([, off]) => off));
  if (!shown().entities.has(entity.id)) {
    Object.assign(choices, before);
    return [];
  }
  for (const [name, off] of filters) {
    for (const key of Object.keys(off)) choices[key] = wanted[key];
    if (shown().entities.has(entity.id)) continue;
    Object.assign(choices, off);
    cleared.push(name);
  }
  const keys = filters.flatMap(([, off]) => Object.keys(off));
  choose(Object.fromEntries(keys.filter((key) => choices[key] !== before[key]).map((key) => [key, choices[key]])));
  return cleared;
}
