// The picture for who uses no mouse, or hears it: arrow keys go from one to the next, and each step is said.
import { network, places } from "./canvas.js";
import { choices, choose } from "./choices.js";
import { ends, entities, heading, legend, links, linkTitle } from "./data.js";
import { byId, counted, make, styled } from "./dom.js";
import { drawn } from "./drawn.js";
import { keysDialog, keysOpener, singleKeys } from "./keys.js";
import { keyOf, selectionOf } from "./near.js";
import { enter, select } from "./network.js";
import { comparing, shown } from "./shown.js";
import { whole, zoom } from "./view.js";

const STEP = 90; // pixels of the screen that the picture moves at a time
const MARGIN = 70; // pixels at the picture's edge in which nothing that is pointed at stays
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

let itemAt = null; // key of the item that the keyboard is at
let lineAt = null; // key of the line

export function startKeyboard() {
  const picture = byId("network");
  picture.tabIndex = 0;
  picture.setAttribute("role", "application");
  picture.setAttribute("aria-roledescription", "map");
  picture.setAttribute("aria-label", `Map: ${heading.title.slice(0, 200)}`);
  const hint = make(
    "p",
    `${heading.summary}. Arrow keys go from one to the next, Enter reads about it, the question mark lists all keys.`,
    "unseen",
  );
  hint.append(make("span", " The table below holds the same facts.", "tabled"));
  hint.id = "hint";
  picture.setAttribute("aria-describedby", "hint");
  byId("stage").append(hint);
  const keys = keysDialog();
  byId("buttons").append(keysOpener(keys));
  picture.addEventListener("keydown", (event) => {
    if (event.target === picture && !event.ctrlKey && !event.metaKey && !event.altKey && inPicture(event))
      event.preventDefault();
  });
  // vis-network would be a stop of its own within the picture.
  picture.firstElementChild.removeAttribute("tabindex");
  picture.addEventListener("blur", () => {
    if (itemAt) choose({ pointed: null });
    lineAt = null;
  });
  addEventListener("keydown", (event) => anywhere(event, keys));
  network.on("afterDrawing", ring);
}

/** Keys that work while the picture has the focus. True where the key was one. */
function inPicture(event) {
  const way = WAYS[event.key];
  if (way) {
    if (event.shiftKey) pan(way);
    else stepTo(way);
  } else if (event.key === "Enter") readHere();
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-" || event.key === "−") zoom(1 / 1.3);
  else if (event.key === "0") whole();
  else if (event.key === "[") turnLink(-1);
  else if (event.key === "]") turnLink(1);
  else if (event.key === " ") crossLink();
  else return false;
  return true;
}

const typing = (target) => target.closest?.("input, select, textarea, [contenteditable]");

function anywhere(event, keys) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
  if (event.key === "Escape") {
    const inside = byId("details").contains(document.activeElement);
    lineAt = null;
    select(null);
    if (inside) byId("network").focus();
  } else if (singleKeys() && !typing(event.target) && (event.key === "/" || event.key === "?")) {
    event.preventDefault();
    if (event.key === "?") keys.showModal();
    else findName();
  }
}

function findName() {
  // In a small frame, the search is folded away.
  document.documentElement.dataset.controls = "open";
  byId("search").focus();
  byId("search").select();
}

/** Where the keyboard is, or what the reader selected; null where neither is drawn. */
function keyHere() {
  const { items, itemOf } = drawn();
  const asked = choices.selected && keyOf(choices.selected, itemOf);
  for (const key of [itemAt, asked]) if (items.has(key)) return key;
  return null;
}

/** Who the map is about, else what is nearest to the middle. */
function startingKey() {
  const { items } = drawn();
  const focus = [...items.values()].find((item) => item.entity !== undefined && entities[item.entity].page.focus);
  if (focus) return focus.key;
  const middle = network.getViewPosition();
  let best = null;
  for (const [key, { x, y }] of places()) {
    const far = Math.hypot(x - middle.x, y - middle.y);
    if (!best || far < best.far) best = { key, far };
  }
  return best?.key ?? null;
}

function stepTo([dx, dy]) {
  const from = keyHere();
  if (!from) {
    goToKey(startingKey());
    return;
  }
  const known = places();
  const { x, y } = known.get(from);
  let best = null;
  for (const [key, place] of known) {
    if (key === from) continue;
    const ahead = (place.x - x) * dx + (place.y - y) * dy;
    const aside = Math.abs((place.x - x) * dy) + Math.abs((place.y - y) * dx);
    // Within 60 degrees of the way; what lies aside counts as twice as far.
    if (ahead <= 0 || aside > 1.75 * ahead) continue;
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { key, far };
  }
  if (best) goToKey(best.key);
  else {
    pointAt(from);
    tellKey("Nothing farther that way");
  }
}

