// <gisa-search>: a box and a list of coverage, inside any page.
const SKELETON_AFTER = 150;
const SLOW_AFTER = 4_000;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

class GisaSearch extends HTMLElement {
  static observedAttributes = [...FILTERS, ...PERIOD.map((name) => name.replace("_", "-")), "credentials", "endpoint", "filters", "group", "heading", "heading-level", "key", "lang", "links", "list-only", "query", "size", "sort", "target"];

  #root = this.attachShadow({ mode: "open" });
  #q = "";
  #running = null;
  #isPlanned = false;
  #parts = {};

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    this.#q = this.getAttribute("query") ?? "";
    this.#plan();
  }

  disconnectedCallback() {
    this.#running?.abort();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === "query") this.#q = after ?? "";
    this.#plan();
  }

  // Searches for these words, as if they had been typed; for the scripts of the page around.
  search(q) {
    this.#q = String(q);
    if (this.#parts.form) this.#parts.form.elements.q.value = this.#q;
    return this.#run({ q: this.#q });
  }

  get #language() {
    return (this.closest("[lang]")?.lang ?? "").toLowerCase().startsWith("en") ? "en" : "ko";
  }

  get #endpoint() {
    const given = this.getAttribute("endpoint") ?? HOME;
    return webAddress(given) ? given.replace(/\/+$/, "") : null;
  }

  // Several attributes that change at once make one search.
  #plan() {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      if (!this.isConnected) return;
      this.#build();
      this.#run({ q: this.#q });
    });
  }

  #build() {
    const texts = TEXTS[this.#language];
    const level = Math.min(6, Math.max(1, Number.parseInt(this.getAttribute("heading-level") ?? "", 10) || 2));
    const heading = this.getAttribute("heading");
    this.#parts = {
      texts,
      level,
      form: this.hasAttribute("list-only") ? null : searchForm(texts, this.#q, (q) => this.search(q)),
      status: element("p", { part: "status", role: "status" }),
      message: element("div", { part: "message", hidden: true }),
      list: element("ol", { part: "list", "aria-label": heading || texts.label }),
      foot: element("p", { part: "foot" }),
    };
    const { form, status, message, list, foot } = this.#parts;
    const title = heading ? element(`h${level}`, { part: "heading" }, heading) : null;
    this.#root.replaceChildren(element("div", { part: "widget", lang: this.#language }, title, form, status, message, list, foot));
  }

  async #run(wanted) {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const { texts, message, status } = this.#parts;
    const root = this.#endpoint;
    message.hidden = true;
    message.removeAttribute("role");
    if (!root) return this.#fail(new Trouble(texts.noEndpoint, { again: false }), wanted);
    status.textContent = texts.searching;
    this.setAttribute("aria-busy", "true");
    const timers = [setTimeout(() => this.#wait(wanted), SKELETON_AFTER), setTimeout(() => (status.textContent = texts.slow), SLOW_AFTER)];
    try {
      const answer = await ask(this, root, wanted, { texts, language: this.#language, signal: running.signal });
      if (!running.signal.aborted) this.#show(answer, wanted, root);
    } catch (error) {
      if (running.signal.aborted) return; // another search took its place
      if (!(error instanceof Trouble)) throw error;
      this.#fail(error, wanted);
    } finally {
      timers.forEach(clearTimeout);
      if (this.#running === running) {
        this.removeAttribute("aria-busy");
        this.#root.querySelector('[part="skeleton"]')?.remove();
      }
    }
  }

  #wait(wanted) {
    const { list, message } = this.#parts;
    if (!wanted.cursor && !list.children.length) message.before(skeleton());
  }

  #show(answer, wanted, root) {
    const { texts, list, status, foot, level } = this.#parts;
    const items = answer.hits.map((hit) => hitItem(hit, { host: this, root, texts, level }));
    if (wanted.cursor) list.append(...items);
    else list.replaceChildren(...items);
    const count = (number) => number.toLocaleString(texts.locale);
    status.textContent = answer.total.value ? texts.found(count(answer.total.value)) : texts.none;
    if (answer.next) {
      if (wanted.cursor) status.textContent += ` ${texts.shown(count(list.children.length))}`;
      foot.replaceChildren(action(texts.more, () => this.#run({ ...wanted, cursor: answer.next })), this.#whole(root, wanted));
    } else foot.replaceChildren(...(answer.total.value ? [this.#whole(root, wanted)] : []));
    if (wanted.cursor) items[0]?.querySelector("a")?.focus();
    if (!answer.total.value) this.#advise(answer, wanted);
    else if (answer.did_you_mean && !wanted.cursor) this.#say(this.#meant(answer.did_you_mean));
    this.#tell("gisa-results", { q: wanted.q, total: answer.total.value, shown: list.children.length });
  }

  #whole(root, wanted) {
    const asked = parametersOf(this, { ...wanted, cursor: "" });
    for (const name of ["size", "group"]) asked.delete(name);
    return linkTo(`${root}/?${asked}`, "whole", this, this.#parts.texts, this.#parts.texts.whole);
  }

  #advise(answer, wanted) {
    const { texts } = this.#parts;
    const any = answer.match_any_total ? action(texts.any(answer.match_any_total.toLocaleString(texts.locale)), () => this.#run({ ...wanted, match: "any" })) : null;
    this.#say(element("p", {}, texts.noneHint), ...(answer.did_you_mean ? [this.#meant(answer.did_you_mean)] : []), ...(any ? [any] : []));
  }

  #meant(q) {
    return element("p", {}, `${this.#parts.texts.meant} `, action(q, () => this.search(q)));
  }

  #say(...nodes) {
    this.#parts.message.replaceChildren(...nodes);
    this.#parts.message.hidden = false;
  }

  #fail(trouble, wanted) {
    const { texts, status, list, foot, message } = this.#parts;
    status.textContent = "";
    if (!wanted.cursor) list.replaceChildren();
    if (!wanted.cursor) foot.replaceChildren();
    message.setAttribute("role", "alert");
    const again = trouble.again ? action(texts.retry, () => this.#run(wanted)) : null;
    this.#say(element("p", {}, trouble.message), ...(trouble.corrected ? [this.#meant(trouble.corrected)] : []), ...(again ? [again] : []));
    this.#tell("gisa-error", { q: wanted.q, message: trouble.message });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get("gisa-search")) customElements.define("gisa-search", GisaSearch);
