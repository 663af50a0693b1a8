// A picture with nothing in it says why, and leads back.
import { choices, choose, onChoice } from "./choices.js";
import { entities, look } from "./data.js";
import { button, byId, make } from "./dom.js";
import { drawn } from "./drawn.js";
import { showAll } from "./legend.js";
import { shown, standing } from "./shown.js";
import { whole } from "./view.js";

const HIDING = ["kinds", "predicates", "manners", "statuses"];

const nothingLeft = () => entities.length > 0 && !(shown().entities.size && drawn().items.size);

const filtering = () =>
  (choices.least > look.sure && standing().size > 0) ||
  choices.only !== null ||
  HIDING.some((name) => choices[name].size);

export function startEmpty() {
  const words = make("p");
  const note = make("div", [words, button("Show all", showEverything, "")], "nothing");
  byId("network").after(note);
  note.hidden = true;
  const tell = () => {
    const before = note.hidden;
    note.hidden = !nothingLeft();
    if (note.hidden) return;
    words.textContent = `Nothing is left: ${filtering() ? "the filters hide everything" : "nothing is told of this time"}`;
    if (before) byId("said").textContent = words.textContent;
  };
  onChoice(tell);
  tell();
}

function showEverything() {
  showAll();
  if (nothingLeft()) choose({ since: null, until: null, compare: false });
  whole();
  // The button is gone: go on in the picture.
  byId("network").focus({ preventScroll: true });
}
