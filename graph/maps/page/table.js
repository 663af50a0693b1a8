// The table of the same facts: what the filters leave, as of the days looked at; a page of rows at a time.
import { choices, onChoice } from "./choices.js";
import { links } from "./data.js";
import { button, byId, counted, make } from "./dom.js";
import { giveFile } from "./files.js";
import { select } from "./network.js";
import { COLUMNS, cellsOf, csvOf, rowOf } from "./rows.js";
import { comparing, shown } from "./shown.js";

const ROWS_A_PAGE = 200;
const AT_ONCE = 400; // rows made without giving the page time to breathe
const PRINTED = 300; // rows, as paper.css has it too
const AT_EASE = 2000; // links: of more, the picture is drawn first

const table = { order: null, down: false, most: ROWS_A_PAGE, before: null, rows: [], made: 0, run: 0 };
const parts = {};

/** What may be in the table, in the order asked for. */
function sortedRows() {
  const rows = [...shown().links].map(([number, state]) => ({ link: links[number], state }));
  const column = COLUMNS.find(({ name }) => name === table.order);
  if (!column) return rows;
  const sign = table.down ? -1 : 1;
  for (const row of rows) row.by = column.key(row);
  // What is not known stands last in either order.
  return rows.sort(
    (one, other) => (one.by === "") - (other.by === "") || sign * (one.by < other.by ? -1 : Number(one.by > other.by)),
  );
}

const columnsNow = () => COLUMNS.filter(({ compared }) => !compared || comparing());

function headers() {
  const cells = columnsNow().map((column) => {
    const { name } = column;
    const sorter = button("", () => sortBy(name), "sort");
    const mine = table.order === name;
    sorter.append(name, make("span", mine ? (table.down ? "▼" : "▲") : "", "way"));
    sorter.lastChild.setAttribute("aria-hidden", "true");
    sorter.dataset.column = name;
    const cell = make("th", [sorter]);
    cell.scope = "col";
    cell.setAttribute("aria-sort", mine ? (table.down ? "descending" : "ascending") : "none");
    return cell;
  });
  parts.head.replaceChildren(make("tr", cells));
  parts.widths.replaceChildren(...columnsNow().map(({ width }) => make("col", undefined, width)));
}

function sortBy(name) {
  // Up, then down, then as the graph has them.
  if (table.order !== name) Object.assign(table, { order: name, down: false });
  else if (!table.down) table.down = true;
  else Object.assign(table, { order: null, down: false });
  refill();
  parts.head.querySelector(`[data-column="${name}"]`).focus({ preventScroll: true });
  const way = table.down ? "descending" : "ascending";
  byId("said").textContent = table.order ? `Sorted by ${name}, ${way}` : "Sorted as at first";
}

/** The rows anew. */
function refill() {
  table.rows = sortedRows();
  table.made = 0;
  headers();
  // A new body: taking thousands of rows out of the old one takes longer.
  const body = make("tbody");
  parts.body.replaceWith(body);
  parts.body = body;
  grow();
}

/** Make the rows that are wanted and not there yet; many of them in portions, so that the page stays quick. */
function grow() {
  table.run += 1;
  const run = table.run;
  const portion = () => {
    if (run !== table.run) return;
    fill(Math.min(table.made + AT_ONCE, table.most));
    if (table.made < Math.min(table.most, table.rows.length)) setTimeout(portion);
  };
  portion();
  tell();
}

function fill(until) {
  const fresh = table.rows.slice(table.made, until).map((row) => rowOf(row, columnsNow(), openRow));
  parts.body.append(...fresh);
  table.made += fresh.length;
  markRow();
}

