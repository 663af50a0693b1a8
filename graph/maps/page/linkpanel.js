// The panel about a link: how it stands on the day looked at, how it came to that, and every statement behind it.
import { choices } from "./choices.js";
import { ends, linkTitle } from "./data.js";
import { button, counted, dayText, make } from "./dom.js";
import { drawn } from "./drawn.js";
import { entityButton } from "./entitypanel.js";
import { paged } from "./folds.js";
import { select } from "./network.js";
import { basis, between, cited, factList, heard, laterThan, reportedText, turnOf } from "./quotes.js";
import { absence, comparing, shown, stateAt } from "./shown.js";

const A_PAGE_OF_QUOTES = 50;

export function linkPanel(link) {
  const sides = make("p", [entityButton(link.from)], "ends");
  if (ends(link)[1]) sides.append(` ${between(link)} `, entityButton(link.to));
  return [
    make("h2", linkTitle(link)),
    sides,
    ...standing(link),
    ...compared(link),
    ...history(link),
    ...statements(link),
  ];
}

function standing(link) {
  const state = stateAt(link, choices.until);
  if (!state) return [make("p", notThere(absence(link, choices.until)), "remark")];
  const facts = [...state.attributes];
  const when = reportedText(link, state);
  if (when) facts.push([link.page.register ? "Date" : "Reported", when]);
  facts.push([link.page.register ? "Source" : "Evidence", basis(link)]);
  if (!link.page.register) facts.push(["Confidence", `${Math.round(state.confidence * 100)}%`]);
  const parts = [factList(facts)];
  if (choices.until) parts.unshift(make("p", `As of ${dayText(choices.until)}`, "asof"));
  if (!shown().links.has(link.id)) parts.push(make("p", "Filters hide it in the picture.", "remark"));
  else if (!drawn().lines.has(`l${link.id}`))
    parts.push(
      make("p", [button("Show it in the picture", () => select({ link: link.id }, { move: true }), "")], "row"),
    );
  return parts;
}

const notThere = ({ why, text }) =>
  why === "unreported"
    ? `Nothing had been reported of it by ${dayText(choices.until)}.`
    : `As of ${dayText(choices.until)}: ${text}.`;

/** What it was and what it is, where two days are compared. */
function compared(link) {
  if (!comparing()) return [];
  const [was, is] = [stateAt(link, choices.since), stateAt(link, choices.until)];
  if (!was && !is) return [];
  const title = make("h3", "Between the two days");
  const turn = turnOf(link, choices.since, choices.until);
  if (was && is && !turn) return [title, make("p", `No change: ${is.caption}.`)];
  const words = (state, day) => state?.caption ?? absence(link, day).text;
  const [before, after] = was?.caption === is?.caption ? turn : [words(was, choices.since), words(is, choices.until)];
  const later = choices.until ? dayText(choices.until) : "Now";
  return [
    title,
    factList([
      [dayText(choices.since), before],
      [later, after],
    ]),
  ];
}

/** Its states, where they read differently, oldest first; when one without a day was so is not known, so it comes last. */
function history(link) {
  const dated = link.page.states.filter((state) => state.since !== null);
  const turns = dated.filter((state, number) => number === 0 || state.caption !== dated[number - 1].caption);
  const now =
    turns.findLast((state) => choices.until === null || state.since <= choices.until) ?? stateAt(link, choices.until);
  const undated = link.page.states.filter((state) => state.since === null);
  turns.push(...undated.filter(({ caption }) => turns.every((state) => state.caption !== caption)));
  if (turns.length < 2) return [];
  const items = turns.map((state) => {
    const item = make("li", [
      make("span", state.since ? dayText(state.since, true) : link.page.register ? "Register" : "No date", "day"),
      make("bdi", state.caption),
    ]);
    if (choices.until && state.since > choices.until) item.className = "later";
    if (state === now) item.setAttribute("aria-current", "step");
    return item;
  });
  const list = make("ol", undefined, "history");
  list.append(...paged("history", items, 20, (item) => item));
  return [make("h3", "How it went"), list];
}

function statements(link) {
  const said = heard(link);
  const later = laterThan(link, choices.until);
  if (!said.length && !later.length) return [];
  const parts = [make("h3", "What the briefings say")];
  if (new Set(said.map(statusOf).filter(Boolean)).size > 1)
    parts.push(make("p", "The newest of the surest statements decide.", "remark"));
  parts.push(...paged("quotes", said, A_PAGE_OF_QUOTES, quoted));
  if (later.length) {
    const are = later.length === 1 ? "is" : "are";
    const line = make(
      "p",
      `${counted(later.length, "later statement")}, after ${dayText(choices.until)}, ${are} left out. `,
      "remark",
    );
    line.append(button("Show", () => line.replaceWith(...later.map((one) => make("div", cited(one, true))))));
    parts.push(line);
  }
  return parts;
}

// A status stands first in what a statement says.
const statusOf = ({ says }) => says.match(/^status: ([^;]*)/)?.[1];

const quoted = (said) => make("div", cited(said));
