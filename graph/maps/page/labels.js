// Labels, drawn over the network: a steady size on the screen, the most important first, none over another.
import { choices } from "./choices.js";
import { entities, legend, links } from "./data.js";
import { counted, styled } from "./dom.js";
import { drawn, framed } from "./drawn.js";
import { sizeOf } from "./looks.js";
import { keyOf, near, unchanged } from "./near.js";
import { shown } from "./shown.js";

const CELL = 48; // pixels of the grid that finds what is in the way
const WRAP = 20; // letters of a group's name on a line
const KNOWN = 14; // so many of the most important are named even where discs are in the way

/** Drawn after the network, in pixels of the screen. */
export function labels(context, network) {
  const paper = new Paper(context, network);
  const kept = near();
  // While data change, vis-network may draw before it has all of it.
  for (const item of drawn().items.values()) if (network.body.nodes[item.key]) paper.disc(item);
  for (const area of framed()) frameName(paper, area);
  for (const [rank, item] of inOrder().entries()) itemLabel(paper, item, kept, rank < KNOWN);
  captions(paper, kept);
  context.restore();
}

const first = (key) =>
  key === keyOf(choices.selected ?? {}, drawn().itemOf) || key === keyOf(choices.pointed ?? {}, drawn().itemOf);

/** The most important first: what is picked or pointed at, who was asked for, then by the measure. */
const inOrder = () =>
  [...drawn().items.values()]
    .map((item) => [item, rank(item)])
    .sort((one, other) => other[1] - one[1])
    .map(([item]) => item);

function rank(item) {
  if (first(item.key)) return 1e9;
  if (item.area) return 1e6 + item.count;
  const { values, focus } = entities[item.entity].page;
  return (values[choices.measure] + (focus ? 2e6 : 0)) * (unchanged(item) ? 1e-6 : 1);
}

/** The screen's pixels, and what on them is taken. */
class Paper {
  constructor(context, network) {
    const { clientWidth: width, clientHeight: height } = context.canvas;
    Object.assign(this, { context, network, width, height, scale: network.getScale() });
    this.taken = new Map();
    this.spots = new Map();
    this.ink = styled("--ink");
    this.soft = styled("--soft");
    this.family = getComputedStyle(document.body).fontFamily;
    const ratio = context.canvas.width / this.width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = styled("--paper");
  }

  disc(item) {
    const { x, y } = this.network.canvasToDOM(this.network.getPosition(item.key));
    const radius = sizeOf(item) * this.scale;
    if (x < -radius - 60 || y < -radius - 40 || x > this.width + radius + 60 || y > this.height + radius + 40) return;
    this.spots.set(item.key, { x, y, radius });
    // A group's name is written on it.
    if (!item.area) this.take([x - radius, y - radius, x + radius, y + radius, item.key]);
  }

  *cells(box) {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1)
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) yield `${x}:${y}`;
  }

  /** Whether nothing is in the way but `own`'s disc; `over`: discs may be. */
  clear(box, own, over = false) {
    const hit = (other) =>
      other[4] !== own &&
      !(over && other[4]) &&
      box[0] < other[2] &&
      box[2] > other[0] &&
      box[1] < other[3] &&
      box[3] > other[1];
    for (const cell of this.cells(box)) if (this.taken.get(cell)?.some(hit)) return false;
    return true;
  }

  take(box) {
    for (const cell of this.cells(box)) {
      if (this.taken.has(cell)) this.taken.get(cell).push(box);
      else this.taken.set(cell, [box]);
    }
  }

  inside(box) {
    return box[0] > 0 && box[1] > 0 && box[2] < this.width && box[3] < this.height;
  }

  font(weight, size) {
    this.context.font = `${weight} ${size}px ${this.family}`;
  }

  /** Half the width and half the height of lines of text. */
  half(lines, step) {
    return [Math.max(...lines.map((text) => this.context.measureText(text).width)) / 2 + 2, (step * lines.length) / 2];
  }

  write(lines, x, y, step, fill, halo) {
    for (const [row, text] of lines.entries()) {
      const at = y + (row - (lines.length - 1) / 2) * step;
      this.context.lineWidth = halo;
      this.context.strokeText(text, x, at);
      this.context.fillStyle = fill;
      this.context.fillText(text, x, at);
    }
  }
}

function frameName(paper, area) {
  const { x, y } = paper.network.canvasToDOM({ x: area.x - area.width / 2, y: area.y - area.height / 2 });
  const wide = area.width * paper.scale;
  paper.font(600, 12);
  for (const text of [area.name.slice(0, 60), fitting(paper.context, area.name, wide - 20)]) {
    const half = paper.context.measureText(text).width / 2;
    const box = [x + 8, y + 3, x + 12 + 2 * half, y + 21, null];
    if (!text || !paper.clear(box, undefined)) continue;
    paper.take(box);
    paper.write([text], x + 10 + half, y + 12, 0, paper.soft, 3);
    return;
  }
}

