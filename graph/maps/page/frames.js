// What lies under the discs: the page's colour, the frames of open groups, a halo around who was asked for.
import { bands } from "./bands.js";
import { choices } from "./choices.js";
import { entities, legend } from "./data.js";
import { styled } from "./dom.js";
import { drawn, framed } from "./drawn.js";
import { sizeOf } from "./looks.js";

const TITLE = 22; // pixels on the screen that a frame's name takes

/** Drawn before the network, in its coordinates. */
export function frames(context, network) {
  // The page's colour, so that a saved picture is not see-through.
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = styled("--paper");
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  const scale = network.getScale();
  for (const area of framed()) frame(context, area, scale);
  bands(context, network);
  for (const item of drawn().items.values())
    if (item.area && network.body.nodes[item.key]) ring(context, item, network);
  context.fillStyle = styled("--halo");
  context.globalAlpha = 0.55;
  for (const item of drawn().items.values()) {
    if (!item.inside.some((number) => entities[number].page.focus) || !network.body.nodes[item.key]) continue;
    const { x, y } = network.getPosition(item.key);
    context.beginPath();
    context.arc(x, y, sizeOf(item) * (item.area ? 1.2 : 1) + 9, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Around a closed group: of which kinds those in it are. */
function ring(context, item, network) {
  const { x, y } = network.getPosition(item.key);
  const size = sizeOf(item);
  const counts = new Map();
  for (const member of item.inside)
    counts.set(entities[member].page.kind, (counts.get(entities[member].page.kind) ?? 0) + 1);
  let from = -Math.PI / 2;
  context.lineWidth = size * 0.13;
  for (const [kind, { color }] of Object.entries(legend.kinds)) {
    if (!counts.has(kind)) continue;
    const to = from + (2 * Math.PI * counts.get(kind)) / item.inside.length;
    context.beginPath();
    context.arc(x, y, size * 1.065, from, to);
    context.strokeStyle = color;
    context.stroke();
    from = to;
  }
}

function frame(context, area, scale) {
  const picked = choices.selected?.area === area.key;
  context.beginPath();
  context.roundRect(area.x - area.width / 2, area.y - area.height / 2, area.width, area.height, 14);
  context.fillStyle = styled("--frame");
  context.fill();
  context.lineWidth = (picked ? 2.5 : 1) / scale;
  context.strokeStyle = styled(picked ? "--ink" : "--rule");
  context.stroke();
}

/** The open group whose name stands at a place of the picture. */
export function frameAt({ x, y }, network) {
  const high = TITLE / network.getScale();
  return framed().findLast((area) => {
    const top = area.y - area.height / 2;
    return Math.abs(x - area.x) < area.width / 2 && y > top && y < top + high;
  });
}
