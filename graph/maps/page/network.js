// The picture itself: vis-network shows what `drawn()` says, and tells what the reader points at and picks.
import { narrowed } from "./around.js";
import { edges, moved, network, nodes, placeOf } from "./canvas.js";
import { choices, choose, onChoice, same } from "./choices.js";
import { arrangements, entities, links } from "./data.js";
import { byId, make, styled } from "./dom.js";
import { drawn, openArea, reveal } from "./drawn.js";
import { frameAt, frames } from "./frames.js";
import { labels } from "./labels.js";
import { itemLook, lineLook } from "./looks.js";
import { keyOf, near, selectionOf, unchanged } from "./near.js";
import { centre, inView, spotsOf, uncover, whole } from "./view.js";

const CALM_FROM = 600; // lines: from here on, they are left out while the picture moves

/** Bring vis-network's data to what is drawn: what went, what came, what looks or stands otherwise. */
function redraw() {
  const { items, lines } = drawn();
  const kept = near();
  const [ink, panel] = [styled("--ink"), styled("--panel")];
  scaled = network.getScale();
  bring(
    nodes,
    [...items.values()].map((item) => ({
      id: item.key,
      ...placeOf(item),
      ...itemLook(item, ink, panel),
      opacity: faded(item, kept) ? 0.16 : 1,
    })),
  );
  bring(
    edges,
    [...lines.values()].map((line) => ({
      id: line.key,
      from: line.from,
      to: line.to,
      ...lineLook(line, kept && !kept.lines.has(line.key), scaled),
    })),
  );
  if (lines.size > CALM_FROM !== calm) {
    calm = !calm;
    network.setOptions({ interaction: { hideEdgesOnDrag: calm, hideEdgesOnZoom: calm } });
  }
}

const told = new Map(); // key -> what vis-network was last told of it
let calm = false;
let scaled = 1; // how near the picture was when lines between groups got their width

/** Lines between groups keep their width on the screen, more or less. */
function rescale() {
  if (Math.abs(Math.log(network.getScale() / scaled)) < 0.25) return;
  scaled = network.getScale();
  if ([...drawn().lines.values()].some((line) => line.bundle)) requestAnimationFrame(redraw);
}

/** Only what changed is told: vis-network takes long over each. */
function bring(set, wanted) {
  const keys = new Set(wanted.map(({ id }) => id));
  const gone = set.getIds().filter((key) => !keys.has(key));
  set.remove(gone);
  for (const key of gone) told.delete(key);
  const changed = wanted.filter((one) => JSON.stringify(one) !== told.get(one.id));
  for (const one of changed) told.set(one.id, JSON.stringify(one));
  set.update(changed);
}

const faded = (item, kept) => (kept ? !kept.items.has(item.key) : unchanged(item));

/** Select an entity, link, group or bundle, or nothing; `move` opens the groups it is in and brings it into view. */
export function select(selection, { move = false } = {}) {
  const before = drawn();
  if (selection?.area && narrowed()) choose({ only: null });
  if (selection && move) {
    if (selection.entity !== undefined) reveal(selection.entity);
    if (selection.link !== undefined)
      for (const end of [links[selection.link].from, links[selection.link].to]) reveal(end);
  }
  choose({ selected: selection, pointed: null });
  const spots = spotsOf(selection);
  // What stood in view before stays where it is, so that the reader does not lose their way.
  if (selection && move && !(before === drawn() && spots.length && spots.every(inView))) centre(selection, spots);
  else if (move || spots.length === 1) uncover(spots.reduce((one, other) => (one.x > other.x ? one : other)));
}

/** What vis-network draws as picked is what is selected here. */
function pick() {
  const key = choices.selected && keyOf(choices.selected, drawn().itemOf);
  network.setSelection(
    { nodes: nodes.get(key ?? "") ? [key] : [], edges: edges.get(key ?? "") ? [key] : [] },
    { highlightEdges: false },
  );
}

/** Go into a group: open it, show it as large as can be, and tell of it. */
export function enter(area) {
  const gone = openArea(area);
  select({ area: area.key }, { move: true });
  if (gone)
    byId("said").textContent =
      `${gone === 1 ? "Another group was" : `${gone} other groups were`} closed to keep the picture quick.`;
}

function point(key, event) {
  const pointed = key === null ? null : selectionOf(key);
  if (same(pointed, choices.pointed)) return;
  choose({ pointed, pointedAt: event?.pointer.DOM });
}

export function startNetwork() {
  if (!entities.length) byId("stage").append(make("p", "Nothing to draw: no organisation or person matches.", "empty"));
  network.on("beforeDrawing", (context) => frames(context, network));
  network.on("afterDrawing", (context) => {
    labels(context, network);
    rescale();
  });
  network.on("hoverNode", (event) => point(event.node, event));
  network.on("hoverEdge", (event) => point(event.edge, event));
  for (const leaving of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(leaving, () => point(null));
  network.on("click", (event) => {
    const key = event.nodes[0] ?? event.edges[0];
    const frame = key ? null : frameAt(event.pointer.canvas, network);
    const item = drawn().items.get(key);
    if (item?.area) enter(item.area);
    else if (key) select(selectionOf(key));
    else select(frame ? { area: frame.key } : null);
  });
  network.on("dragEnd", (event) => {
    for (const [key, at] of Object.entries(network.getPositions(event.nodes))) moved.set(key, at);
  });
  onChoice((changes) => {
    if ("arrangement" in changes || ("only" in changes && choices.arrangement.closed)) moved.clear();
    // Pointing changes no data, only what is written.
    if (Object.keys(changes).every((name) => ["pointed", "pointedAt", "captions"].includes(name))) network.redraw();
    else redraw();
    if ("selected" in changes) pick();
    if ("arrangement" in changes) whole();
  });
  // A finger that picks something is no click too, on the panel that opens under it.
  byId("network").addEventListener("touchend", (event) => event.cancelable && event.preventDefault());
  redraw();
  whole();
}

/** Arrange in another way; what was open closes. */
export const arrange = (by) =>
  choose({ arrangement: arrangements.find((one) => one.by === by), open: new Set(), selected: null });
