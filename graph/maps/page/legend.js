// The legend that filters: kinds, links, statuses, how sure; what sizes tell; how all is arranged.
import { onlyText } from "./around.js";
import { choices, choose, onChoice } from "./choices.js";
import { arrangements, entities, heading, legend, links } from "./data.js";
import { byId, counted, make } from "./dom.js";
import { mostOf, radiusOf } from "./looks.js";
import { lookedAt } from "./months.js";
import { arrange } from "./network.js";
import { dated, shown, standing } from "./shown.js";
import { whole } from "./view.js";

const boxes = () => document.querySelectorAll("#controls input[data-group]");

/** Tell those who hear the page what a filter left; where it left nothing, the picture says so. */
function sayShown() {
  const { links: left, entities: who } = shown();
  if (who.size)
    byId("said").textContent = `${left.size.toLocaleString("en-GB")} of ${counted(links.length, "link")} shown`;
}

/** One checkbox: what it names is hidden while it is unchecked. */
function filter(box) {
  box.addEventListener("change", () => {
    const hidden = new Set(choices[box.dataset.group]);
    if (box.checked) hidden.delete(box.value);
    else hidden.add(box.value);
    choose({ [box.dataset.group]: hidden });
    sayShown();
  });
}

function sizes() {
  const list = byId("sizes");
  const most = mostOf(choices.measure);
  const share = choices.measure === "between";
  const samples = [...new Set(share ? [most / 4, most] : [1, Math.round(most / 4), most])].filter(
    (value) => value > 0 && value <= most,
  );
  const scale = 0.62;
  list.replaceChildren(
    ...samples.map((value) => {
      const sample = make("span", undefined, "disc");
      const size = `${2 * scale * radiusOf(value, choices.measure)}px`;
      Object.assign(sample.style, { width: size, height: size });
      return make("span", [sample, share ? `${(100 * value).toFixed(1)}%` : value.toLocaleString("en-GB")], "size");
    }),
  );
}

/** How many there are of each in the time looked at and the part of the map, whatever is hidden. */
function counts() {
  const found = new Map();
  const add = (key) => found.set(key, (found.get(key) ?? 0) + 1);
  const among = (number) => !choices.only || choices.only.has(number);
  const linked = new Set();
  let many = 0;
  for (const [number, state] of standing()) {
    const link = links[number];
    if (!among(link.from) || !among(link.to)) continue;
    many += 1;
    for (const end of [link.from, link.to]) linked.add(end);
    add(`predicates ${link.page.predicate}`);
    add(`manners ${state.manner}`);
    add(`statuses ${state.manner}|${state.status}`);
  }
  const there = entities.filter(
    (entity) => among(entity.id) && (!dated() || entity.page.focus || linked.has(entity.id)),
  );
  for (const entity of there) add(`kinds ${entity.page.kind}`);
  for (const box of boxes()) {
    const count = found.get(`${box.dataset.group} ${box.value}`) ?? 0;
    box.closest("label").querySelector(".count").textContent = count.toLocaleString("en-GB");
  }
  const part = dated() || choices.only !== null;
  document.documentElement.toggleAttribute("data-dated", part);
  // Sizes stay as they are, so that one day can be laid on another.
  document.querySelector("label[for=measure]").textContent = dated() ? "Size, over the whole time:" : "Size:";
  byId("summary").textContent = part ? summaryOf(many, there.length) : heading.summary;
}

/** In place of the counts of the whole map; as short as they are, so that nothing moves. */
const summaryOf = (many, who) =>
  `${[...(choices.only ? [onlyText()] : []), ...(dated() ? [lookedAt()] : [])].join(", ")}: ${many.toLocaleString("en-GB")} of ${counted(links.length, "link")}, ${who.toLocaleString("en-GB")} of ${counted(entities.length, "body or person", "bodies and people")}`;

/** Everything that was hidden is shown again. */
export function showAll() {
  for (const box of boxes()) box.checked = true;
  byId("least").value = 0;
  choose({ kinds: new Set(), predicates: new Set(), manners: new Set(), statuses: new Set(), least: 0, only: null });
}

function options(select, entries, now) {
  select.replaceChildren(
    ...entries.map(([value, text]) => {
      const option = make("option", text);
      option.value = value;
      option.selected = value === now;
      return option;
    }),
  );
}

export function startLegend() {
  for (const box of boxes()) filter(box);
  byId("least").addEventListener("input", (event) => choose({ least: Number(event.target.value) / 100 }));
  byId("least").addEventListener("change", sayShown);
  byId("captions").checked = choices.captions;
  byId("captions").addEventListener("change", (event) => choose({ captions: event.target.checked }));
  options(
    byId("arrange"),
    arrangements.map(({ by, caption }) => [by, caption]),
    choices.arrangement.by,
  );
  byId("arranged").hidden = arrangements.length < 2;
  byId("arrange").addEventListener("change", (event) => {
    arrange(event.target.value);
    byId("said").textContent = `Arranged: ${choices.arrangement.caption}`;
  });
  options(byId("measure"), Object.entries(legend.measures), choices.measure);
  byId("measure").addEventListener("change", (event) => choose({ measure: event.target.value }));
  byId("all").addEventListener("click", () => {
    showAll();
    choose({ selected: null });
    whole();
    sayShown();
  });
  onChoice((changes) => {
    if ("measure" in changes) sizes();
    if ("least" in changes) sure();
    // Who searches for something that is hidden clears filters too.
    for (const box of boxes())
      if (box.dataset.group in changes) box.checked = !choices[box.dataset.group].has(box.value);
  });
  onChoice((changes) => {
    if (["since", "until", "compare", "only"].some((name) => name in changes)) counts();
  });
  counts();
  sizes();
  sure();
}

function sure() {
  byId("least").value = Math.round(100 * choices.least);
  byId("sure").textContent = choices.least ? `at least ${Math.round(100 * choices.least)}%` : "all";
  byId("least").setAttribute("aria-valuetext", byId("sure").textContent);
}
