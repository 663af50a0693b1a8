// The list of the picture's keys, and the switch for those that work anywhere.
import { button, make } from "./dom.js";

const KEYS = [
  ["← → ↑ ↓", "to the nearest one in that direction"],
  ["Enter", "open its details, to which Tab leads; open a closed group"],
  ["[ and ]", "through its links, one after the other"],
  ["Space", "to the other end of the link"],
  ["Shift and ← → ↑ ↓", "move the picture"],
  ["+ and −", "closer and farther"],
  ["0", "the whole map"],
  ["/", "find a name"],
  ["Esc", "close what is open, select nothing"],
  ["?", "this list"],
];

let letters = true; // who speaks to the computer may want them off

/** Whether / and ? work wherever the focus is. */
export const singleKeys = () => letters;

/** The button in the picture that opens the list. */
export function keysOpener(keys) {
  const opener = button("?", () => keys.showModal(), "");
  opener.setAttribute("aria-label", "Keys");
  opener.title = "Keys";
  return opener;
}

/** The list of keys. */
export function keysDialog() {
  const box = make("dialog", undefined, "keys");
  const rows = KEYS.map(([key, what]) => make("tr", [make("th", key), make("td", what)]));
  for (const row of rows) row.firstChild.scope = "row";
  const title = make("h2", "Keys");
  title.id = "keystitle";
  box.setAttribute("aria-labelledby", "keystitle");
  const single = make("input");
  single.type = "checkbox";
  single.checked = true;
  single.addEventListener("change", () => {
    letters = single.checked;
  });
  box.append(
    title,
    make("p", "They work while the picture has the focus: go to it with Tab, or click it. / and ? work anywhere."),
    make("table", [make("tbody", rows)]),
    make("label", [single, "/ and ? work anywhere"], "tick"),
    button("Close", () => box.close(), "close"),
  );
  document.body.append(box);
  return box;
}
