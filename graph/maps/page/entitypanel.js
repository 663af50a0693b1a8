// The panel about an entity: what it is, what it came from, how it measures, and its links by kind.
import { choices, choose } from "./choices.js";
import { entities, legend, linksAt, linkTitle, plainLabel } from "./data.js";
import { button, counted, dayText, make } from "./dom.js";
import { fold, paged } from "./folds.js";
import { select, whole } from "./network.js";
import { cited, factList, heard, turnOf } from "./quotes.js";
import { comparing, shown, stateAt } from "./shown.js";

const FEW = 4; // links: so many lie unfolded
const EAGER_UP_TO = 60;
const LINKS_A_PAGE = 25;
const SUCCESSION = "SUCCEEDED_BY";

/** A name as a button that goes there. */
export const entityButton = (number) => {
  const opener = button("", () => select({ entity: number }, { move: true }));
  opener.append(make("bdi", plainLabel(entities[number])));
  return opener;
};

export function entityPanel(entity) {
  const all = linksAt[entity.id].filter((link) => link.page.predicate !== SUCCESSION);
  const mine = all.filter((link) => shown().links.has(link.id));
  const groups = grouped(mine);
  return [
    make("h2", [make("bdi", entity.page.name)]),
    factList(entity.page.facts),
    ...lineage(entity),
    make("h3", "On this map"),
    factList(measures(entity), "tally"),
    narrowing(entity),
    ...groups.map(([title, list]) => linkGroup(entity, title, list, mine.length)),
    ...(mine.length ? [] : [make("p", "No links are shown.")]),
    ...unseen(all),
  ];
}

/** What it came from and what it passed into, by the register: never hidden by a filter. */
function lineage(entity) {
  const steps = linksAt[entity.id].filter((link) => link.page.predicate === SUCCESSION && link.from !== link.to);
  if (!steps.length) return [];
  const items = steps.map((link) => {
    const came = link.to === entity.id;
    const { since } = link.page.states[0];
    const row = make("p", [
      make("span", came ? "Came after" : "Passed into", "way"),
      entityButton(came ? link.from : link.to),
    ]);
    if (since) row.append(make("span", dayText(since), "says"));
    row.className = "step lineage";
    return row;
  });
  return [make("h3", "Lineage"), ...paged("lineage", items, 12, (item) => item)];
}

function measures(entity) {
  return Object.entries(entity.page.values).map(([name, value]) => {
    const above = entities.filter((other) => other.page.values[name] > value).length;
    const text = name === "between" ? `${(value * 100).toFixed(1)}%` : value.toLocaleString("en-GB");
    const rank =
      value > 0 && entities.length > 1 ? ` · ${ordinal(above + 1)} of ${entities.length.toLocaleString("en-GB")}` : "";
    const caption = legend.measures[name] ?? name;
    return [
      `${caption[0].toUpperCase()}${caption.slice(1)}${name === choices.measure ? " (told by size)" : ""}`,
      text + rank,
    ];
  });
}

function ordinal(number) {
  const suffix = { one: "st", two: "nd", few: "rd", other: "th" }[
    new Intl.PluralRules("en-GB", { type: "ordinal" }).select(number)
  ];
  return `${number.toLocaleString("en-GB")}${suffix}`;
}

function narrowing(entity) {
  const row = make("div", undefined, "row");
  const ofOnly = choices.only;
  row.append(
    button(
      "Only this and its neighbours",
      () => {
        const near = linksAt[entity.id].filter((link) => shown().links.has(link.id));
        choose({ only: new Set([entity.id, ...near.flatMap((link) => [link.from, link.to])]) });
        whole();
      },
      "",
    ),
  );
  if (ofOnly) {
    row.append(
      button(
        "Show all again",
        () => {
          choose({ only: null });
          whole();
        },
        "",
      ),
    );
  }
  return row;
}

/** Links by title, in the legend's order: [[title, links]], each list with the newest first. */
function grouped(list) {
  const order = Object.keys(legend.predicates);
  const groups = new Map();
  for (const link of list) {
    const title = linkTitle(link);
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(link);
  }
  const rank = ([, [first]]) => 2 * order.indexOf(first.page.predicate) + (first.page.register ? 1 : 0);
  const newest = (link) => stateAt(link, choices.until)?.last ?? "";
  for (const group of groups.values()) group.sort((one, other) => newest(other).localeCompare(newest(one)));
  return [...groups].sort((one, other) => rank(one) - rank(other));
}

function linkGroup(entity, title, list, among) {
  const eager = among <= EAGER_UP_TO;
  const fill = () =>
    paged(`more ${title}`, list, LINKS_A_PAGE, (link) => oneLink(entity, link, { open: among <= FEW, eager }));
  return fold(`group ${title}`, [title, make("span", ` ${list.length.toLocaleString("en-GB")}`, "count")], fill, {
    open: eager,
    eager,
    className: "group",
  });
}

function oneLink(entity, link, how) {
  const { predicate } = link.page;
  const { alone, caption, sides } = legend.predicates[predicate];
  const state = shown().links.get(link.id) ?? stateAt(link, choices.until);
  const there = link.from === entity.id;
  const other = alone
    ? []
    : [`${sides[there ? 0 : 1]} `, make("bdi", plainLabel(entities[there ? link.to : link.from]))];
  // The group's title says it already.
  const said = other.length && state.caption === caption.toLowerCase() ? "" : state.caption;
  const line = make("span", [...other, other.length && said ? ": " : "", said]);
  if (comparing()) line.append(changed(link));
  const all = () => button("All about this link", () => select({ link: link.id }, { move: true }));
  return fold(`link ${link.id}`, [line], () => [...heard(link).flatMap((said) => cited(said)), all()], how);
}

/** A mark that says what became of a link between two days. */
export function changed(link) {
  const change = shown().changes.get(link.id);
  if (change === "new") return make("mark", "new");
  const turn = turnOf(link, choices.since, choices.until);
  return turn ? make("mark", `was: ${turn[0]}`) : "";
}

/** How many of its links are not shown, and why. */
function unseen(all) {
  const gone = all.filter((link) => !shown().links.has(link.id));
  const later = gone.filter((link) => !stateAt(link, choices.until)).length;
  const hidden = gone.length - later;
  const lines = [];
  if (hidden)
    lines.push(
      make("p", `${hidden.toLocaleString("en-GB")} more ${hidden === 1 ? "is" : "are"} hidden by filters.`, "remark"),
    );
  if (later)
    lines.push(make("p", `${counted(later, "link")} first reported after ${dayText(choices.until)}.`, "remark"));
  return lines;
}
