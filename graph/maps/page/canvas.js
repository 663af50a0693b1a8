// vis-network with its data, and where everything stands in it.
import { narrowed, placesAround } from "./around.js";
import { choices } from "./choices.js";
import { byId } from "./dom.js";
import { drawn } from "./drawn.js";

export const nodes = new vis.DataSet();
export const edges = new vis.DataSet();
export const moved = new Map(); // key -> where the reader dragged it

export const network = new vis.Network(byId("network"), { nodes, edges }, JSON.parse(byId("options").textContent));

/** Where an item stands, in the picture's own coordinates. */
export function placeOf(item) {
  const at = moved.get(item.key);
  if (at) return at;
  if (item.area) return { x: item.area.x, y: item.area.y };
  if (narrowed()) return placesAround().get(item.entity);
  const [x, y] = choices.arrangement.places[item.entity];
  return { x, y };
}

/** key -> {x, y} of everything drawn. */
export const places = () => new Map([...drawn().items.values()].map((item) => [item.key, placeOf(item)]));

/** Nothing looks pointed at any more: vis-network does not notice that the pointer left the picture. */
export function unhover() {
  for (const one of [...Object.values(network.body.nodes), ...Object.values(network.body.edges)]) one.hover = false;
  network.redraw();
}
