// The picture itself: vis-network shows what `drawn()` says, and tells what the reader points at and picks.
import { choices, choose, onChoice, same } from "./choices.js";
import { arrangements, entities, links } from "./data.js";
import { byId, make, styled } from "./dom.js";
import { drawn, openArea, reveal } from "./drawn.js";
import { frameAt, frames } from "./frames.js";
import { labels } from "./labels.js";
import { itemLook, lineLook, sizeOf } from "./looks.js";
import { near, selectionOf, unchanged } from "./near.js";

const CALM_FROM = 600; // lines: from here on, they are left out while the picture moves
const PANEL = 380; // pixels that the details cover
const still = matchMedia("(prefers-reduced-motion: reduce)");

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
const moved = new Map(); // key -> where the reader dragged it

export const network = new vis.Network(byId("network"), { nodes, edges }, JSON.parse(byId("options").textContent));

/** Where an item stands, in the picture's own coordinates. */
function placeOf(item) {
  const at = moved.get(item.key);
  if (at) return at;
  if (item.area) return { x: item.area.x, y: item.area.y };
  const [x, y] = choices.arrangement.places[item.entity];
  return { x, y };
}

/** key -> {x, y} of everything drawn. */
export const places = () => new Map([...drawn().items.values()].map((item) => [item.key, placeOf(item)]));

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

/** Select an entity, link, group or bundle, or nothing; `move` opens the groups it is in and brings it to the middle. */
export function select(selection, { move = false } = {}) {
  if (selection && move) {
    if (selection.entity !== undefined) reveal(selection.entity);
    if (selection.link !== undefined)
      for (const end of [links[selection.link].from, links[selection.link].to]) reveal(end);
  }
  choose({ selected: selection, pointed: null });
  if (selection && move) centre(selection);
  else if (selection?.entity !== undefined) uncover(drawn().itemOf.get(selection.entity));
}

/** Move the picture aside where the details would lie over what they tell of. */
function uncover(key) {
  const item = drawn().items.get(key);
  const width = byId("network").clientWidth;
  if (!item || width < 2 * PANEL) return;
  const over = network.canvasToDOM(placeOf(item)).x + 60 - (width - PANEL);
  if (over > 0)
    network.moveTo({
      offset: { x: -over, y: 0 },
      animation: still.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" },
    });
}

function centre(selection) {
  const { items, itemOf } = drawn();
  if (selection.area && !items.has(selection.area)) {
    fit([choices.arrangement.areas.find((one) => one.key === selection.area)].map(boxOfArea), PANEL);
    return;
  }
  let keys = [selection.area];
  if (selection.entity !== undefined) keys = [itemOf.get(selection.entity)];
  if (selection.link !== undefined)
    keys = [links[selection.link].from, links[selection.link].to].map((end) => itemOf.get(end));
  if (selection.bundle) keys = selection.bundle.slice(1).split("|");
  const spots = keys.filter((key) => items.has(key)).map((key) => placeOf(items.get(key)));
  if (!spots.length) return;
  const mean = (axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  const offset = byId("network").clientWidth > 2 * PANEL ? -PANEL / 2 : 0;
  network.moveTo({
    position: { x: mean("x"), y: mean("y") },
    scale: Math.max(network.getScale(), 0.8),
    offset: { x: offset, y: 0 },
    animation: false,
  });
}

const boxOfArea = (area) => [
  area.x - area.width / 2,
  area.y - area.height / 2,
  area.x + area.width / 2,
  area.y + area.height / 2,
];

/** Show everything that is drawn, with room for the labels, which keep their size however far out the map is. */
export function whole() {
  const boxes = [...drawn().items.values()].map((item) => {
    const { x, y } = placeOf(item);
    const size = sizeOf(item);
    return [x - size, y - size, x + size, y + size];
  });
  fit(boxes);
}

function fit(boxes, covered = 0) {
  if (!boxes.length) return;
  const [left, top] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = [2, 3].map((side) => Math.max(...boxes.map((box) => box[side])));
  const { clientWidth: width, clientHeight: height } = byId("network");
  const free = width > 2 * covered ? width - covered : width;
  const scale = Math.min(
    (free - Math.min(220, free / 3)) / (right - left),
    Math.max(height - 90, height / 3, 1) / (bottom - top),
    1.25,
  );
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale,
    offset: { x: (free - width) / 2, y: 0 },
    animation: false,
  });
}

export const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: false });

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
    if ("arrangement" in changes) moved.clear();
    // Pointing changes no data, only what is written.
    if (Object.keys(changes).every((name) => ["pointed", "pointedAt", "captions"].includes(name))) network.redraw();
    else redraw();
    if ("arrangement" in changes) whole();
  });
  redraw();
  whole();
}

/** Arrange in another way; what was open closes. */
export const arrange = (by) =>
  choose({ arrangement: arrangements.find((one) => one.by === by), open: new Set(), selected: null });
