// The search: any name, acronym or code of an entity, or the name of a group; what is chosen is brought to the middle.
import { choices } from "./choices.js";
import { entities, legend, plainLabel } from "./data.js";
import { byId, counted, make } from "./dom.js";
import { openArea } from "./drawn.js";
import { find } from "./finding.js";
import { select } from "./network.js";
import { cut } from "./quotes.js";

const LISTED = 40;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", "&": " and " };

let index = null; // [{entity, names: [folded], all}]
let hits = [];
let active = -1;

/** Without case, accents and marks: letters and digits in words. */
export const folded = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}|['’`]/gu, "")
    .replace(/[ßæœøłđ&]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** How well a name fits: it is what was asked for, starts so, has words that start so, has it, has its words; else 0. */
function fitness(name, asked, words) {
  if (name === asked) return 6;
  if (name.startsWith(asked)) return 5;
  if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 4;
  if (name.includes(asked)) return 3;
  return words.every((word) => name.includes(word)) ? 2 : 0;
}

function indexed() {
  index ??= entities.map((entity) => {
    const names = [...new Set([...entity.page.names, plainLabel(entity)].map(folded))];
    return { entity, names, all: names.join(" | ") };
  });
  return index;
}

/** Entities and groups that fit, best first: [{entity} or {area}]. */
function hitsOf(text) {
  const asked = folded(text);
  if (!asked) return [];
  const words = asked.split(" ");
  const found = [];
  for (const { entity, names, all } of indexed()) {
    // Words that stand in different names of one entity: better than nothing.
    if (!words.every((word) => all.includes(word))) continue;
    const score = Math.max(1, ...names.map((name) => fitness(name, asked, words)));
    found.push({ entity, score, weight: entity.page.values[choices.measure] ?? 0, name: names[0] });
  }
  for (const area of choices.arrangement.areas) {
    const name = folded(area.name);
    const score = fitness(name, asked, words);
    if (score) found.push({ area, score, weight: area.all.length, name });
  }
  return found.sort(
    (one, other) => other.score - one.score || other.weight - one.weight || one.name.localeCompare(other.name),
  );
}

/** Names the entity goes by and the kind it is of, or how many a group holds. */
function hitOption(hit, number) {
  const item = make("li");
  item.id = `hit-${number}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const name = hit.area ? hit.area.name : plainLabel(hit.entity);
  item.append(
    make("bdi", cut(name, 120)),
    make("small", hit.area ? `Group of ${hit.area.all.length.toLocaleString("en-GB")}` : beside(hit.entity, name)),
  );
  // The search keeps the focus.
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => take(number));
  return item;
}

/** What tells entities of like names apart: the name that was asked for or that an acronym stands for, and the kind. */
function beside(entity, label) {
  const { page } = entity;
  const asked = folded(byId("search").value);
  const kind = legend.kinds[page.kind].caption;
  const meant = folded(label).includes(asked) ? undefined : page.names.find((name) => folded(name).includes(asked));
  const other = meant ?? page.name;
  const worth = folded(other) !== folded(label) && (meant !== undefined || !label.includes(" "));
  return worth ? `${cut(other, 90)} · ${kind}` : kind;
}

function listHits() {
  const text = byId("search").value;
  hits = hitsOf(text);
  active = -1;
  byId("found").replaceChildren(...hits.slice(0, LISTED).map(hitOption));
  const first = hits.length > LISTED ? `, the best ${LISTED} listed` : "";
  byId("hits").textContent = hits.length ? `${counted(hits.length, "name")} found${first}` : "No such name on this map";
  expand(Boolean(text.trim()));
}

function expand(open) {
  byId("search").setAttribute("aria-expanded", String(open && hits.length > 0));
  byId("search").removeAttribute("aria-activedescendant");
  byId("finds").hidden = !open;
}

function mark(number) {
  const items = [...byId("found").children];
  if (!items.length) return;
  active = (number + items.length) % items.length;
  for (const [place, item] of items.entries()) item.setAttribute("aria-selected", String(place === active));
  items[active].scrollIntoView({ block: "nearest" });
  byId("search").setAttribute("aria-activedescendant", items[active].id);
}

function take(number) {
  const { entity, area } = hits[number];
  expand(false);
  // On a narrow screen the picture is above.
  byId("stage").scrollIntoView({ block: "nearest" });
  if (entity) find(entity, { days: true });
  else {
    // A group in a closed one is not drawn.
    if (area.parent) openArea(area.parent);
    select({ area: area.key }, { move: true });
  }
}

export function startSearch() {
  const search = byId("search");
  const found = byId("found");
  const finds = make("div");
  const count = make("p");
  finds.id = "finds";
  count.id = "hits";
  count.setAttribute("role", "status");
  found.replaceWith(finds);
  finds.append(count, found);
  finds.hidden = true;
  found.setAttribute("role", "listbox");
  found.setAttribute("aria-label", "Names found");
  const said = { role: "combobox", "aria-controls": "found", "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(said)) search.setAttribute(name, value);
  search.addEventListener("input", listHits);
  search.addEventListener("blur", () => expand(false));
  search.addEventListener("click", () => {
    if (search.value.trim() && finds.hidden) listHits();
  });
  search.addEventListener("keydown", keyed);
}

function keyed(event) {
  const { key } = event;
  const open = !byId("finds").hidden;
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (!open) listHits();
    mark(key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
  } else if (key === "Enter") {
    if (!open) listHits();
    if (hits.length) take(Math.max(active, 0));
  } else if (key === "Escape" && open) {
    expand(false);
    // This one closes the list, not the panel too.
    event.stopPropagation();
  } else return;
  event.preventDefault();
}
