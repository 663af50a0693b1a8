// Where a line runs, as vis-network draws it.
import { links } from "./data.js";

/** A point of a line, from 0 at its start to 1; beside a loop, not on it. */
export function along(network, line, share) {
  const { edgeType } = network.body.edges[line.key];
  if (line.from !== line.to) return edgeType.getPoint(share);
  const [x, y, size] = edgeType._getCircleData();
  const angle = links[line.links[0]].page.loop[1] + (share - 0.5) * 8;
  return { x: x + Math.cos(angle) * size, y: y - Math.sin(angle) * (size + 6) };
}
