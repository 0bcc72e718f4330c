// Nodes out of texts; nothing here is ever read as markup.
const element = (name, { part, ...attributes } = {}, ...children) => {
  const made = document.createElement(name);
  if (part) made.setAttribute("part", part);
  if (part) made.className = part;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

// Highlights are escaped HTML with <mark> around the matches: those two tags and the references of the escape are all
// that is understood of it, and whatever else stands there is text.
const REFERENCES = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", "#34": '"' };
const unescaped = (text) => text.replace(/&(amp|lt|gt|quot|#x27|#39|#34);/g, (_, name) => REFERENCES[name]);
const marked = (text) => {
  const made = document.createDocumentFragment();
  text.split(/<mark>(.*?)<\/mark>/s).forEach((piece, place) => {
    if (piece) made.append(place % 2 ? element("mark", { part: "mark" }, unescaped(piece)) : unescaped(piece));
  });
  return made;
};

// Only an address of the web is made a link: an article may name any.
const webAddress = (text) => {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null; // no address at all
  }
};

const time = (text, locale) => {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return null;
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Seoul", hour12: false });
  return element("time", { datetime: text }, shown.format(moment));
};
