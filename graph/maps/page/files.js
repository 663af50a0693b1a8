// What the reader takes along: a file, named after the map.
import { heading } from "./data.js";
import { make } from "./dom.js";

/** Have the browser save a file: "Links-of-Bolton.png". */
export function giveFile(blob, ending) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${fileName()}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The title as the name of a file: "Links-of-Bolton". */
function fileName() {
  const words = heading.title.slice(0, 200).match(/[\p{L}\p{N}]+/gu) ?? ["Map"];
  return [...words.join("-")].slice(0, 80).join("").replace(/-$/, "");
}
