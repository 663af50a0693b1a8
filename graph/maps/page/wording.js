// What a saved picture and paper say of what is drawn: how much of the map it is, what was left out, what it rests on.
import { onlyText } from "./around.js";
import { choices } from "./choices.js";
import { briefings, entities, heading, legend, links, look } from "./data.js";
import { counted } from "./dom.js";
import { lookedAt } from "./months.js";
import { cut, heard } from "./quotes.js";
import { dated, shown } from "./shown.js";

const NAMED = 8; // filters
const LISTED = 430; // characters of titles

const isPerson = (number) => entities[number].page.kind === "person";

/** "13 organisations", "24 of 31 links"; "" where the map has none. */
function share(number, all, one) {
  if (!all) return "";
  return number === all ? counted(all, one[0], one[1]) : `${number.toLocaleString("en-GB")} of ${counted(all, ...one)}`;
}

/** What is drawn, in numbers: "13 organisations · 24 of 31 links · 40 statements · 12 briefings". */
export function countsText() {
  const { entities: left, links: standing } = shown();
  if (!dated() && left.size === entities.length && standing.size === links.length) return heading.summary;
  const people = [...left].filter(isPerson).length;
  const allPeople = entities.filter(({ id }) => isPerson(id)).length;
  const said = statements();
  return [
    share(left.size - people, entities.length - allPeople, ["organisation"]),
    share(people, allPeople, ["person", "people"]),
    share(standing.size, links.length, ["link"]),
    said.length ? counted(said.length, "statement") : "",
    said.length ? counted(new Set(said.map(({ briefing }) => briefing)).size, "briefing") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

const statements = () => [...shown().links.keys()].flatMap((number) => heard(links[number]));

/** "All that was told, …"; less is claimed where filters leave something out. */
export const timeText = () => (leftOut() ? lookedAt().replace(/^All that/, "Of what") : lookedAt());

/** A caption within a sentence: "holds role", but "NHS trust". */
const within = (caption) => (/^.[A-Z]/.test(caption) ? caption : caption[0].toLowerCase() + caption.slice(1));

/** What the filters hide: "Left out: disputes, holds role, what is less than 60% sure."; "" for nothing. */
export function leftOut() {
  const { kinds, predicates, manners, statuses, least, only } = choices;
  const named = [];
  for (const [group, hidden] of Object.entries({ kinds, predicates, manners }))
    for (const [name, { caption }] of Object.entries(legend[group])) if (hidden.has(name)) named.push(within(caption));
  for (const one of statuses) {
    const [manner, status] = one.split("|");
    if (!manners.has(manner)) named.push(`${within(legend.manners[manner].caption)}: ${status || "no status told"}`);
  }
  if (named.length > NAMED) named.splice(NAMED - 1, named.length, `${named.length - NAMED + 1} more kinds`);
  // What is less sure than the map was asked to be was never in it.
  if (least > look.sure) named.push(`what is less than ${Math.round(100 * least)}% sure`);
  const hidden = named.length ? [`Left out: ${named.join(", ")}.`] : [];
  if (only && only.size < entities.length) hidden.unshift(`Only ${cut(onlyText(), 160)}${beyondText()}.`);
  return hidden.join(" ");
}

const beyondText = () =>
  choices.beyond ? `, but for ${counted(choices.beyond, "of the neighbours", "of the neighbours")}` : "";

/** What the facts rest on: the newest briefings first, as many as there is room for. */
export function basisText() {
  const found = [...new Set(statements().map(({ briefing }) => briefing))].map((number) => briefings[number]);
  const register = [...shown().links.keys()].some((number) => links[number].page.register);
  const parts = [
    ...(found.length ? [counted(found.length, "briefing")] : []),
    ...(register ? ["the register of NHS organisations"] : []),
  ];
  if (!parts.length) return "Made with nhsgraph";
  found.sort((one, other) => (other.day ?? "").localeCompare(one.day ?? ""));
  const titles = [];
  let room = LISTED;
  for (const { title, published } of found) {
    const text = `${cut(title || "Untitled briefing", 120)} (${published})`;
    room -= text.length + 2;
    if (room < 0) break;
    titles.push(text);
  }
  if (titles.length && titles.length < found.length)
    titles.push(`and ${(found.length - titles.length).toLocaleString("en-GB")} more`);
  return `Made with nhsgraph from ${parts.join(" and ")}${titles.length ? `: ${titles.join("; ")}` : ""}`;
}
