// The legend of what is drawn, for a saved picture and for paper: its signs, what they stand for, how many there are.
import { choices } from "./choices.js";
import { entities, legend, links } from "./data.js";
import { svgPart } from "./dom.js";
import { drawn } from "./drawn.js";
import { comparing, shown } from "./shown.js";

const GROUPS = { kinds: "Who", predicates: "Links", manners: "How they stand" };
const BECAME = { new: "New", changed: "Changed", same: "The same" };

/** [{name, signs: [{caption, count, sign: an SVG element}]}] of what is drawn. */
export function signs() {
  const counts = countsOf(shown());
  const found = Object.entries(GROUPS).map(([group, name]) => ({
    name,
    signs: [...document.querySelectorAll(`#key input[data-group="${group}"]`)]
      .filter((box) => counts[group].has(box.value))
      .map((box) => ({
        caption: legend[group][box.value].caption,
        count: counts[group].get(box.value),
        sign: box.parentElement.querySelector("svg"),
      })),
  }));
  if (comparing()) found.unshift({ name: "What changed", signs: changeSigns() });
  return found.filter(({ signs: some }) => some.length);
}

function countsOf({ entities: left, links: standing }) {
  const counts = { kinds: new Map(), predicates: new Map(), manners: new Map() };
  const add = (group, name) => counts[group].set(name, (counts[group].get(name) ?? 0) + 1);
  for (const number of left) add("kinds", entities[number].page.kind);
  for (const [number, state] of standing) {
    add("predicates", links[number].page.predicate);
    add("manners", state.manner);
  }
  return counts;
}

function changeSigns() {
  const became = [...shown().changes.values()];
  return Object.entries(BECAME).map(([change, caption]) => ({
    caption,
    count: became.filter((one) => one === change).length,
    sign: changeSign(legend.changes[change]?.color),
  }));
}

/** A line on the band of a change; a faint one where there is none. */
function changeSign(color) {
  const sign = svgPart("svg", { class: "line", viewBox: "0 0 44 14", "aria-hidden": "true" });
  const [line, band] = [
    { d: "M3,7H41", fill: "none" },
    { d: "M6,7H38", fill: "none", "stroke-linecap": "round" },
  ];
  if (color) sign.append(svgPart("path", { ...band, stroke: color, "stroke-width": 11 }));
  sign.append(svgPart("path", { ...line, stroke: "var(--ink)", "stroke-width": 2, opacity: color ? 1 : 0.25 }));
  return sign;
}

/** What the signs don't tell. */
export function remarks() {
  const list = [`Size: ${legend.measures[choices.measure]}.`];
  const groups = [...drawn().items.values()].some((item) => item.area);
  if (groups)
    list.push("A ring is a closed group, coloured by who is in it; a line to it stands for all links into it.");
  if (comparing() && groups)
    list.push(
      "A band between groups has the colour of what most of the links became that are new or changed; the band around a group tells of the links within it.",
    );
  return list;
}