function goToKey(key) {
  if (!key) return;
  itemAt = key;
  lineAt = null;
  pointAt(key);
  tellKey(itemWords(drawn().items.get(key)));
}

/** Point at an item or a line, as the mouse would, and keep it in view. */
function pointAt(key) {
  const line = drawn().lines.get(key);
  const spots = (line ? [line.from, line.to] : [key]).map((one) => places().get(one));
  const place = { x: (spots[0].x + spots.at(-1).x) / 2, y: (spots[0].y + spots.at(-1).y) / 2 };
  keepInView(place);
  choose({ pointed: selectionOf(key), pointedAt: network.canvasToDOM(place) });
}

function keepInView(place) {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const { x, y } = network.canvasToDOM(place);
  const covered = byId("details").hidden ? 0 : byId("details").offsetWidth;
  const right = width - covered > 3 * MARGIN ? width - covered : width;
  if (x > MARGIN && y > MARGIN && x < right - MARGIN && y < height - MARGIN) return;
  network.moveTo({ position: place, offset: { x: (right - width) / 2, y: 0 }, animation: false });
}

function pan([dx, dy]) {
  const { x, y } = network.getViewPosition();
  const far = STEP / network.getScale();
  network.moveTo({ position: { x: x + dx * far, y: y + dy * far }, animation: false });
}

const linesAt = (key) => [...drawn().lines.values()].filter((line) => line.from === key || line.to === key);

/** The next or the previous link of the item. */
function turnLink(by) {
  const from = keyHere() ?? startingKey();
  if (!from) return;
  itemAt = from;
  const lines = linesAt(from);
  if (!lines.length) {
    tellKey("No links");
    return;
  }
  const now = lines.findIndex((line) => line.key === lineAt);
  const next = now < 0 && by < 0 ? lines.length - 1 : (now + by + lines.length) % lines.length;
  lineAt = lines[next].key;
  pointAt(lineAt);
  tellKey(`Link ${next + 1} of ${lines.length}. ${lineWords(lines[next])}`);
}

function crossLink() {
  const line = drawn().lines.get(lineAt);
  if (line) goToKey(line.from === itemAt ? line.to : line.from);
}

function readHere() {
  const key = drawn().lines.has(lineAt) ? lineAt : keyHere();
  const item = drawn().items.get(key);
  if (!key) return;
  if (item?.area) {
    itemAt = null;
    enter(item.area);
    tellKey(`${item.area.name.slice(0, 200)} is open, ${counted(item.inside.length, "entry", "entries")}`);
    return;
  }
  select(selectionOf(key));
  tellKey(`Details open: ${byId("details-title").textContent}. Tab leads there.`);
}

function itemWords(item) {
  const many = counted(linesAt(item.key).length, item.area ? "line" : "link");
  if (item.area)
    return `${item.area.name.slice(0, 200)}, closed group of ${item.inside.length.toLocaleString("en-GB")}, ${many}`;
  const { name, kind } = entities[item.entity].page;
  return `${name.slice(0, 200)}, ${legend.kinds[kind].caption}, ${many}`;
}

function lineWords(line) {
  const link = links[line.links[0]];
  if (line.bundle) {
    const named = [line.from, line.to]
      .map((key) => drawn().items.get(key))
      .map((item) => (item.area ? item.area.name : entities[item.entity].page.name).slice(0, 200));
    return `${counted(line.links.length, "link")} between ${named[0]} and ${named[1]}`;
  }
  const state = shown().links.get(link.id);
  const [source, target] = ends(link);
  const change = comparing() ? `, ${shown().changes.get(link.id)}` : "";
  return `${linkTitle(link)}: ${source}${target ? ` to ${target}` : ""}, ${state.caption}${change}`;
}

const tellKey = (words) => {
  byId("said").textContent = words;
};

/** A ring around where the keyboard is; around both ends of a link. */
function ring(context) {
  if (!byId("network").matches(":focus-visible:not(.saving)")) return;
  const line = drawn().lines.get(lineAt);
  context.save();
  context.strokeStyle = styled("--accent");
  context.lineWidth = 2.5 / network.getScale();
  for (const key of line ? [line.from, line.to] : [itemAt]) {
    if (!drawn().items.has(key)) continue;
    const { left, right, top, bottom } = network.getBoundingBox(key);
    context.beginPath();
    const radius = Math.max(right - left, bottom - top) / 2 + 5 / network.getScale();
    context.arc((left + right) / 2, (top + bottom) / 2, radius, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}
