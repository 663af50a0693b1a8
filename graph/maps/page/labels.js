// Labels, drawn over the network: a steady size on the screen, the most important first, none over another.

import { captions, strikes } from "./captions.js";
import { choices } from "./choices.js";
import { entities } from "./data.js";
import { drawn, framed } from "./drawn.js";
import { fitting, shortened, shorter, squeezed, wrapped } from "./groupnames.js";
import { keyOf, near, unchanged } from "./near.js";
import { paperOf } from "./paper.js";

const KNOWN = 14; // so many of the most important are named even where discs are in the way

/** Drawn after the network, in pixels of the screen. */
export function labels(context, network) {
  const paper = paperOf(context, network);
  const kept = near();
  // While data change, vis-network may draw before it has all of it.
  for (const item of drawn().items.values()) if (network.body.nodes[item.key]) paper.disc(item);
  strikes(paper);
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
  if (item.area) return 1e6 + item.inside.length;
  const { values, focus } = entities[item.entity].page;
  return (values[choices.measure] + (focus ? 2e6 : 0)) * (unchanged(item) ? 1e-6 : 1);
}

function frameName(paper, area) {
  const { x, y } = paper.network.canvasToDOM({ x: area.x - area.width / 2, y: area.y - area.height / 2 });
  const wide = area.width * paper.scale;
  paper.font(600, 12);
  for (const text of [shortened(area.name, 60), fitting(paper.context, area.name, wide - 20)]) {
    const half = paper.context.measureText(text).width / 2;
    const box = [x + 8, y + 3, x + 12 + 2 * half, y + 21, null];
    // Members may be in the way: a frame without a name tells nothing.
    if (!text || !paper.clear(box, undefined, true)) continue;
    paper.take(box);
    paper.write([text], x + 10 + half, y + 12, 0, paper.soft, 3);
    return;
  }
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
  const step = small ? 13 : 16;
  const name = small ? shorter(item.area) : item.area.name;
  // Rather a part of the name, on the disc alone, than none.
  for (const lines of [wrapped(name), squeezed(paper.context, name, 2 * spot.radius)]) {
    const [wide, high] = paper.half(lines, step);
    const box = [spot.x - wide, spot.y - high, spot.x + wide, spot.y + high, null];
    if (!lines[0] || (!first(item.key) && !paper.clear(box, undefined))) continue;
    paper.take(box);
    paper.write(lines, spot.x, spot.y, step, paper.ink, 3.5);
    return;
  }
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
  // A label that the edge would cut is none.
  const fits = (over) => boxes.findIndex((box) => paper.inside(box) && paper.clear(box, item.key, over));
  let picked = fits(false);
  if (picked < 0) {
    picked = known || must ? fits(true) : -1;
    if (picked < 0 && must) picked = 0;
    if (picked < 0) return;
  }
  // A label is in everybody's way, a disc only in that of lesser labels.
  paper.take([...boxes[picked].slice(0, 4), null]);
  const fill = unchanged(item) ? paper.soft : paper.ink;
  paper.write(lines, spot.x + spotsAround[picked][0], spot.y + spotsAround[picked][1], step, fill, 3.5);
}
