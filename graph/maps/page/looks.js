// How a disc and a line look: by kind and measure, by predicate and how firm, by what changed.
import { choices } from "./choices.js";
import { entities, legend, links } from "./data.js";
import { shown } from "./shown.js";

const { smallest, largest, focus: extra } = legend.sizes; // pixels

/** The largest value of a measure. */
export const mostOf = (measure) => Math.max(0, ...entities.map((entity) => entity.page.values[measure] ?? 0));
const most = new Map();

/** Pixels of a disc: its area follows its share of the largest value. */
export function radiusOf(value, measure) {
  if (!most.has(measure)) most.set(measure, mostOf(measure));
  return smallest + (largest - smallest) * Math.sqrt(most.get(measure) ? value / most.get(measure) : 0);
}

function mixed(hex, other, share) {
  const part = (text, at) => Number.parseInt(text.slice(at, at + 2), 16);
  const mix = (at) => Math.round(part(hex, at) * (1 - share) + part(other, at) * share);
  return `#${[1, 3, 5].map((at) => mix(at).toString(16).padStart(2, "0")).join("")}`;
}

/** Radius of an item as drawn: of a closed group, nearly the place that it takes when open. */
export function sizeOf(item) {
  if (item.area) return 0.42 * Math.min(item.area.width, item.area.height);
  const { values, focus } = entities[item.entity].page;
  return radiusOf(values[choices.measure], choices.measure) + (focus ? extra : 0);
}

export const itemLook = (item, ink, panel) => ({
  size: sizeOf(item),
  ...(item.area ? areaLook(panel, ink) : entityLook(entities[item.entity], ink)),
});

function entityLook(entity, ink) {
  const look = { background: entity.color, border: mixed(entity.color, ink, 0.45) };
  const strong = { ...look, border: ink };
  return {
    shape: entity.shape,
    color: { ...look, highlight: strong, hover: strong },
    borderWidth: 1.2,
    borderWidthSelected: 3,
  };
}

function areaLook(panel, ink) {
  const look = { background: panel, border: mixed(panel, ink, 0.4) };
  const strong = { background: panel, border: ink };
  return { shape: "dot", color: { ...look, highlight: strong, hover: strong }, borderWidth: 1, borderWidthSelected: 3 };
}

export function lineLook(line, faint, scale) {
  return line.bundle ? bundleLook(line, faint, scale) : linkLook(links[line.links[0]], faint);
}

function linkLook(link, faint) {
  const { links: standing, changes } = shown();
  const state = standing.get(link.id);
  const style = legend.predicates[link.page.predicate];
  const manner = legend.manners[state.manner];
  const color = manner.color ?? style.color;
  const change = changes.get(link.id);
  const head = { enabled: true, type: style.arrow ?? "arrow", scaleFactor: 0.55 };
  const none = { enabled: false };
  const { bend, loop } = link.page;
  return {
    color: { color, highlight: color, hover: color, opacity: faint ? 0.1 : change === "same" ? 0.25 : 1 },
    width: state.width,
    dashes: manner.dash ?? false,
    arrows: {
      to: style.arrow ? head : none,
      from: style.arrow && style.both ? head : none,
      middle: none,
    },
    smooth: bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false,
    ...(loop && { selfReference: { size: loop[0], angle: loop[1], renderBehindTheNode: true } }),
  };
}

/** Many links as one line: in the colour of the most frequent kind of link, as wide on the screen however far away.
 * Where two days are compared, it tells of those that are new or changed. */
function bundleLook(line, faint, scale) {
  const { changes } = shown();
  const told = changes.size ? line.links.filter((number) => changes.get(number) !== "same") : line.links;
  const counts = new Map();
  for (const number of told.length ? told : line.links)
    counts.set(links[number].page.predicate, (counts.get(links[number].page.predicate) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  const { color } = legend.predicates[first];
  const none = { enabled: false };
  return {
    color: {
      color,
      highlight: color,
      hover: color,
      opacity: faint || !told.length ? 0.06 : Math.min(0.6, 0.12 + told.length / 40),
    },
    width: (0.5 + Math.log2(Math.max(told.length, 1))) / scale,
    dashes: false,
    arrows: { to: none, from: none, middle: none },
    smooth: false,
  };
}
