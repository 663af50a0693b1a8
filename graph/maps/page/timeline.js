// The bar under the picture: when things were told, and two handles that choose the months looked at.
import { choices, choose, onChoice } from "./choices.js";
import { button, byId, make } from "./dom.js";
import { axis, histogram } from "./histogram.js";
import { firstDay, lastDay, lookedAt, monthCount, monthName, monthOf } from "./months.js";
import { comparing } from "./shown.js";
import { countParts, countsNow } from "./tally.js";

const SPAN = 30_000; // milliseconds that playing the whole time takes, if a month then is neither too quick nor too slow
const APART = 12; // months between the two that are compared first

const part = {}; // name -> element
let waiting = null; // choices to be taken at the next frame
let player = 0;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export function startTimeline() {
  const bar = byId("timeline");
  if (!monthCount) {
    bar.append(make("p", "Nothing here has a date, so there are no months to choose.", "still"));
    return;
  }
  part.text = make("output", undefined, "looked");
  // It is said once when a move ends, not at each step of playing.
  part.text.setAttribute("aria-live", "off");
  part.counts = make("span", undefined, "counts");
  part.reset = button("Whole time", wholeTime, "");
  const words = make("div", [part.text, part.counts], "words");
  const top = make("div", [words, part.reset], "top");
  bar.append(top);
  if (monthCount > 1) {
    part.play = button("Play", playMonths, "play");
    part.compare = make("input");
    part.compare.type = "checkbox";
    part.compare.id = "compare";
    part.compare.addEventListener("change", compareMonths);
    top.prepend(part.play);
    words.prepend(pickers());
    top.append(make("label", [part.compare, "Compare two months"], "tick"));
    const { picture, bars } = histogram();
    part.bars = bars;
    bar.append(make("div", [picture, slider("since"), slider("until")], "track"), axis());
  }
  part.reset.title = "Everything that was ever told";
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !player) return;
    stopPlaying();
    sayMonths();
  });
  onChoice(refreshTimeline);
  refreshTimeline();
}

/** Where the two handles stand. */
const handles = () => ({
  since: choices.since === null ? 0 : monthOf(choices.since),
  until: choices.until === null ? monthCount - 1 : monthOf(choices.until),
});

/** The choice that a handle's month makes: nothing at the ends of the range, but for the two months of a comparison. */
function meant(name, place) {
  // What ended is gone by a day, not "now", which is the whole time.
  if (choices.compare) return { [name]: lastDay(place) };
  if (name === "until") return { until: place === monthCount - 1 ? null : lastDay(place) };
  return { since: place === 0 ? null : firstDay(place) };
}

/** Move a handle; the other one gives way. Many moves between two frames are one. */
function putHandle(name, place) {
  const now = handles();
  const changes = meant(name, place);
  if (name === "since" && place > now.until) Object.assign(changes, meant("until", place));
  if (name === "until" && place < now.since) Object.assign(changes, meant("since", place));
  if (!waiting) requestAnimationFrame(takeWaiting);
  waiting = { ...waiting, ...changes };
}

function takeWaiting() {
  const changes = waiting;
  waiting = null;
  if (changes) choose(changes);
}

function slider(name) {
  const range = make("input", undefined, name);
  Object.assign(range, { type: "range", min: 0, max: monthCount - 1, step: 1 });
  range.style.setProperty("--steps", (monthCount - 1) / monthCount);
  range.addEventListener("input", () => {
    stopPlaying();
    putHandle(name, Number(range.value));
  });
  range.addEventListener("change", () => {
    takeWaiting();
    sayMonths();
  });
  part[name] = range;
  return range;
}

/** The two months of a comparison can be picked from lists too. */
function pickers() {
  part.pickers = make("span", undefined, "pickers");
  for (const [name, label] of [
    ["since", "Before"],
    ["until", "After"],
  ]) {
    const list = make("select");
    list.append(
      ...Array.from({ length: monthCount }, (_, place) => {
        const option = make("option", monthName(place));
        option.value = place;
        return option;
      }),
    );
    list.addEventListener("change", () => {
      putHandle(name, Number(list.value));
      takeWaiting();
      sayMonths();
    });
    part[`${name}List`] = list;
    part.pickers.append(make("label", [`${label} `, list]));
  }
  return part.pickers;
}

function playMonths() {
  if (player) {
    stopPlaying();
    sayMonths();
    return;
  }
  const { until } = handles();
  if (until === monthCount - 1) choose({ until: lastDay(handles().since) });
  else if (calm()) nextMonth();
  if (calm()) {
    sayMonths();
    return;
  }
  player = setInterval(nextMonth, Math.min(Math.max(SPAN / monthCount, 120), 700));
  refreshTimeline();
}

function nextMonth() {
  const { until } = handles();
  choose(meant("until", Math.min(until + 1, monthCount - 1)));
  if (until + 1 < monthCount - 1) return;
  stopPlaying();
  sayMonths();
}

function stopPlaying() {
  if (!player) return;
  clearInterval(player);
  player = 0;
  refreshTimeline();
}

function compareMonths() {
  stopPlaying();
  const { since, until } = handles();
  if (!part.compare.checked) {
    const last = choices.until === lastDay(monthCount - 1);
    choose({ compare: false, since: null, ...(last && { until: null }) });
  } else {
    const before = choices.since === null || since === until ? Math.max(until - APART, 0) : since;
    // A month compared with itself tells nothing.
    const after = before === until ? lastDay(until + 1) : (choices.until ?? lastDay(until));
    choose({ compare: true, since: lastDay(before), until: after });
  }
  sayMonths();
}

function wholeTime() {
  stopPlaying();
  const focused = document.activeElement === part.reset;
  choose({ since: null, until: null, compare: false });
  // The button is gone.
  if (focused) (part.play ?? byId("network")).focus({ preventScroll: true });
  sayMonths();
}

const sayMonths = () => {
  byId("said").textContent = `${lookedAt()}: ${countsNow()}`;
};

function refreshTimeline() {
  part.text.textContent = lookedAt();
  part.counts.replaceChildren(...countParts());
  part.reset.hidden = choices.since === null && choices.until === null && !choices.compare;
  if (monthCount === 1) return;
  const now = handles();
  part.compare.checked = choices.compare;
  part.pickers.hidden = !comparing();
  part.play.hidden = comparing();
  // The lists say it already, and a bar of one height does not push the picture about.
  part.text.classList.toggle("unseen", comparing());
  const running = player ? "Pause" : "Play";
  part.play.textContent = calm() ? "Next month" : running;
  for (const [name, words] of Object.entries(
    comparing() ? { since: "Before", until: "After" } : { since: "Told from", until: "As of" },
  )) {
    const range = part[name];
    range.value = now[name];
    range.setAttribute("aria-label", words);
    range.setAttribute("aria-valuetext", monthName(now[name]));
    part[`${name}List`].value = now[name];
  }
  // A handle stands where its month starts or ends, so that two never lie on each other but in a comparison.
  part.since.style.setProperty("--from", comparing() ? 1 / monthCount : 0);
  part.until.style.setProperty("--from", 1 / monthCount);
  const onTop = now.since > monthCount / 2 ? part.since : part.until;
  for (const range of [part.since, part.until]) range.style.zIndex = range === onTop ? 2 : 1;
  const start = comparing() ? now.since + 1 : now.since;
  const inside = (place) => place <= now.until && place >= start;
  for (const { place, rect } of part.bars) rect.classList.toggle("inside", inside(place));
}
