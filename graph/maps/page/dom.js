// Elements with text. Text only ever goes in as text: nothing here makes markup of it.

export const byId = (id) => document.getElementById(id);

/** An element with text or children, perhaps with a class. */
export function make(tag, content, className) {
  const element = document.createElement(tag);
  if (Array.isArray(content)) element.append(...content);
  else if (content !== undefined) element.textContent = content;
  if (className) element.className = className;
  return element;
}

/** A part of a drawing, with its attributes. */
export const svgPart = (tag, values) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
};

export function button(text, act, className = "plain") {
  const element = make("button", text, className);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** A link to where a briefing came from; other text than a web address stays text. */
export function sourceLink(source) {
  if (!/^https?:\/\/[^\s]+$/i.test(source)) return make("bdi", source);
  const link = make("a", "source");
  link.href = source;
  link.rel = "noopener noreferrer";
  link.target = "_blank";
  return link;
}

/** A colour or other value that the style sheet names. */
export const styled = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** "5 Mar 2019" of an ISO day, "Mar 2019" where `month` is asked for. */
export function dayText(iso, month = false) {
  const [year, number, day] = iso.split("-").map(Number);
  const name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][number - 1];
  return month ? `${name} ${year}` : `${day} ${name} ${year}`;
}

export const counted = (number, one, many = `${one}s`) =>
  `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
