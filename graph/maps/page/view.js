// What of the picture is in view: all of it, what the reader picks, nothing of that under the details.
import { network, placeOf } from "./canvas.js";
import { choices } from "./choices.js";
import { links } from "./data.js";
import { byId } from "./dom.js";
import { drawn } from "./drawn.js";
import { sizeOf } from "./looks.js";

const PANEL = 380; // pixels that the details cover
const BESIDE = 60; // pixels between the details and what they tell of
const FARTHEST = 0.2; // of the scale at which everything drawn is in view
const NEAREST = 8; // times that scale
const LEGIBLE = 3; // a scale that can be reached in the largest map
const LARGEST = 6; // a scale beyond which there is nothing more to see in the smallest
const SEEN = 24; // pixels from the picture's edge to what is in view
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function inView(spot) {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const { x, y } = network.canvasToDOM(spot);
  return x > SEEN && y > SEEN && x < width - SEEN && y < height - SEEN;
}

/** Move the picture aside, just so far that the details do not lie over what they tell of. */
export function uncover(spot) {
  const over = network.canvasToDOM(spot).x + BESIDE - (byId("network").clientWidth - covered());
  if (covered() && over > 0)
    network.moveTo({
      offset: { x: -over, y: 0 },
      animation: still.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" },
    });
}

/** Pixels that the details cover at the right; 0 where they cover nearly all, as on a phone. */
const covered = () => (choices.selected && byId("network").clientWidth > 2 * PANEL ? PANEL : 0);

/** Where the drawn ones stand that a selection is about: one, both ends of a line, or none. */
export function spotsOf(selection) {
  if (!selection) return [];
  const { items, itemOf } = drawn();
  let keys = [selection.area];
  if (selection.entity !== undefined) keys = [itemOf.get(selection.entity)];
  if (selection.link !== undefined)
    keys = [links[selection.link].from, links[selection.link].to].map((end) => itemOf.get(end));
  if (selection.bundle) keys = selection.bundle.slice(1).split("|");
  return keys.filter((key) => items.has(key)).map((key) => placeOf(items.get(key)));
}

export function centre(selection, spots) {
  const { items } = drawn();
  if (selection.area && !items.has(selection.area)) {
    fit([choices.arrangement.areas.find((one) => one.key === selection.area)].map(boxOfArea));
    return;
  }
  if (!spots.length) return;
  const mean = (axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
  network.moveTo({
    position: { x: mean("x"), y: mean("y") },
    scale: Math.max(network.getScale(), 0.8),
    offset: { x: -covered() / 2, y: 0 },
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
export const whole = () => fit(drawnBoxes());

const drawnBoxes = () =>
  [...drawn().items.values()].map((item) => {
    const { x, y } = placeOf(item);
    const size = sizeOf(item);
    return [x - size, y - size, x + size, y + size];
  });

function fit(boxes) {
  if (!boxes.length) return;
  const [left, top] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = [2, 3].map((side) => Math.max(...boxes.map((box) => box[side])));
  const { clientWidth: width, clientHeight: height } = byId("network");
  const free = width - covered();
  const scale = scaleFor(right - left, bottom - top, free, height);
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale,
    offset: { x: (free - width) / 2, y: 0 },
    animation: false,
  });
}

/** How near the picture has to be for something to have room, with its labels. */
const scaleFor = (wide, high, width, height) =>
  Math.min((width - Math.min(220, width / 3)) / wide, Math.max(height - 90, height / 3, 1) / high, 1.25);

/** A scale that leaves something to see: not a dot, nor one disc that fills the picture. */
export function within(scale) {
  const boxes = drawnBoxes();
  if (!boxes.length) return scale;
  const span = (side) => Math.max(...boxes.map((box) => box[side + 2])) - Math.min(...boxes.map((box) => box[side]));
  const { clientWidth, clientHeight } = byId("network");
  const fits = scaleFor(span(0), span(1), clientWidth, clientHeight);
  return Math.min(Math.max(scale, FARTHEST * fits), Math.min(Math.max(NEAREST * fits, LEGIBLE), LARGEST));
}

export const zoom = (factor) => network.moveTo({ scale: within(network.getScale() * factor), animation: false });
