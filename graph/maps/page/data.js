// What the map knows, as `html.py` told it: entities, links, briefings, arrangements, looks. Nothing here changes.
import { byId } from "./dom.js";

const told = await unpack(byId("data").textContent.trim());

/** The text is JSON, or where it was long, JSON compressed and in base64. */
async function unpack(text) {
  if (text.startsWith("{")) return JSON.parse(text);
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** number -> {id, label, shape, color, size, x, y, page: {id (text), name, kind, facts, names, focus, values}} */
export const entities = told.nodes;
/** number -> {id, from, to, page: {predicate, register, bend, loop?, lived: [first, last day or null], states,
 * said: [{briefing, text, says, confidence}]}} */
export const links = told.edges;
/** number -> {title, published (words), day (ISO or null), source} */
export const briefings = told.briefings;
const upright = innerHeight > 1.3 * innerWidth;
/** [{by, caption, closed, places: [[x, y]], areas}], the first one is what the page opens with */
export const arrangements = told.arrangements.map(flattened);
/** {since, until, compare, measure, sure (0 to 1: how sure links must be)}: what the page shows first */
export const look = told.look;
/** name -> look and caption: {kinds, predicates, manners, measures, changes}; and {sizes, captions, most_lines} */
export const legend = told.legend;
export const heading = { title: told.title, summary: told.summary };

/** number of an entity -> its links */
export const linksAt = entities.map(() => []);
for (const link of links) for (const end of new Set([link.from, link.to])) linksAt[end].push(link);

/** Every day on which a briefing told something, as ISO text, in order. */
export const days = [...new Set(briefings.map((briefing) => briefing.day))].filter(Boolean).sort();

/** The same places for a page that is higher than wide. */
function turned({ places, areas, ...rest }) {
  const turn = ({ x, y, width, height, areas: inner, ...same }) => ({
    ...same,
    x: y,
    y: x,
    width: height,
    height: width,
    areas: inner.map(turn),
  });
  return { ...rest, places: places.map(([x, y]) => [y, x]), areas: areas.map(turn) };
}

/** Areas of an arrangement as one list, outer ones first: each knows its key, its parent, all that is in it. */
function flattened(told) {
  const arrangement = upright ? turned(told) : told;
  const list = [];
  const walk = (area, parent) => {
    const found = { ...area, key: `a${list.length}`, parent, areas: [], all: [...area.members] };
    list.push(found);
    for (const inner of area.areas) {
      const child = walk(inner, found);
      found.areas.push(child);
      found.all.push(...child.all);
    }
    return found;
  };
  for (const area of arrangement.areas) walk(area, null);
  const home = new Map();
  for (const area of list) for (const member of area.members) home.set(member, area);
  return { ...arrangement, areas: list, home };
}

export const plainLabel = (entity) => entity.label.replaceAll("\n", " ");
/** The words for both ends of a link; a deficit has one. */
export const ends = (link) => [
  plainLabel(entities[link.from]),
  legend.predicates[link.page.predicate].alone ? "" : plainLabel(entities[link.to]),
];
export const linkTitle = (link) =>
  legend.predicates[link.page.predicate].caption + (link.page.register ? " (register)" : "");
