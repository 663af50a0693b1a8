// What is selected, as keys of what is drawn, and what belongs to it.
import { choices } from "./choices.js";
import { linksAt } from "./data.js";
import { drawn } from "./drawn.js";
import { shown } from "./shown.js";

/** What belongs to the selection: {items, lines} of keys; null where nothing that is drawn is selected. */
export function near() {
  const { selected } = choices;
  if (!selected) return null;
  const { items, lines, itemOf } = drawn();
  const centre = keyOf(selected, itemOf);
  const found = { items: new Set(), lines: new Set() };
  if (items.has(centre)) found.items.add(centre);
  for (const line of lines.values()) {
    if (line.key !== centre && line.from !== centre && line.to !== centre) continue;
    found.lines.add(line.key);
    found.items.add(line.from).add(line.to);
  }
  // An open group: all that is in it.
  if (selected.area && !items.has(centre)) {
    const area = choices.arrangement.areas.find((one) => one.key === selected.area);
    for (const member of area?.all ?? []) if (itemOf.has(member)) found.items.add(itemOf.get(member));
    for (const line of lines.values())
      if (found.items.has(line.from) && found.items.has(line.to)) found.lines.add(line.key);
  }
  return found.items.size ? found : null;
}

export function keyOf(selected, itemOf) {
  if (selected.entity !== undefined) return itemOf.get(selected.entity);
  if (selected.link !== undefined) return drawn().lines.has(`l${selected.link}`) ? `l${selected.link}` : null;
  return selected.area ?? selected.bundle;
}

/** What a key of an item or line stands for, as a selection. */
export function selectionOf(key) {
  const number = Number(key.slice(1));
  return { e: { entity: number }, l: { link: number }, a: { area: key }, b: { bundle: key } }[key[0]];
}

/** Where two days are compared: whether nothing of an item's links is new or changed. */
export function unchanged(item) {
  const { changes } = shown();
  if (!changes.size || item.area) return false;
  return linksAt[item.entity].every((link) => !["new", "changed"].includes(changes.get(link.id)));
}
