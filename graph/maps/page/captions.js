// What is drawn on the lines: their captions, and the cross on links that are off.
import { along } from "./along.js";
import { changeWords } from "./bands.js";
import { choices } from "./choices.js";
import { legend, links } from "./data.js";
import { counted, styled } from "./dom.js";
import { drawn } from "./drawn.js";
import { keyOf } from "./near.js";
import { cut, turnOf } from "./quotes.js";
import { shown } from "./shown.js";

const LONGEST = 48; // characters

/** Words on the links: on all of a small map, else on those pointed at or at what is selected. */
export function captions(paper, kept) {
  const { lines } = drawn();
  const standing = shown().links;
  paper.font(400, 11);
  const pointed = keyOf(choices.pointed ?? {}, drawn().itemOf);
  const told = (line) => standing.get(line.links[0])?.statements ?? 0;
  // Loops first: their captions have the fewest places to go. Then what is told of most.
  const order = (a, b) => (b.from === b.to) - (a.from === a.to) || told(b) - told(a);
  for (const line of [...lines.values()].sort(order)) {
    const asked = pointed === line.key || kept?.lines.has(line.key);
    if (!paper.network.body.edges[line.key] || !(asked || (!kept && unasked(line)))) continue;
    const text = line.bundle ? sumOf(line) : cut(captionOf(links[line.links[0]], standing), LONGEST);
    const [wide] = paper.half([text], 0);
    const shares = struckThrough(line, standing) ? [0.36, 0.64, 0.5, 0.26, 0.74] : [0.5, 0.38, 0.62, 0.26, 0.74];
    for (const share of shares) {
      const { x, y } = beside(paper.network, line, share);
      const box = [x - wide, y - 7, x + wide, y + 7, null];
      if (!paper.clear(box, undefined)) continue;
      paper.take(box);
      paper.write([text], x, y, 0, asked ? paper.ink : paper.soft, 4);
      break;
    }
  }
}

// A caption keeps off the strike in the middle of a link that is off.
const struckThrough = (line, standing) => !line.bundle && legend.manners[standing.get(line.links[0]).manner].struck;

/** In a comparison what became new or changed is written, else whatever the reader wants written. */
function unasked(line) {
  if (line.bundle) return false;
  const change = shown().changes.get(line.links[0]);
  return change ? change !== "same" : choices.captions;
}

/** "12 links", "12 links, 3 new, 1 changed". */
function sumOf(line) {
  return [counted(line.links.length, "link"), ...changeWords(line.links)].join(", ");
}

function captionOf(link, standing) {
  const { caption } = standing.get(link.id);
  const change = shown().changes.get(link.id);
  if (change === "changed") return turnOf(link, choices.since, choices.until)?.join(" → ") ?? caption;
  return change === "new" ? `new: ${caption}` : caption;
}

/** The cross on links that are off. */
export function strikes(paper) {
  const standing = shown().links;
  const { context, network } = paper;
  for (const line of drawn().lines.values()) {
    if (!network.body.edges[line.key] || !struckThrough(line, standing)) continue;
    const { x, y } = network.canvasToDOM(along(network, line, 0.5));
    const faint = network.body.edges[line.key].options.color.opacity;
    const half = Math.min(6, Math.max(2.5, 7 * paper.scale));
    context.globalAlpha = faint;
    context.lineWidth = Math.max(1.2, half / 3);
    context.strokeStyle = legend.manners[standing.get(line.links[0]).manner].color;
    context.beginPath();
    for (const way of [-1, 1]) {
      context.moveTo(x - half, y - way * half);
      context.lineTo(x + half, y + way * half);
    }
    context.stroke();
    context.globalAlpha = 1;
  }
  context.strokeStyle = styled("--paper");
}

/** Where a caption stands, in pixels of the screen: just above the line, so that the line doesn't run through it. */
function beside(network, line, share) {
  const here = network.canvasToDOM(along(network, line, share));
  if (line.from === line.to) return here;
  const ahead = network.canvasToDOM(along(network, line, share + 0.05));
  const [dx, dy] = [ahead.x - here.x, ahead.y - here.y];
  const length = Math.hypot(dx, dy) || 1;
  // Straight above a level line, aside of a steep one.
  const side = dx < 0 ? 1 : -1;
  return { x: here.x - (side * dy * 8) / length, y: here.y + (side * dx * 8) / length };
}
