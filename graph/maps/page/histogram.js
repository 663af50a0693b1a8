// How much was told in each month, and the years below.
import { briefings, links } from "./data.js";
import { counted, make, svgPart } from "./dom.js";
import { monthCount, monthName, monthOf, yearMarks } from "./months.js";

const HIGH = 34; // the histogram's own units

/** {picture, bars: [{place, rect}]}: one bar for each month in which something was told. */
export function histogram() {
  const told = Array.from({ length: monthCount }, () => 0);
  for (const link of links) {
    for (const { briefing } of link.page.said) {
      const { day } = briefings[briefing];
      if (day) told[monthOf(day)] += 1;
    }
  }
  const most = Math.max(...told, 1);
  const picture = svgPart("svg", {
    class: "months",
    viewBox: `0 0 ${monthCount} ${HIGH}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const bars = [];
  for (const [place, number] of told.entries()) {
    if (!number) continue;
    const height = Math.max(2, (number / most) * HIGH);
    const rect = svgPart("rect", { x: place + 0.1, y: HIGH - height, width: 0.8, height });
    const title = svgPart("title", {});
    title.textContent = `${monthName(place)}: ${counted(number, "statement")}`;
    rect.append(title);
    picture.append(rect);
    bars.push({ place, rect });
  }
  return { picture, bars };
}

export function axis() {
  const line = make("div", undefined, "axis");
  line.setAttribute("aria-hidden", "true");
  for (const { place, year } of yearMarks(12)) {
    const mark = make("span", String(year));
    mark.style.left = `${(100 * place) / monthCount}%`;
    line.append(mark);
  }
  return line;
}
