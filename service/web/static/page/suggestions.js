"use strict";
// Suggestions as one types: a combobox with a list, after the ARIA Authoring Practices.
(() => {
  const KINDS = { title: "제목", person: "인물", organization: "기관", place: "장소", keyword: "키워드", outlet: "언론사", reporter: "기자" };
  const FIELDS = { title: "제목", person: "인물", organization: "기관", place: "장소", outlet: "언론사", reporter: "기자" };
  const WAIT = 120;
  let timer = 0;
  let asked = 0;
  let active = -1;

  const box = () => document.getElementById("q");
  const list = () => document.getElementById("suggestions");
  const options = () => [...(list()?.children ?? [])];

  const close = () => {
    asked += 1;
    clearTimeout(timer);
    active = -1;
    if (list()) list().hidden = true;
    box()?.setAttribute("aria-expanded", "false");
    box()?.removeAttribute("aria-activedescendant");
  };

  const mark = (index) => {
    active = index;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
    if (index < 0) box().removeAttribute("aria-activedescendant");
    else {
      box().setAttribute("aria-activedescendant", options()[index].id);
      options()[index].scrollIntoView({ block: "nearest" });
    }
  };

  const choose = (option) => {
    const { text, kind } = option.dataset;
    const plain = text.replaceAll('"', " ").trim();
    box().value = FIELDS[kind] ? `${FIELDS[kind]}:"${plain}"` : plain;
    close();
    box().form.requestSubmit();
  };

  const part = (name, text) => {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = text;
    return element;
  };

  const show = (suggestions) => {
    const rows = suggestions.map(({ text, type, count }, number) => {
      const option = document.createElement("li");
      option.id = `suggestion-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = text;
      option.dataset.kind = type;
      option.append(part("text", text), part("kind", KINDS[type] ?? type), part("number", `${count.toLocaleString("ko")}건`));
      return option;
    });
    list().replaceChildren(...rows);
    active = -1;
    list().hidden = rows.length === 0;
    box().setAttribute("aria-expanded", String(rows.length > 0));
  };

  const ask = async () => {
    const text = box().value.trim();
    const number = (asked += 1);
    // An operator or a field is being written: what is suggested are names, not queries.
    if (!text || text.length > 40 || /["():|*]/.test(text)) return close();
    try {
      const answer = await fetch(`/v1/suggest?${new URLSearchParams({ q: text, size: "8" })}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || number !== asked) return;
      const { suggestions } = await answer.json();
      if (number === asked && document.activeElement === box()) show(suggestions);
    } catch {
      close(); // searching goes on without suggestions
    }
  };

  const prepare = () => {
    const input = box();
    if (!input || input.getAttribute("role") === "combobox") return;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" })) {
      input.setAttribute(name, value);
    }
  };

  prepare();
  document.addEventListener("htmx:after:swap", prepare);
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== box() || list().hidden || event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("#suggestions li");
    if (option) {
      event.preventDefault();
      choose(option);
    } else if (event.target !== box()) close();
  });
  document.addEventListener("submit", close);
  document.addEventListener("focusout", (event) => {
    if (event.target === box()) close();
  });
})();
