// A sheet of paper on a canvas: title above, picture, legend and remarks below.
import { make, styled } from "./dom.js";

const EDGE = 44; // pixels of the page, as all lengths here
const COLUMNS = 5;
const ROW = 23;
const SERIF = 'Georgia, "Times New Roman", serif';

/** Paint a sheet: `picture` is a canvas, drawn `ratio` times as fine as it is wide; `legend` is [{name, signs:
 * [{caption, count, sign}]}]; signs are {image, width, height}. Returns a canvas. */
export function poster({ title, lines, picture, ratio, legend, remarks }) {
  const width = picture.width / ratio;
  const canvas = make("canvas");
  const context = canvas.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const room = width - 2 * EDGE;
  const fonts = {
    title: `600 34px ${SERIF}`,
    text: `400 16px ${family}`,
    strong: `600 14px ${family}`,
    small: `400 14px ${family}`,
  };
  const columnWide = room / COLUMNS;
  const wrap = (font, text, most) => {
    context.font = font;
    return wrappedText(context, text, room, most);
  };
  const top = [
    ...wrap(fonts.title, title, 3).map((text) => ({ text, font: fonts.title, high: 42, color: "--ink" })),
    ...lines
      .flatMap((line) => wrap(fonts.text, line, 2))
      .map((text) => ({ text, font: fonts.text, high: 24, color: "--soft" })),
  ];
  const bottom = remarks
    .flatMap((line) => wrap(fonts.small, line, 3))
    .map((text) => ({ text, font: fonts.small, high: 21, color: "--soft" }));
  const { cells, rows } = signColumns(legend, COLUMNS);
  const high = (parts) => parts.reduce((sum, part) => sum + part.high, 0);
  const pictureAt = EDGE + high(top) + 14;
  const legendAt = pictureAt + picture.height / ratio + 20;
  const bottomAt = legendAt + rows * ROW + 10;
  canvas.width = picture.width;
  canvas.height = Math.round((bottomAt + high(bottom) + EDGE - 10) * ratio);
  context.scale(ratio, ratio);
  context.fillStyle = styled("--paper");
  context.fillRect(0, 0, width, canvas.height);
  context.textBaseline = "middle";
  context.direction = "ltr";
  const write = (parts, from) => {
    let y = from;
    for (const { text, font, high: step, color } of parts) {
      context.font = font;
      context.fillStyle = styled(color);
      context.fillText(text, EDGE, y + step / 2);
      y += step;
    }
  };
  write(top, EDGE - 8);
  context.drawImage(picture, 0, pictureAt, width, picture.height / ratio);
  context.fillStyle = styled("--rule");
  for (const y of [pictureAt - 1, legendAt - 20]) context.fillRect(EDGE, y, room, 1);
  for (const { column, row, heading, caption, count, sign } of cells) {
    const [x, y] = [EDGE + column * columnWide, legendAt + row * ROW + ROW / 2];
    context.font = heading ? fonts.strong : fonts.small;
    context.fillStyle = styled("--ink");
    const inset = sign ? 52 : 0;
    if (sign) context.drawImage(sign.image, x + (44 - sign.width) / 2, y - sign.height / 2, sign.width, sign.height);
    const counts = count === undefined ? "" : count.toLocaleString("en-GB");
    const left = columnWide - inset - 10 - (counts ? context.measureText(`${counts} `).width : 0);
    const words = cutText(context, heading ?? caption, left);
    context.fillText(words, x + inset, y);
    if (!counts) continue;
    context.fillStyle = styled("--soft");
    context.fillText(counts, x + inset + context.measureText(`${words} `).width, y);
  }
  write(bottom, bottomAt);
  return canvas;
}

/** Where each heading and sign of the legend stands: down one column, then the next; no heading at a column's foot. */
function signColumns(legend, most) {
  const groups = legend.filter(({ signs }) => signs.length);
  const total = groups.reduce((sum, { signs }) => sum + signs.length + 1, 0);
  for (let rows = Math.max(4, Math.ceil(total / most)); ; rows += 1) {
    const cells = [];
    let [column, row] = [0, 0];
    for (const { name, signs } of groups) {
      if (row >= rows - 1) [column, row] = [column + 1, 0];
      cells.push({ column, row, heading: name });
      row += 1;
      for (const sign of signs) {
        if (row >= rows) [column, row] = [column + 1, 0];
        cells.push({ column, row, ...sign });
        row += 1;
      }
    }
    if (column < most) return { cells, rows: groups.length ? rows : 0 };
  }
}

/** Text in lines no wider than asked; a word that is wider is cut. */
function wrappedText(context, text, width, most) {
  const lines = [];
  for (const word of text.slice(0, 600).split(/\s+/)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(cutText(context, word, width));
  }
  return lines.slice(0, most);
}

function cutText(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let end = Math.min(text.length, 400);
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end -= 1;
  return `${text.slice(0, end)}…`;
}
