// The panel about a link: how it stands on the day looked at, how it came to that, and every statement behind it.
import { choices } from "./choices.js";
import { ends, linkTitle } from "./data.js";
import { button, counted, dayText, make } from "./dom.js";
import { drawn } from "./drawn.js";
import { entityButton } from "./entitypanel.js";
import { paged } from "./folds.js";
import { select } from "./network.js";
import { basis, between, cited, factList, heard, laterThan, reportedText, turnOf } from "./quotes.js";
import { comparing, shown, stateAt } from "./shown.js";

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
  if (!state) return [make("p", `Nothing had been reported of it by ${dayText(choices.until)}.`, "remark")];
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

/** What it was and what it is, where two days are compared. */
function compared(link) {
  if (!comparing()) return [];
  const [was, is] = [stateAt(link, choices.since), stateAt(link, choices.until)];
  if (!is) return [];
  const title = make("h3", "Between the two days");
  const turn = turnOf(link, choices.since, choices.until);
  if (was && !turn) return [title, make("p", `No change: ${is.caption}.`)];
  const [before, after] = was && was.caption === is.caption ? turn : [was?.caption ?? "not reported yet", is.caption];
  const later = choices.until ? dayText(choices.until) : "Now";
  return [
    title,
    factList([
      [dayText(choices.since), before],
      [later, after],
    ]),
  ];
}

/** Its states, where they read differently, oldest first. */
function history(link) {
  const turns = link.page.states.filter(
    (state, number, all) => number === 0 || state.caption !== all[number - 1].caption,
  );
  if (turns.length < 2) return [];
  const now = turns.findLast((state) => state.since === null || choices.until === null || state.since <= choices.until);
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
