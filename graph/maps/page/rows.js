// A link as a row: of the table, or of a file that a spreadsheet opens.
import { choices } from "./choices.js";
import { briefings, ends, entities, legend, linkTitle } from "./data.js";
import { button, make } from "./dom.js";
import { basis, cut, heard, reported, reportedText, turnOf } from "./quotes.js";
import { folded } from "./search.js";
import { shown } from "./shown.js";

// A spreadsheet would run a cell that starts with one of these.
const FORMULA = /^[ \n\u00a0]*[=+\-@\t\r＝＋－＠]/;
const WHAT_CHANGED = { new: "New", changed: "Changed", same: "As before" };

/** Of the surest statements the newest. */
const best = (link) => heard(link)[0];
const changeOf = ({ link }) => shown().changes.get(link.id) ?? "same";

/** name of a column -> how to sort by it (text to compare; "" where not known), how wide it is, what stands in it. */
export const COLUMNS = [
  {
    name: "From",
    width: "name",
    key: ({ link }) => folded(ends(link)[0]),
    cell: ({ link }) => make("td", cut(ends(link)[0], 120)),
  },
  {
    name: "Link",
    width: "link",
    key: ({ link }) => linkTitle(link),
    cell: ({ link }, open) => make("td", [opener(linkTitle(link), link, open)]),
  },
  {
    name: "To",
    width: "name",
    key: ({ link }) => folded(ends(link)[1]),
    cell: ({ link }) => make("td", cut(ends(link)[1], 120) || "–"),
  },
  {
    name: "What",
    width: "what",
    key: ({ state }) => folded(state.nature),
    cell: ({ state }) => make("td", cut(state.nature, 120)),
  },
  { name: "Status", width: "status", key: ({ state }) => state.status, cell: ({ state }) => make("td", state.status) },
  {
    name: "Change",
    width: "change",
    compared: true,
    key: (row) => ["new", "changed", "same"].indexOf(changeOf(row)) + 1,
    cell: changeCell,
  },
  {
    name: "When",
    width: "when",
    key: ({ link, state }) => reported(link, state)[1] ?? "",
    cell: ({ link, state }) => make("td", reportedText(link, state)),
  },
  {
    name: "Best evidence, word for word",
    width: "evidence",
    key: ({ link }) => folded(best(link)?.text ?? ""),
    cell: quoteCell,
  },
  { name: "Briefing", width: "briefing", key: ({ link }) => folded(briefingOf(link).title ?? ""), cell: briefingCell },
];

/** A button that opens a link; heard by itself, it says of whom. */
function opener(text, link, open) {
  const element = button(text, () => open(link));
  element.setAttribute("aria-label", `${text}: ${cut(ends(link).filter(Boolean).join(", "), 240)}`);
  return element;
}

const briefingOf = (link) => briefings[best(link)?.briefing] ?? {};

function changeCell(row) {
  const change = changeOf(row);
  const turn = change === "changed" && turnOf(row.link, choices.since, choices.until);
  const cell = make("td", turn ? turn.map((text) => cut(text, 80)).join(" → ") : WHAT_CHANGED[change]);
  if (change !== "same") cell.className = "became";
  return cell;
}

function quoteCell({ link }, open) {
  const said = heard(link);
  const cell = make("td", said.length ? cut(said[0].text, 400) : basis(link), said.length ? "quote" : "");
  if (said.length > 1) cell.append(" ", opener(`and ${(said.length - 1).toLocaleString("en-GB")} more`, link, open));
  return cell;
}

function briefingCell({ link }) {
  const { title, published } = briefingOf(link);
  if (title === undefined) return make("td", "–");
  return make("td", [
    make("bdi", cut(title || "Untitled briefing", 120)),
    make("br"),
    `${published}, ${best(link).confidence}`,
  ]);
}

export function rowOf(row, columns, open) {
  const element = make(
    "tr",
    columns.map(({ cell }) => cell(row, open)),
  );
  element.dataset.link = row.link.id;
  return element;
}

/** A link's cells for a file: whole texts, ISO days, name to value. */
export function cellsOf(row, compared) {
  const { link, state } = row;
  const alone = legend.predicates[link.page.predicate].alone;
  const [from, to] = [link.from, link.to].map((end) => entities[end].page);
  const [first, last] = reported(link, state);
  const { title, day, source } = briefingOf(link);
  const confidence = link.page.register ? "" : state.confidence;
  const cells = {
    From: from.name,
    "From id": from.id,
    Link: linkTitle(link),
    To: alone ? "" : to.name,
    "To id": alone ? "" : to.id,
    What: state.nature,
    Status: state.status,
    "First reported": first ?? "",
    "Last reported": last ?? "",
    Confidence: confidence,
    Evidence: basis(link),
    Quote: best(link)?.text ?? "",
    Briefing: title ?? "",
    Published: day ?? "",
    Source: source ?? "",
  };
  if (!compared) return cells;
  const turn = turnOf(link, choices.since, choices.until);
  return { ...cells, Change: WHAT_CHANGED[changeOf(row)], Before: turn ? turn[0] : "" };
}

/** Comma-separated text of records, with the mark by which spreadsheets know UTF-8. */
export function csvOf(records) {
  const quoted = (value) => {
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [Object.keys(records[0]), ...records.map(Object.values)].map((line) => line.map(quoted).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
