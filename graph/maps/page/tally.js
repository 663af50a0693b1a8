// How many links stand in the time looked at, and what became of them, in the words of the bar of months.
import { choices } from "./choices.js";
import { legend, links } from "./data.js";
import { counted, make } from "./dom.js";
import { comparing, shown } from "./shown.js";

/** "12 new · 3 changed · 40 the same · 1 gone", or how many links stand. */
export function countsNow() {
  const { links: standing, changes, gone } = shown();
  if (!comparing()) {
    const undated = links.filter((link) => standing.has(link.id) && always(link)).length;
    const lasting =
      undated && (choices.since !== null || choices.until !== null)
        ? ` · ${undated.toLocaleString("en-GB")} without a date always stand`
        : "";
    const share = standing.size < links.length ? `${standing.size.toLocaleString("en-GB")} of ` : "";
    return `${share}${counted(links.length, "link")}${lasting}`;
  }
  const many = (change) => [...changes.values()].filter((one) => one === change).length.toLocaleString("en-GB");
  const became = Object.entries(BECAME).map(([change, words]) => `${many(change)} ${words}`);
  if (gone.size) became.push(`${gone.size.toLocaleString("en-GB")} gone`);
  return became.join(" · ");
}

/** Whether a link stands on any day. */
const always = ({ page }) => page.states[0].since === null && page.lived.every((day) => day === null);

const BECAME = { new: "new", changed: "changed", same: "the same" };

/** The same as parts of an element, with the colours of what became new or changed. */
export function countParts() {
  const swatches = comparing() ? Object.values(legend.changes) : [];
  return countsNow()
    .split(" · ")
    .flatMap((text, number) => {
      const swatch = make("i", undefined, "swatch");
      if (swatches[number]) swatch.style.background = swatches[number].color;
      return [...(number ? [" · "] : []), ...(swatches[number] ? [swatch] : []), text];
    });
}
