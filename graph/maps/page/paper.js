// The screen while labels are drawn: its pixels, and what on them is taken.
import { styled } from "./dom.js";
import { sizeOf } from "./looks.js";

const CELL = 48; // pixels of the grid that finds what is in the way

/** Ready to be written on, in pixels of the screen; `paper.context.restore()` ends it. */
export const paperOf = (context, network) => new Paper(context, network);

class Paper {
  constructor(context, network) {
    const { clientWidth: width, clientHeight: height } = context.canvas;
    Object.assign(this, { context, network, width, height, scale: network.getScale() });
    this.taken = new Map();
    this.spots = new Map();
    this.take([0, height - 52, 250, height, null]); // the buttons
    this.ink = styled("--ink");
    this.soft = styled("--soft");
    this.family = getComputedStyle(document.body).fontFamily;
    const ratio = context.canvas.width / this.width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = styled("--paper");
  }

  disc(item) {
    const { x, y } = this.network.canvasToDOM(this.network.getPosition(item.key));
    const radius = sizeOf(item) * this.scale;
    if (x < -radius - 60 || y < -radius - 40 || x > this.width + radius + 60 || y > this.height + radius + 40) return;
    this.spots.set(item.key, { x, y, radius });
    // A group's name is written on it.
    if (!item.area) this.take([x - radius, y - radius, x + radius, y + radius, item.key]);
  }

  *cells(box) {
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1)
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) yield `${x}:${y}`;
  }

  /** Whether nothing is in the way but `own`'s disc; `over`: discs may be. */
  clear(box, own, over = false) {
    const hit = (other) =>
      other[4] !== own &&
      !(over && other[4]) &&
      box[0] < other[2] &&
      box[2] > other[0] &&
      box[1] < other[3] &&
      box[3] > other[1];
    for (const cell of this.cells(box)) if (this.taken.get(cell)?.some(hit)) return false;
    return true;
  }

  take(box) {
    for (const cell of this.cells(box)) {
      if (this.taken.has(cell)) this.taken.get(cell).push(box);
      else this.taken.set(cell, [box]);
    }
  }

  inside(box) {
    return box[0] > 0 && box[1] > 0 && box[2] < this.width && box[3] < this.height;
  }

  font(weight, size) {
    this.context.font = `${weight} ${size}px ${this.family}`;
  }

  /** Half the width and half the height of lines of text. */
  half(lines, step) {
    return [Math.max(...lines.map((text) => this.context.measureText(text).width)) / 2 + 2, (step * lines.length) / 2];
  }

  write(lines, x, y, step, fill, halo) {
    for (const [row, text] of lines.entries()) {
      const at = y + (row - (lines.length - 1) / 2) * step;
      this.context.lineWidth = halo;
      this.context.strokeText(text, x, at);
      this.context.fillStyle = fill;
      this.context.fillText(text, x, at);
    }
  }
}
