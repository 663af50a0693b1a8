// The panel about an entity: what it is, what it came from, how it measures, and its links by kind.
import { centreOf, onlyAround } from "./around.js";
import { choices, choose } from "./choices.js";
import { entities, legend, linksAt, linkTitle, plainLabel } from "./data.js";
import { button, counted, dayText, make } from "./dom.js";
import { find } from "./finding.js";
import { fold, paged } from "./folds.js";
import { select } from "./network.js";
import { cited, endsText, factList, heard, turnOf } from "./quotes.js";
import { absence, comparing, dated, SUCCESSION, shown, standing, stateAt } from "./shown.js";
import { whole } from "./view.js";

const FEW = 4; // links: so many lie unfolded
const EAGER_UP_TO = 60;
const LINKS_A_PAGE = 25;

/** A name as a button that goes there, and clears the filters that hide it. */
export const entityButton = (number) => {
  const opener = button("", () => find(entities[number]));
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
    // Sizes tell the same, so that they don't change from day to day.
    make("h3", dated() ? "On this map, over the whole time" : "On this map"),
    factList(measures(entity), "tally"),
    ...narrowing(entity),
    ...groups.map(([title, list]) => linkGroup(entity, title, list, mine.length)),
    ...(mine.length ? [] : nothing(entity)),
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
  const narrow = (chosen) => {
    choose(chosen);
    whole();
  };
  row.append(button("Only this and its neighbours", () => narrow(onlyAround(entity)), ""));
  // Where the map is no more than these, nothing is hidden.
  if (choices.only && choices.only.size < entities.length)
    row.append(button("Show all again", () => narrow({ only: null }), ""));
  if (!choices.only || !choices.beyond || centreOf(choices.only) !== entity) return [row];
  const [drawn, all] = [choices.only.size - 1, choices.only.size - 1 + choices.beyond];
  return [
    row,
    make("p", `${drawn} of its ${all.toLocaleString("en-GB")} neighbours, those most is said of.`, "remark"),
  ];
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
function changed(link) {
  const change = shown().changes.get(link.id);
  if (change === "new") return make("mark", "new");
  const turn = turnOf(link, choices.since, choices.until);
  return turn ? make("mark", `was: ${turn[0]}`) : "";
}

/** In place of links: whether filters hide them, or the day does. */
function nothing(entity) {
  if (!dated() || linksAt[entity.id].some((link) => standing().has(link.id))) return [make("p", "No links are shown.")];
  const { since, until } = choices;
  const day = until === null ? `from ${dayText(since)} on` : `as of ${dayText(until)}`;
  const row = make("p", [button("Show the whole time", () => find(entity, { days: true }), "")], "row");
  // Who was asked for is drawn all the same.
  return [make("p", `Not linked ${day}.`), ...(shown().entities.has(entity.id) ? [] : [row])];
}

/** Links whose ends did not both exist on the day: over since when or not before when, each with a button to all of it. */
function beyond(list) {
  const items = list.map((link) => {
    const opener = button("", () => select({ link: link.id }, { move: true }));
    opener.append(make("bdi", endsText(link)));
    return make(
      "p",
      [opener, make("span", `${linkTitle(link)}: ${absence(link, choices.until).text}`, "says")],
      "step",
    );
  });
  return items.length ? [make("h3", "Not on this day"), ...paged("beyond", items, 12, (item) => item)] : [];
}

/** How many of its links are not shown, and why. */
function unseen(all) {
  const gone = all.filter((link) => !shown().links.has(link.id));
  const why = new Map(gone.map((link) => [link, absence(link, choices.until)?.why]));
  const later = gone.filter((link) => why.get(link) === "unreported").length;
  const other = gone.filter((link) => ["over", "before"].includes(why.get(link)));
  const hidden = gone.length - later - other.length;
  const lines = [];
  if (hidden)
    lines.push(
      make("p", `${hidden.toLocaleString("en-GB")} more ${hidden === 1 ? "is" : "are"} hidden by filters.`, "remark"),
    );
  if (later)
    lines.push(make("p", `${counted(later, "link")} first reported after ${dayText(choices.until)}.`, "remark"));
  return [...lines, ...beyond(other)];
}
