// What is drawn of all that is shown: entities as themselves, closed groups as one disc, links into a
// closed group as one line. Groups open one at a time; the longest open ones close before too much is drawn.
import { narrowed } from "./around.js";
import { choices, choose, kept } from "./choices.js";
import { legend, links } from "./data.js";
import { shown } from "./shown.js";

/** {items: Map of key to {key, entity} or {key, area, inside: [numbers],
 *  within: [numbers of links]}, lines: Map of key to {key, from, to, links: [numbers]},
 *  itemOf: number of an entity -> key} */
export const drawn = kept(
  ["kinds", "predicates", "manners", "statuses", "least", "since", "until", "compare", "only", "arrangement", "open"],
  () => project(choices.open),
);

function project(open) {
  const { entities: left, links: standing } = shown();
  const items = new Map();
  const itemOf = new Map();
  for (const number of left) {
    const area = closedAround(number, open);
    const key = area ? area.key : `e${number}`;
    itemOf.set(number, key);
    const known = items.get(key);
    if (known) known.inside.push(number);
    else items.set(key, area ? { key, area, inside: [number], within: [] } : { key, entity: number, inside: [number] });
  }
  const lines = new Map();
  for (const number of standing.keys()) {
    const { from, to } = links[number];
    const [start, end] = [itemOf.get(from), itemOf.get(to)];
    const inside = start === end && start.startsWith("a");
    if (inside) {
      items.get(start).within.push(number);
      continue;
    }
    const single = start.startsWith("e") && end.startsWith("e");
    const key = single ? `l${number}` : `b${[start, end].sort().join("|")}`;
    const known = lines.get(key);
    if (known) known.links.push(number);
    else
      lines.set(
        key,
        single
          ? { key, from: start, to: end, links: [number] }
          : { key, from: start, to: end, links: [number], bundle: true },
      );
  }
  return { items, lines, itemOf };
}

/** The outermost closed area that an entity is in. */
function closedAround(number, open) {
  if (narrowed()) return null;
  const { arrangement } = choices;
  let found = null;
  for (let area = arrangement.home.get(number) ?? null; area; area = area.parent)
    if (isClosed(area, open)) found = area;
  return found;
}

// In an arrangement that starts open, the set holds what the reader closed.
const isClosed = (area, open) => choices.arrangement.closed !== open.has(area.key);

export const closed = (area) => isClosed(area, choices.open);

/** Areas that are open and seen: to be framed. */
export const framed = () =>
  narrowed()
    ? []
    : choices.arrangement.areas.filter((area) => !closed(area) && outer(area).every((one) => !closed(one)));

const outer = (area) => (area.parent ? [area.parent, ...outer(area.parent)] : []);

/** Open a group and all around it. Returns how many others had to close. */
export function openArea(area) {
  if (narrowed()) choose({ only: null });
  const wanted = new Set([area, ...outer(area)].map((one) => one.key));
  if (!choices.arrangement.closed) {
    choose({ open: new Set([...choices.open].filter((key) => !wanted.has(key))) });
    return 0;
  }
  // Sets keep their order: what was opened last comes last.
  const open = [...[...choices.open].filter((key) => !wanted.has(key)), ...[...wanted].reverse()];
  let gone = 0;
  while (open.length > wanted.size && project(new Set(open)).lines.size > legend.most_lines) {
    open.shift();
    gone += 1;
  }
  choose({ open: new Set(open) });
  return gone;
}

export function closeArea(area) {
  const inside = new Set(
    [area, ...choices.arrangement.areas.filter((one) => outer(one).includes(area))].map((one) => one.key),
  );
  const open = new Set(choices.open);
  for (const key of inside) {
    if (choices.arrangement.closed) open.delete(key);
    else open.add(key);
  }
  choose({ open });
}

/** Open whatever an entity is in, so that it is drawn itself. */
export function reveal(number) {
  const area = choices.arrangement.home.get(number);
  if (area && drawn().itemOf.get(number) !== `e${number}`) openArea(area);
}
