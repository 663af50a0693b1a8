// Where two days are compared: a band under what is new or changed, around a group what of its inner links is.
import { along } from "./along.js";
import { legend } from "./data.js";
import { drawn } from "./drawn.js";
import { sizeOf } from "./looks.js";
import { shown } from "./shown.js";

const STEPS = 16; // pieces that a band is drawn in
const RING = 6; // pixels on the screen of the band around a group

/** Of links: how many became what, most first, as [[change, count]]; only what has a colour. */
export function changesOf(numbers) {
  const { changes } = shown();
  const counts = new Map();
  for (const number of numbers) {
    const change = changes.get(number);
    if (change in legend.changes) counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]);
}

/** The same in words: ["3 new", "1 changed"]. */
export const changeWords = (numbers) =>
  changesOf(numbers).map(([change, many]) => `${many.toLocaleString("en-GB")} ${change}`);

/** Drawn under the network, in its coordinates. */
export function bands(context, network) {
  if (!shown().changes.size) return;
  for (const line of drawn().lines.values()) if (network.body.edges[line.key]) band(context, network, line);
  for (const item of drawn().items.values())
    if (item.area && network.body.nodes[item.key]) ring(context, network, item);
}

function band(context, network, line) {
  const [first] = changesOf(line.links);
  if (!first) return;
  const [change, count] = first;
  context.beginPath();
  for (let step = 0; step <= STEPS; step += 1) {
    const { x, y } = along(network, line, step / STEPS);
    context.lineTo(x, y);
  }
  context.lineCap = "round";
  context.strokeStyle = legend.changes[change].color;
  // Of many links, the more became so, the wider and stronger: single ones do not hide where there were many.
  context.globalAlpha = line.bundle ? Math.min(1, 0.25 + count / 10) : 1;
  context.lineWidth = line.bundle
    ? (1.5 + 3 * Math.log2(count)) / network.getScale()
    : shown().links.get(line.links[0]).width + 9;
  context.stroke();
  context.globalAlpha = 1;
  context.lineCap = "butt";
}

function ring(context, network, item) {
  const { x, y } = network.getPosition(item.key);
  const wide = RING / network.getScale();
  let from = -Math.PI / 2;
  context.lineWidth = wide;
  for (const [change, count] of changesOf(item.within)) {
    const to = from + (2 * Math.PI * count) / item.within.length;
    context.beginPath();
    context.arc(x, y, sizeOf(item) * 1.13 + wide, from, to);
    context.strokeStyle = legend.changes[change].color;
    context.stroke();
    from = to;
  }
}
