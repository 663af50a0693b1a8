// The wheel and two fingers: how near they bring the picture, and whose the wheel is in a frame of another page.
import { network } from "./canvas.js";
import { byId, make } from "./dom.js";
import { within } from "./view.js";

const NOTED = 1500; // milliseconds that the hint stays

const framed = window.parent !== window;

export function startWheel() {
  const { interactionHandler: handler } = network;
  const zoom = handler.zoom.bind(handler);
  handler.zoom = (scale, pointer) => zoom(within(scale), pointer);
  if (framed) leaveWheel();
}

/** In an article the wheel scrolls the article, as everywhere in it; with Ctrl, as two fingers on a pad send it, it zooms. */
function leaveWheel() {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const note = make("p", `${mac ? "⌘" : "Ctrl"} + wheel zooms`, "note");
  let ends = 0;
  note.hidden = true;
  byId("stage").append(note);
  byId("network").addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      note.hidden = false;
      clearTimeout(ends);
      ends = setTimeout(() => {
        note.hidden = true;
      }, NOTED);
    },
    { capture: true, passive: true },
  );
}