/** A text cut to a width, empty where nothing of it would be left. */
function fitting(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let end = Math.min(text.length, 200);
  while (end > 3 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return end > 3 ? `${text.slice(0, end).trimEnd()}…` : "";
}

function itemLabel(paper, item, kept, known) {
  const spot = paper.spots.get(item.key);
  if (!spot || (kept && !kept.items.has(item.key))) return;
  if (item.area) areaLabel(paper, item, spot);
  else entityLabel(paper, item, spot, known);
}

function areaLabel(paper, item, spot) {
  const small = spot.radius < 45;
  paper.font(600, small ? 11 : 13);
  const lines = wrapped(small ? shorter(item.area) : item.area.name);
  const step = small ? 13 : 16;
  const [wide, high] = paper.half(lines, step);
  const box = [spot.x - wide, spot.y - high, spot.x + wide, spot.y + high, null];
  if (!first(item.key) && !paper.clear(box, undefined)) return;
  paper.take(box);
  paper.write(lines, spot.x, spot.y, step, paper.ink, 3.5);
}

/** "Bolton, Wigan and 40 more" as "Bolton + 41". */
function shorter(area) {
  const [lead, ...rest] = area.name.split(", ");
  return rest.length ? `${lead} + ${area.all.length - 1}` : lead;
}

function wrapped(text) {
  const lines = [""];
  for (const word of text.slice(0, 120).split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > WRAP) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.slice(0, 4);
}

function entityLabel(paper, item, spot, known) {
  const entity = entities[item.entity];
  const { focus } = entity.page;
  const must = first(item.key) || focus;
  const size = focus ? 15 : 12.5;
  const step = size * 1.18;
  paper.font(must ? 700 : 500, size);
  const lines = entity.label.split("\n");
  const [wide, high] = paper.half(lines, step);
  const out = spot.radius + 3;
  const aside = spot.radius * 0.7 + 3;
  const spotsAround = [
    [0, out + high],
    [0, -out - high],
    [out + wide, 0],
    [-out - wide, 0],
    [aside + wide, aside + high],
    [-aside - wide, aside + high],
    [aside + wide, -aside - high],
    [-aside - wide, -aside - high],
  ];
  const boxes = spotsAround.map(([dx, dy]) => [
    spot.x + dx - wide,
    spot.y + dy - high,
    spot.x + dx + wide,
    spot.y + dy + high,
    item.key,
  ]);
  const free = boxes.map((box) => (paper.clear(box, item.key) ? (paper.inside(box) ? 2 : 1) : 0));
  const best = Math.max(...free);
  let picked = free.indexOf(best);
  if (!best) {
    picked = known || must ? boxes.findIndex((box) => paper.clear(box, item.key, true)) : -1;
    if (picked < 0 && must) picked = 0;
    if (picked < 0) return;
  }
  // A label is in everybody's way, a disc only in that of lesser labels.
  paper.take([...boxes[picked].slice(0, 4), null]);
  const fill = unchanged(item) ? paper.soft : paper.ink;
  paper.write(lines, spot.x + spotsAround[picked][0], spot.y + spotsAround[picked][1], step, fill, 3.5);
}

/** Words on the links: on all of a small map, else on those pointed at or at what is selected. */
function captions(paper, kept) {
  const { lines } = drawn();
  const { links: standing, changes } = shown();
  paper.font(400, 11);
  const pointed = keyOf(choices.pointed ?? {}, drawn().itemOf);
  // Loops first: their captions have the fewest places to go.
  for (const line of [...lines.values()].sort((a, b) => (b.from === b.to) - (a.from === a.to))) {
    const asked = pointed === line.key || kept?.lines.has(line.key);
    if (!paper.network.body.edges[line.key] || !(asked || (choices.captions && !kept && !line.bundle))) continue;
    const text = line.bundle ? counted(line.links.length, "link") : captionOf(links[line.links[0]], standing, changes);
    const [wide] = paper.half([text], 0);
    const shares = struckThrough(line, standing) ? [0.36, 0.64, 0.5] : [0.5, 0.38, 0.62];
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

function captionOf(link, standing, changes) {
  const { caption } = standing.get(link.id);
  const change = changes.get(link.id);
  return change === "new" || change === "changed" ? `${change}: ${caption}` : caption;
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

/** A point of a line as vis-network draws it; beside a loop, not on it. */
function along(network, line, share) {
  const { edgeType } = network.body.edges[line.key];
  if (line.from !== line.to) return edgeType.getPoint(share);
  const [x, y, size] = edgeType._getCircleData();
  const angle = links[line.links[0]].page.loop[1] + (share - 0.5) * 8;
  return { x: x + Math.cos(angle) * size, y: y - Math.sin(angle) * (size + 6) };
}
