// The ways to the picture and to the table: they move the focus, and leave the address what it says of the map.
import { byId } from "./dom.js";

const AIMS = { "#network": "network", "#table": "table-title" };

export function startJumps() {
  for (const [href, id] of Object.entries(AIMS))
    for (const link of document.querySelectorAll(`a[href="${href}"]`))
      link.addEventListener("click", (event) => {
        event.preventDefault();
        byId(id).focus({ preventScroll: true });
        byId(id).scrollIntoView({ block: id === "network" ? "nearest" : "start" });
      });
}
