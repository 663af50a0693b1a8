// The map inside another page, and the address that points at one entity: `#embed`, `#at=Bolton NHS Foundation Trust`.
import { network } from "./canvas.js";
import { choices, onChoice } from "./choices.js";
import { entities } from "./data.js";
import { button, byId, make } from "./dom.js";
import { find } from "./finding.js";
import { cut } from "./quotes.js";
import { whole } from "./view.js";

const LONGEST_NAME = 200; // letters of a name that an address may hold
const NOTED = 8000; // milliseconds that a line lies over the picture

const askedFor = () => new URLSearchParams(location.hash.slice(1));
const foldedName = (text) => text.normalize("NFKC").trim().toLowerCase();

export function startEmbed() {
  if (window.parent !== window || askedFor().has("embed")) compact();
  addEventListener("hashchange", goTo);
  goTo();
  onChoice((changes) => {
    if (!("selected" in changes)) return;
    forgetNote();
    remember();
  });
}

/** The picture fills the frame; the rest waits behind a button. */
function compact() {
  const { dataset } = document.documentElement;
  dataset.mode = "embed";
  document.querySelector("#hint .tabled").remove(); // there is none
  const opener = button(
    "Key and filters",
    () => {
      if (dataset.controls === "open") delete dataset.controls;
      else dataset.controls = "open";
    },
    "fold",
  );
  // The keyboard's way to the search opens the controls too.
  new MutationObserver(() => opener.setAttribute("aria-expanded", dataset.controls === "open")).observe(
    document.documentElement,
    {
      attributeFilter: ["data-controls"],
    },
  );
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", "controls");
  const bar = make("div", [opener], "bar");
  // A page without an address of its own can't be opened again.
  if (/^(https?|file|blob):/.test(location.protocol)) bar.append(wholeLink());
  document.querySelector("header").append(bar);
  network.redraw(); // in the room that there is now
  whole();
}

function wholeLink() {
  const link = make("a", "Open the whole map");
  link.target = "_blank";
  link.rel = "noopener";
  const aim = () => {
    const name = addressOf(choices.selected);
    link.href = `${location.href.split("#")[0]}${name === null ? "" : `#at=${encodeURIComponent(name)}`}`;
  };
  aim();
  onChoice((changes) => {
    if ("selected" in changes) aim();
  });
  return link;
}

/** The entity of an id, a name, another name or a code, in this order; undefined for none. */
function entityOf(text) {
  const wanted = foldedName(text);
  return (
    entities.find((entity) => entity.page.id === text) ??
    entities.find((entity) => foldedName(entity.page.name) === wanted) ??
    entities.find((entity) => entity.page.names.some((name) => foldedName(name) === wanted))
  );
}

/** What an address says for an entity: its name, where that finds it; else its id; null where neither does. */
function addressOf(selection) {
  const entity = selection && entities[selection.entity];
  if (!entity) return null;
  const finds = (text) => text !== undefined && text.length <= LONGEST_NAME && entityOf(text) === entity;
  return [entity.page.name, entity.page.id].find(finds) ?? null;
}

let note = null; // in the picture
let noteEnds = 0;

function goTo() {
  const name = askedFor().get("at");
  const found = name === null ? undefined : entityOf(name);
  forgetNote();
  if (name?.trim() && !found) tellNobody(cut(name.trim(), 80));
  if (found && choices.selected?.entity !== found.id) find(found);
}

function tellNobody(name) {
  const words = "No such name on this map: ";
  byId("said").textContent = words + name;
  note = make("p", [words, make("bdi", name)], "note");
  byId("stage").append(note);
  noteEnds = setTimeout(forgetNote, NOTED);
}

function forgetNote() {
  clearTimeout(noteEnds);
  note?.remove();
}

/** Keep the address in step, so that it can be copied into a mail. */
function remember() {
  const parts = [];
  if (askedFor().has("embed")) parts.push("embed");
  const name = addressOf(choices.selected);
  if (name !== null) parts.push(`at=${encodeURIComponent(name)}`);
  try {
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.href.split("#")[0]);
  } catch (error) {
    // A frame without an address of its own may not write one.
    if (error.name !== "SecurityError") throw error;
  }
}
