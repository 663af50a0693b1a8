// The legend that filters: kinds, links, statuses, how sure; what sizes tell; how all is arranged.
import { choices, choose, onChoice } from "./choices.js";
import { arrangements, legend } from "./data.js";
import { byId, make } from "./dom.js";
import { mostOf, radiusOf } from "./looks.js";
import { arrange, whole } from "./network.js";

const boxes = () => document.querySelectorAll("#controls input[data-group]");

/** One checkbox: what it names is hidden while it is unchecked. */
function filter(box) {
  box.addEventListener("change", () => {
    const hidden = new Set(choices[box.dataset.group]);
    if (box.checked) hidden.delete(box.value);
    else hidden.add(box.value);
    choose({ [box.dataset.group]: hidden });
  });
}

function sizes() {
  const list = byId("sizes");
  const most = mostOf(choices.measure);
  const share = choices.measure === "between";
  const samples = share ? [most / 4, most] : [...new Set([1, Math.round(most / 4), most])].filter((value) => value > 0);
  const scale = 0.62;
  list.replaceChildren(
    ...samples.map((value) => {
      const sample = make("span", undefined, "disc");
      const size = `${2 * scale * radiusOf(value, choices.measure)}px`;
      Object.assign(sample.style, { width: size, height: size });
      return make("span", [sample, share ? `${(100 * value).toFixed(0)}%` : value.toLocaleString("en-GB")], "size");
    }),
  );
}

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
  byId("captions").checked = choices.captions;
  byId("captions").addEventListener("change", (event) => choose({ captions: event.target.checked }));
  options(
    byId("arrange"),
    arrangements.map(({ by, caption }) => [by, caption]),
    choices.arrangement.by,
  );
  byId("arranged").hidden = arrangements.length < 2;
  byId("arrange").addEventListener("change", (event) => arrange(event.target.value));
  options(byId("measure"), Object.entries(legend.measures), choices.measure);
  byId("measure").addEventListener("change", (event) => choose({ measure: event.target.value }));
  byId("all").addEventListener("click", () => {
    showAll();
    choose({ selected: null });
    whole();
  });
  onChoice((changes) => {
    if ("measure" in changes) sizes();
    if ("least" in changes) sure();
    // Who searches for something that is hidden clears filters too.
    for (const box of boxes())
      if (box.dataset.group in changes) box.checked = !choices[box.dataset.group].has(box.value);
  });
  sizes();
  sure();
}

function sure() {
  byId("least").value = Math.round(100 * choices.least);
  byId("sure").textContent = choices.least ? `at least ${Math.round(100 * choices.least)}%` : "all";
}