function tell() {
  const { rows, most } = table;
  const changes = [...shown().changes.values()];
  const became = comparing()
    ? ` · ${changes.filter((one) => one === "new").length} new, ${changes.filter((one) => one === "changed").length} changed`
    : "";
  const listed = most < rows.length ? ` · ${most.toLocaleString("en-GB")} listed` : "";
  parts.count.textContent = `${counted(rows.length, "link")} shown of ${links.length.toLocaleString("en-GB")}${became}${listed}`;
  parts.more.hidden = most >= rows.length;
  parts.next.textContent = `Show ${Math.min(ROWS_A_PAGE, rows.length - most)} more`;
  parts.all.textContent = `Show all ${rows.length.toLocaleString("en-GB")}`;
  parts.wide.hidden = !rows.length;
  parts.save.hidden = !rows.length;
  parts.none.hidden = rows.length > 0;
  parts.none.textContent = links.length ? "No link is left by the filters and days." : "No links.";
}

function openRow(link) {
  byId("stage").scrollIntoView({ block: "nearest" });
  select({ link: link.id }, { move: true });
}

function markRow() {
  parts.body.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const { link } = choices.selected ?? {};
  if (link !== undefined) parts.body.querySelector(`[data-link="${link}"]`)?.setAttribute("aria-current", "true");
}

function show(most) {
  const first = table.made;
  table.most = most;
  grow();
  // The button may be gone: go on at the first row that it brought.
  parts.body.rows[first]?.querySelector("button").focus({ preventScroll: true });
}

function save() {
  const text = csvOf(table.rows.map((row) => cellsOf(row, comparing())));
  giveFile(new Blob([text], { type: "text/csv;charset=utf-8" }), "csv");
}

/** On paper there is nothing to unfold: all rows, up to a sensible most. The style sheet leaves out those beyond. */
function forPaper() {
  table.run += 1;
  table.before ??= table.most;
  table.most = PRINTED;
  if (table.made < PRINTED) fill(PRINTED);
  tell();
  const left = table.rows.length - PRINTED;
  parts.cut.hidden = left <= 0;
  parts.cut.textContent = `${counted(left, "more link")} of the map ${left === 1 ? "is" : "are"} not printed; “Save as CSV” has them all.`;
}

function afterPaper() {
  parts.cut.hidden = true;
  table.most = Math.max(table.before ?? ROWS_A_PAGE, table.made);
  table.before = null;
  grow();
}

export function startTable() {
  const section = byId("table");
  Object.assign(parts, {
    count: make("p", undefined, "counted"),
    save: button("Save as CSV", save, ""),
    widths: make("colgroup"),
    head: make("thead"),
    body: make("tbody"),
    aside: make("p", "The table goes on to the right.", "aside"),
    none: make("p"),
    next: button("", () => show(table.most + ROWS_A_PAGE), ""),
    all: button("", () => show(Number.POSITIVE_INFINITY), ""),
    cut: make("p", undefined, "cut"),
  });
  parts.more = make("p", [parts.next, parts.all], "row");
  const title = make("h2", "The same facts as a table");
  title.id = "table-title";
  title.tabIndex = -1;
  const element = make("table", [parts.widths, parts.head, parts.body]);
  element.setAttribute("aria-labelledby", title.id);
  parts.wide = make("div", [element], "wide");
  parts.cut.hidden = true;
  section.replaceChildren(
    title,
    make("div", [parts.count, parts.save], "above"),
    parts.aside,
    parts.wide,
    parts.none,
    parts.more,
    parts.cut,
  );
  const hint = () => {
    parts.aside.hidden = parts.wide.scrollWidth <= parts.wide.clientWidth;
  };
  new ResizeObserver(hint).observe(parts.wide);
  let last = shown();
  let waiting = 0;
  onChoice((changes) => {
    if (shown() !== last) {
      last = shown();
      clearTimeout(waiting);
      if (links.length > AT_EASE) waiting = setTimeout(refill, 120);
      else refill();
    } else if ("selected" in changes) markRow();
    // Who came from a row and closes the details is back at that row.
    if (changes.selected === null && parts.body.contains(document.activeElement))
      document.activeElement.scrollIntoView({ block: "nearest" });
  });
  addEventListener("beforeprint", forPaper);
  addEventListener("afterprint", afterPaper);
  refill();
}
