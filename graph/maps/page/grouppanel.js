// The panel about a group, closed or open, and about the links between two groups.
import { choices } from "./choices.js";
import { entities, legend, links } from "./data.js";
import { button, counted, make } from "./dom.js";
import { closeArea, closed, drawn } from "./drawn.js";
import { entityButton } from "./entitypanel.js";
import { paged } from "./folds.js";
import { enter, select } from "./network.js";
import { endsText, factList, titleCounts } from "./quotes.js";
import { shown } from "./shown.js";

const FIRST_MEMBERS = 12;
const FIRST_LINKS = 50;

const bdi = (text) => make("bdi", text);
const tally = (pairs) =>
  factList(
    pairs.map(([label, count]) => [label, count.toLocaleString("en-GB")]),
    "tally",
  );

export function groupPanel(area) {
  if (!area) return [make("h2", "Group"), make("p", "It is no part of this arrangement.")];
  const members = membersOf(area);
  const gone = area.all.length - members.length;
  const row = make("div", undefined, "row");
  if (closed(area)) row.append(button("Open this group", () => enter(area), ""));
  else {
    row.append(
      button(
        "Close this group",
        () => {
          closeArea(area);
          select({ area: area.key }, { move: true });
        },
        "",
      ),
    );
  }
  return [
    make("h2", [bdi(area.name)]),
    make(
      "p",
      `${members.length.toLocaleString("en-GB")} inside${gone ? `, ${gone.toLocaleString("en-GB")} more not shown` : ""}`,
    ),
    row,
    ...inner(area),
    make("h3", "Most linked"),
    ...list("members", byWeight(members), FIRST_MEMBERS, (number) => entityButton(number)),
    make("h3", "Who is inside"),
    tally(kindCounts(members)),
    ...traffic(members),
  ];
}

/** "4", "32 of 35" where not all are shown: the name of a group counts them all. */
const shareText = (count, all) =>
  `${count.toLocaleString("en-GB")}${count < all ? ` of ${all.toLocaleString("en-GB")}` : ""}`;

const membersOf = (area) => area.all.filter((number) => shown().entities.has(number));

function byWeight(members) {
  const weight = (number) => entities[number].page.values[choices.measure] ?? 0;
  return [...members].sort((one, other) => weight(other) - weight(one));
}

function kindCounts(members) {
  const counts = new Map();
  for (const number of members)
    counts.set(entities[number].page.kind, (counts.get(entities[number].page.kind) ?? 0) + 1);
  return Object.keys(legend.kinds)
    .filter((kind) => counts.has(kind))
    .map((kind) => [legend.kinds[kind].caption, counts.get(kind)]);
}

function inner(area) {
  if (!area.areas.length) return [];
  const smaller = area.areas.map((one) => [one, membersOf(one).length]).filter(([, count]) => count);
  const element = ([one, count]) => {
    const opener = button("", () => select({ area: one.key }, { move: !closed(area) }));
    opener.append(bdi(one.name));
    return make("p", [opener, make("span", shareText(count, one.all.length), "count")], "step sum");
  };
  return [make("h3", "Smaller groups in it"), ...paged("groups", smaller, FIRST_MEMBERS, element)];
}

/** Links inside it and out of it, by kind of link. */
function traffic(members) {
  const within = new Set(members);
  const inside = [];
  const across = [];
  for (const number of shown().links.keys()) {
    const { from, to } = links[number];
    if (within.has(from) && within.has(to)) inside.push(links[number]);
    else if (within.has(from) || within.has(to)) across.push(links[number]);
  }
  const part = (title, list) =>
    list.length ? [make("h3", `${title} (${list.length.toLocaleString("en-GB")})`), tally(titleCounts(list))] : [];
  return [...part("Links inside it", inside), ...part("Links with others", across)];
}

/** Links between two groups, or a group and an entity, drawn as one line. */
export function bundlePanel(line) {
  if (!line) return [make("h2", "Links"), make("p", "They are no longer drawn as one line.")];
  const found = line.links.map((number) => links[number]);
  const sides = make("p", [endButton(line.from), " – ", endButton(line.to)], "ends");
  return [
    make("h2", counted(found.length, "link")),
    sides,
    tally(titleCounts(found)),
    make("h3", "Each of them"),
    ...list("links", found, FIRST_LINKS, (link) => {
      const opener = button("", () => select({ link: link.id }));
      opener.append(bdi(endsText(link)));
      return make("span", [opener, make("span", shown().links.get(link.id).caption, "says")]);
    }),
  ];
}

function endButton(key) {
  const item = drawn().items.get(key);
  if (!item.area) return entityButton(item.entity);
  const opener = button("", () => select({ area: key }, { move: true }));
  opener.append(bdi(item.area.name));
  return opener;
}

const list = (key, all, most, element) => paged(key, all, most, (one) => make("p", [element(one)], "step"));
