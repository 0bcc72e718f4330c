"use strict";
// Dragging over the bars chooses a period; arrow keys move from bar to bar.
(() => {
  const NAMESPACE = "http://www.w3.org/2000/svg";
  let drag = null;

  const bars = (chart) => [...chart.querySelectorAll("[data-first]")];
  const at = (chart, clientX) => {
    const { left, width } = chart.getBoundingClientRect();
    const all = bars(chart);
    const place = Math.floor(((clientX - left) / width) * all.length);
    return Math.min(all.length - 1, Math.max(0, place));
  };
  const chosen = () => [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];

  const draw = () => {
    const [first, last] = chosen();
    const all = bars(drag.chart);
    drag.shape.setAttribute("x", String(first * 10));
    drag.shape.setAttribute("width", String((last - first + 1) * 10));
    const count = all.slice(first, last + 1).reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
    document.getElementById("span").textContent = `${all[first].dataset.first} ~ ${all[last].dataset.last}: ${count.toLocaleString("ko")}건`;
  };

  const end = () => {
    drag?.shape.remove();
    drag = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const chart = event.target.closest?.("svg[data-timeline]");
    if (!chart || event.button !== 0) return;
    const place = at(chart, event.clientX);
    drag = { chart, from: place, to: place, x: event.clientX, moved: false, shape: document.createElementNS(NAMESPACE, "rect") };
    drag.shape.setAttribute("class", "selection");
    drag.shape.setAttribute("y", "0");
    drag.shape.setAttribute("height", String(chart.viewBox.baseVal.height));
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.abs(event.clientX - drag.x) < 6) return;
    if (!drag.moved) {
      drag.moved = true;
      drag.chart.append(drag.shape);
    }
    drag.to = at(drag.chart, event.clientX);
    draw();
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    if (drag.moved) {
      const [first, last] = chosen();
      const all = bars(drag.chart);
      const target = new URL(drag.chart.dataset.timeline, location.href);
      target.searchParams.set("published_from", all[first].dataset.first);
      target.searchParams.set("published_to", all[last].dataset.last);
      const swallow = (click) => {
        click.preventDefault();
        click.stopPropagation();
      };
      document.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
      location.assign(target);
    }
    end();
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.("svg[data-timeline]")) event.preventDefault();
  });

  // One stop of the Tab key for the chart, the arrows within it.
  const prepare = () => {
    for (const chart of document.querySelectorAll("svg[data-timeline]")) {
      chart.querySelectorAll("a").forEach((bar, number) => bar.setAttribute("tabindex", number ? "-1" : "0"));
    }
    for (const hint of document.querySelectorAll(".drag-hint")) hint.hidden = false;
  };
  document.addEventListener("keydown", (event) => {
    const bar = event.target.closest?.("svg[data-timeline] a");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!bar || !step) return;
    event.preventDefault();
    const all = [...bar.ownerSVGElement.querySelectorAll("a")];
    const next = all[all.indexOf(bar) + step];
    if (!next) return;
    bar.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  prepare();
  document.addEventListener("htmx:after:swap", prepare);
})();
