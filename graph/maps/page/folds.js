// Folded parts of the panel: their elements are made when they are unfolded, and long lists a page at a time.
import { button, make } from "./dom.js";

const unfolded = new Map(); // key -> whether the reader left it open

export const forgetFolds = () => unfolded.clear();

/** A part that unfolds. `fill` gives its elements, at once where `eager`, so that the browser's own search finds their text. */
export function fold(key, summary, fill, { open = false, eager = false, className } = {}) {
  const part = make("details", [make("summary", summary)], className);
  let filled = false;
  const unfold = () => {
    if (filled) return;
    filled = true;
    part.append(...fill());
  };
  part.open = unfolded.get(key) ?? open;
  if (part.open || eager) unfold();
  part.addEventListener("toggle", () => {
    unfolded.set(key, part.open);
    if (part.open) unfold();
  });
  return part;
}

/** Elements of a list, the first `most` of them and a button for the rest. */
export function paged(key, list, most, element) {
  if (list.length <= most || unfolded.get(key)) return list.map(element);
  const more = button(
    `Show all ${list.length.toLocaleString("en-GB")}`,
    () => {
      unfolded.set(key, true);
      const rest = list.slice(most).map(element);
      more.replaceWith(...rest);
      // The button is gone: go on at the first of what it brought.
      rest[0].querySelector("button, summary")?.focus({ preventScroll: true });
    },
    "plain more",
  );
  return [...list.slice(0, most).map(element), more];
}
