// The panel of details: what is selected, opened over the right of the picture, as of the day looked at.
import { choices, onChoice, same } from "./choices.js";
import { entities, links } from "./data.js";
import { button, byId } from "./dom.js";
import { drawn } from "./drawn.js";
import { entityPanel } from "./entitypanel.js";
import { forgetFolds } from "./folds.js";
import { bundlePanel, groupPanel } from "./grouppanel.js";
import { linkPanel } from "./linkpanel.js";
import { select } from "./network.js";

// Choices that change nothing of what the panel says.
const DEAF = new Set(["pointed", "pointedAt", "captions"]);

let about = null; // what the panel is about
let opener = null; // what had the focus before it opened

/** Close the panel; the focus goes back to where it was before. */
const closePanel = () => select(null);

function partsOf({ entity, link, area, bundle }) {
  if (entity !== undefined) return entityPanel(entities[entity]);
  if (link !== undefined) return linkPanel(links[link]);
  if (bundle !== undefined) return bundlePanel(drawn().lines.get(bundle));
  return groupPanel(choices.arrangement.areas.find((one) => one.key === area));
}

function refresh() {
  const panel = byId("details");
  const { selected } = choices;
  const another = !same(selected, about);
  about = selected;
  const focused = document.activeElement;
  const inside = panel.contains(focused);
  if (!selected) {
    panel.hidden = true;
    panel.replaceChildren();
    if (another && (inside || focused === document.body))
      (opener?.isConnected ? opener : byId("network")).focus({ preventScroll: true });
    opener = null;
    return;
  }
  if (panel.hidden) opener = focused === document.body ? null : focused;
  if (another) forgetFolds();
  const [title, ...parts] = partsOf(selected);
  title.id = "details-title";
  title.tabIndex = -1;
  const close = button("×", closePanel, "close");
  close.setAttribute("aria-label", "Close");
  const { scrollTop } = panel;
  const place = inside ? [...panel.querySelectorAll("button, summary, a")].indexOf(focused) : -1;
  panel.replaceChildren(close, title, ...parts);
  panel.hidden = false;
  panel.scrollTop = another ? 0 : scrollTop;
  // Whoever came by keyboard goes on in the panel; the picture keeps its focus, so that arrow keys go on there.
  if (another && (inside || focused.closest("#search, #found, #table"))) {
    title.focus({ preventScroll: true });
    // In a window of a few lines, the picture is longer than the window.
    title.scrollIntoView({ block: "nearest" });
  } else if (inside) (panel.querySelectorAll("button, summary, a")[place] ?? title).focus({ preventScroll: true });
}

export function startPanel() {
  const panel = byId("details");
  panel.removeAttribute("aria-label");
  panel.setAttribute("aria-labelledby", "details-title");
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    closePanel();
  });
  onChoice((changes) => {
    if ((choices.selected || about) && Object.keys(changes).some((name) => !DEAF.has(name))) refresh();
  });
  refresh();
}
