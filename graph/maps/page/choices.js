// What the reader has chosen: filters, days, what is selected, which groups are open. Whoever draws listens.
import { arrangements, legend, look } from "./data.js";

const listeners = [];

/** Sets hold what is hidden. `since` and `until` are ISO days or null; `selected` and `pointed` are
 * {entity}, {link}, {area: key}, {bundle: key} or null; `only` is null or a Set of entities, the one that it is about
 * first, and `beyond` how many of its neighbours are not in it. */
export const choices = {
  kinds: new Set(),
  predicates: new Set(),
  manners: new Set(),
  statuses: new Set(), // "manner|status"
  least: look.sure, // confidence
  since: look.since,
  until: look.until,
  compare: look.compare,
  only: null,
  beyond: 0,
  arrangement: arrangements[0],
  open: new Set(),
  measure: look.measure,
  captions: legend.captions,
  selected: null,
  pointed: null,
};

/** Take new choices, then tell everybody. */
export function choose(changes) {
  Object.assign(choices, changes);
  for (const listener of listeners) listener(changes);
}

/** Call back with what changed, after each change. */
export const onChoice = (listener) => listeners.push(listener);

/** A function whose answer is kept until one of these choices changes. Sets are changed by giving a new one. */
export function kept(names, work) {
  let known = null;
  let answer;
  return () => {
    const now = names.map((name) => choices[name]);
    if (!known || now.some((value, number) => value !== known[number])) {
      known = now;
      answer = work();
    }
    return answer;
  };
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
