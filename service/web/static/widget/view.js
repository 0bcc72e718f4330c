// The parts of the widget as nodes.
const searchForm = (texts, q, onSearch) => {
  const input = element("input", { part: "input", id: "q", type: "search", name: "q", maxlength: 1024, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", placeholder: texts.placeholder });
  input.value = q;
  const label = element("label", { part: "label", for: "q" }, texts.query);
  const form = element("form", { part: "form", role: "search", "aria-label": texts.label }, label, input, element("button", { part: "button", type: "submit" }, texts.search));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSearch(input.value.trim());
  });
  return form;
};

const action = (text, onClick) => {
  const button = element("button", { part: "action", type: "button" }, text);
  button.addEventListener("click", onClick);
  return button;
};

const linkTo = (href, part, host, texts, ...children) => {
  const target = host.getAttribute("target");
  const hint = target === "_blank" ? element("span", { part: "unseen" }, texts.newWindow) : null;
  return element("a", { part, href, target, rel: "noopener noreferrer" }, ...children, hint);
};

// What is said of an article is what the answer holds: the service leaves out what the reader may not see.
const hitItem = ({ id, article, highlights, copies }, { host, root, texts, level }) => {
  const own = `${root}/articles/${encodeURIComponent(id)}`;
  const original = webAddress(article.url);
  const leadsOut = host.getAttribute("links") === "original" && original;
  const title = highlights?.title?.[0] ? marked(highlights.title[0]) : article.title || texts.untitled;
  const fragments = highlights?.body?.slice(0, 2).map(marked) ?? [];
  const snippet = fragments.length ? fragments.flatMap((fragment, place) => (place ? [" … ", fragment] : [fragment])) : [article.summary || ""];
  const facts = [
    article.outlet ? element("span", { part: "outlet" }, article.outlet) : null,
    article.published_at ? time(article.published_at, texts.locale) : null,
    copies ? element("span", { part: "copies" }, texts.copies(copies.toLocaleString(texts.locale))) : null,
    original && !leadsOut ? linkTo(original, "original", host, texts, element("span", { "aria-hidden": "true" }, `${texts.original} ↗`), element("span", { part: "unseen" }, texts.originalOf(article.title))) : null,
  ].filter(Boolean);
  return element(
    "li",
    { part: "hit" },
    element(`h${Math.min(6, level + 1)}`, { part: "title" }, linkTo(leadsOut ? original : own, "link", host, texts, title)),
    snippet.some(Boolean) ? element("p", { part: "snippet" }, ...snippet) : null,
    element("p", { part: "meta" }, ...facts),
  );
};

const skeleton = () => element("div", { part: "skeleton", "aria-hidden": "true" }, ...Array.from({ length: 3 }, () => element("div", { part: "bone" }, element("span"), element("span"), element("span"))));
