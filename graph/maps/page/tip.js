// The tooltip on what is pointed at: short, with the newest quote of a link.
import { changeWords } from "./bands.js";
import { unhover } from "./canvas.js";
import { choices, choose, onChoice } from "./choices.js";
import { briefings, entities, legend, links, linksAt, linkTitle, plainLabel } from "./data.js";
import { byId, counted, make } from "./dom.js";
import { closed, drawn } from "./drawn.js";
import { cut, endsText, heard, titleCounts, turnOf } from "./quotes.js";
import { comparing, shown, stateAt } from "./shown.js";

const GAP = 16; // pixels between the pointer and the tip
const QUOTED = 320; // characters of a quote

const countsText = (list) =>
  titleCounts(list)
    .map(([title, count]) => `${title} ${count.toLocaleString("en-GB")}`)
    .join(" · ");

function entityTip(entity) {
  const { page } = entity;
  const mine = linksAt[entity.id].filter((link) => shown().links.has(link.id));
  return [
    make("strong", cut(page.name, 200)),
    make("p", legend.kinds[page.kind].caption),
    make("p", countsText(mine) || "No links"),
  ];
}

function linkTip(link) {
  const state = shown().links.get(link.id) ?? stateAt(link, choices.until);
  const said = heard(link);
  const parts = [
    make("strong", cut(endsText(link), 240)),
    make("p", cut(said.length ? `${linkTitle(link)}: ${state.caption}` : linkTitle(link), 200)),
  ];
  const turn = comparing() && turnOf(link, choices.since, choices.until);
  if (turn) parts.push(make("p", `was: ${cut(turn[0], 200)}`));
  if (!said.length) return [...parts, make("p", link.page.register ? "From the register of NHS organisations" : "")];
  const { title, published } = briefings[said[0].briefing];
  parts.push(
    make("blockquote", cut(said[0].text, QUOTED)),
    make("p", `${cut(title || "Untitled briefing", 120)} · ${published} · ${said[0].confidence}`),
  );
  if (said.length > 1) parts.push(make("p", `and ${(said.length - 1).toLocaleString("en-GB")} more; click to read`));
  return parts;
}

function groupTip(area) {
  const item = drawn().items.get(area.key);
  const count = item?.inside.length ?? 0;
  const became = changeWords(item?.within ?? []);
  return [
    make("strong", cut(area.name, 200)),
    make("p", `${count.toLocaleString("en-GB")} inside${closed(area) ? "; click to open" : ""}`),
    ...(became.length ? [make("p", `Links within it: ${became.join(", ")}`)] : []),
  ];
}

function bundleTip(line) {
  const name = (key) => {
    const { area, entity } = drawn().items.get(key);
    return cut(area ? area.name : plainLabel(entities[entity]), 100);
  };
  const found = line.links.map((number) => links[number]);
  const became = changeWords(line.links);
  const rest = [make("p", countsText(found)), make("p", "Click to list them")];
  if (became.length) rest.unshift(make("p", became.join(", ")));
  return [make("strong", `${name(line.from)} – ${name(line.to)}`), make("p", counted(found.length, "link")), ...rest];
}

function tipParts({ entity, link, area, bundle }) {
  if (entity !== undefined) return entityTip(entities[entity]);
  if (link !== undefined) return linkTip(links[link]);
  const group = choices.arrangement.areas.find((one) => one.key === area);
  if (group) return groupTip(group);
  const line = drawn().lines.get(bundle);
  return line ? bundleTip(line) : [];
}

function showTip() {
  const tip = byId("tip");
  const { pointed, pointedAt } = choices;
  const parts = pointed && pointedAt ? tipParts(pointed) : [];
  tip.hidden = !parts.length;
  if (tip.hidden) return;
  tip.replaceChildren(...parts);
  const { clientWidth: width, clientHeight: height } = byId("stage");
  const left = Math.min(pointedAt.x + GAP, width - tip.offsetWidth - 8);
  const below = pointedAt.y + GAP;
  // Above the pointer where there is no room below it.
  const top = below + tip.offsetHeight > height - 8 ? pointedAt.y - tip.offsetHeight - GAP : below;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, top)}px`;
}

export function startTip() {
  byId("network").addEventListener("pointerleave", () => {
    unhover();
    if (choices.pointed && choices.pointedAt) choose({ pointed: null });
  });
  onChoice((changes) => {
    if ("pointed" in changes || !byId("tip").hidden) showTip();
  });
}
