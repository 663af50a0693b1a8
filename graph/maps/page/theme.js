// Light or dark: as the reader's system has it, until the reader says otherwise.
import { choose } from "./choices.js";
import { byId } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  // Colours on the canvas come from the style sheet.
  choose({ theme: name });
}

export function startTheme() {
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  byId("theme").addEventListener("click", () =>
    setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
  );
}
