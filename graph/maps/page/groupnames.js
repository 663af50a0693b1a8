// The name of a group in little room: names are cut, what says how many more there are stays.
const WRAP = 20; // letters on a line
const LINES = 4;
const LONGEST = 120; // letters of a name that are looked at

/** "Bolton, Wigan and 40 more" as ["Bolton, Wigan", " and 40 more"]. */
const parted = (name) => name.match(/^(.*?)( and [\d,]+ more| \+ [\d,]+)?$/s).slice(1);

const joined = (names, tail, end) => `${names.slice(0, end).replace(/[ ,]+$/, "")}…${tail}`;

/** A name of so many letters at most. */
export function shortened(name, most) {
  const [names, tail = ""] = parted(name);
  return name.length <= most ? name : joined(names, tail, Math.max(most - tail.length - 1, 1));
}

/** A text cut to a width, empty where nothing of it would be left. */
export function fitting(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  const [names, tail = ""] = parted(text);
  let end = Math.min(names.length, LONGEST);
  while (end > 3 && context.measureText(joined(names, tail, end)).width > width) end -= 1;
  return end > 3 ? joined(names, tail, end) : "";
}

/** As lines of a few letters, no more than there is room for. */
export function wrapped(name) {
  const [names, tail = ""] = parted(shortened(name, LONGEST));
  const words = names.split(" ");
  for (let most = words.length; most > 1; most -= 1) {
    const text = words.slice(0, most).join(" ");
    const lines = linesOf(most < words.length ? joined(text, tail) : text + tail);
    if (lines.length <= LINES) return lines;
  }
  return linesOf(words[0] + tail).slice(0, LINES);
}

function linesOf(text) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > WRAP) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

/** "Bolton, Wigan and 40 more" as "Bolton + 41". */
export function shorter(area) {
  const [names, tail] = parted(area.name);
  return tail ? `${names.split(", ")[0]} + ${area.all.length - 1}` : area.name;
}

/** On two lines of a width: "Bolt…" and "+ 41". */
export function squeezed(context, name, width) {
  const [names, tail = ""] = parted(name);
  return [fitting(context, names, width), tail.trim()].filter(Boolean);
}
