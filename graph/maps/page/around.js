// A body and its neighbours alone: who they are, and where they stand in a map whose groups would keep them apart.
import { choices, kept } from "./choices.js";
import { entities, linksAt, plainLabel } from "./data.js";
import { shown } from "./shown.js";

const MOST = 150; // neighbours that can be told apart in a picture
const TURN = Math.PI * (3 - Math.sqrt(5)); // from one to the next, so that no two stand in one direction
const APART = 52; // the picture's own units
const WIDER = 1.45; // a picture is wider than high

/** Whether only a body and its neighbours are drawn, in a map that otherwise draws groups. */
export const narrowed = () => Boolean(choices.only && choices.arrangement.closed);

/** Whom `choices.only` is about. */
export const centreOf = (only) => entities[only.values().next().value];

/** Numbers of the neighbours by the links that are shown, those with the most statements first. */
function neighboursOf(entity) {
  const weights = new Map();
  for (const link of linksAt[entity.id]) {
    const state = shown().links.get(link.id);
    if (!state) continue;
    const other = link.from === entity.id ? link.to : link.from;
    if (other !== entity.id) weights.set(other, (weights.get(other) ?? 0) + Math.max(state.statements, 1));
  }
  return [...weights].sort((one, two) => two[1] - one[1] || one[0] - two[0]).map(([number]) => number);
}

/** Choices for a body alone with its neighbours: itself first, then as many as can be drawn well. */
export function onlyAround(entity) {
  const found = neighboursOf(entity);
  const most = choices.arrangement.closed ? MOST : found.length;
  return { only: new Set([entity.id, ...found.slice(0, most)]), beyond: Math.max(found.length - most, 0) };
}

/** Places of a body and its neighbours, by number: it in the middle, the strongest links the shortest. */
export const placesAround = kept(["only"], () => {
  const found = new Map();
  for (const [rank, number] of [...choices.only].entries()) {
    const far = rank ? APART * Math.sqrt(rank + 4) : 0;
    found.set(number, { x: WIDER * far * Math.cos(rank * TURN), y: far * Math.sin(rank * TURN) });
  }
  return found;
});

/** "Hurn Valley and its neighbours" */
export const onlyText = () => `${plainLabel(centreOf(choices.only))} and its neighbours`;
