// The whole map as a PNG to put into a report, and on paper: with title, day, legend, and the table where printed.
import { network } from "./canvas.js";
import { heading } from "./data.js";
import { byId, make, styled } from "./dom.js";
import { drawn } from "./drawn.js";
import { giveFile } from "./files.js";
import { poster } from "./poster.js";
import { remarks, signs } from "./signs.js";
import { setTheme } from "./theme.js";
import { basisText, countsText, leftOut, timeText } from "./wording.js";

// How wide the picture is, in pixels as on a screen (labels keep their size), how many times as finely it is drawn, and how high it may be for its width.
const FILE = { wide: 1500, ratio: 2, tallest: 1.05 };
const PAPER = { wide: 1200, ratio: 2.5, tallest: 0.47 };
const ASIDE = 165; // pixels for the labels at the left and at the right
const ABOVE = 60; // and above and below

/** The whole map on a canvas of its own. All is done before the browser paints again, so the reader sees nothing of it. */
function drawnWhole(form) {
  const box = byId("network");
  const view = { position: network.getViewPosition(), scale: network.getScale(), animation: false };
  const style = box.getAttribute("style") ?? "";
  const copy = make("canvas");
  const { high, ...fit } = fitted(form);
  try {
    // vis-network asks this for how finely to draw.
    network.canvas._determinePixelRatio = () => form.ratio;
    Object.assign(box.style, { right: "auto", bottom: "auto", width: `${form.wide}px`, height: `${high}px` });
    box.classList.add("saving");
    network.redraw();
    network.moveTo({ ...fit, animation: false });
    network.redraw();
    const { canvas } = network.canvas.frame;
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    copy.getContext("2d").drawImage(canvas, 0, 0);
  } finally {
    delete network.canvas._determinePixelRatio;
    box.setAttribute("style", style);
    box.classList.remove("saving");
    network.redraw();
    network.moveTo(view);
    network.redraw();
  }
  return copy;
}

/** How high a picture of everything is, where its middle lies and at which scale, with room for the labels around it. */
function fitted({ wide, tallest }) {
  const boxes = [...drawn().items.keys()].map((key) => network.getBoundingBox(key));
  if (!boxes.length) return { high: 300, position: { x: 0, y: 0 }, scale: 1 };
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
  const across = Math.min((wide - 2 * ASIDE) / (right - left), 1.6);
  const high = Math.round(Math.min(Math.max((bottom - top) * across + 2 * ABOVE, 0.3 * wide), tallest * wide));
  const scale = Math.min(across, (high - 2 * ABOVE) / (bottom - top));
  return { high, position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
}

/** A sign of the legend as an image; what the style sheet says of it is written into it. */
async function signImage(sign) {
  const look = getComputedStyle(sign);
  const copy = sign.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const [, , width, height] = sign.getAttribute("viewBox").split(" ").map(Number);
  copy.setAttribute("width", width * FILE.ratio);
  copy.setAttribute("height", height * FILE.ratio);
  const told = ["fill", "stroke", "stroke-opacity", "stroke-width"].map(
    (name) => `${name}:${look.getPropertyValue(name)}`,
  );
  copy.setAttribute("style", [...told, `--soft:${styled("--soft")}`, `--ink:${styled("--ink")}`].join(";"));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return { image, width, height };
}

async function savePicture() {
  const groups = signs();
  const picture = drawnWhole(FILE);
  const legendSigns = await Promise.all(
    groups.map(async ({ name, signs: found }) => ({
      name,
      signs: await Promise.all(found.map(async ({ sign, ...said }) => ({ ...said, sign: await signImage(sign) }))),
    })),
  );
  const sheet = poster({
    title: heading.title,
    lines: [countsText(), timeText(), leftOut()].filter(Boolean),
    picture,
    ratio: FILE.ratio,
    legend: legendSigns,
    remarks: [...remarks(), basisText()],
  });
  sheet.toBlob((blob) => giveFile(blob, "png"), "image/png");
}

let themeBefore = null; // what the page showed before it went to the printer
let countsBefore = null;

/** Paper is white: the page turns light, and the map goes with its legend where the controls were. */
function beforePrint() {
  if (byId("printed")) return;
  themeBefore = document.documentElement.dataset.theme;
  if (themeBefore !== "light") setTheme("light");
  countsBefore = byId("summary").textContent;
  byId("summary").textContent = countsText();
  const legendRows = signs().map(({ name, signs: found }) =>
    make("ul", [
      make("li", name, "name"),
      ...found.map(({ caption, count, sign }) =>
        make("li", [sign.cloneNode(true), make("span", `${caption} ${count.toLocaleString("en-GB")}`)]),
      ),
    ]),
  );
  const sheet = make("section", [
    make("p", [timeText(), leftOut()].filter(Boolean).join(". "), "looked"),
    make("figure", [drawnWhole(PAPER)]),
    make("div", legendRows, "signs"),
    make("p", remarks().join(" ")),
    make("p", basisText()),
  ]);
  sheet.id = "printed";
  document.querySelector("main").after(sheet);
}

function afterPrint() {
  byId("printed")?.remove();
  if (countsBefore !== null) byId("summary").textContent = countsBefore;
  countsBefore = null;
  if (themeBefore !== null && themeBefore !== "light") setTheme(themeBefore);
  themeBefore = null;
}

export function startSave() {
  byId("picture").addEventListener("click", savePicture);
  byId("print").addEventListener("click", () => print());
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
}
