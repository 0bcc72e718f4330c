"use strict";
// Light, dark or as the system has it; loaded before the body so that nothing flashes.
(() => {
  const NAMES = { auto: "화면: 자동", light: "화면: 밝게", dark: "화면: 어둡게" };
  const stored = () => {
    try {
      return localStorage.getItem("gisa-theme") || "auto";
    } catch {
      return "auto"; // storage is switched off: the system decides
    }
  };
  const apply = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    let theme = stored();
    const say = () => (button.textContent = NAMES[theme] || NAMES.auto);
    say();
    button.hidden = false;
    button.addEventListener("click", () => {
      const order = Object.keys(NAMES);
      theme = order[(order.indexOf(theme) + 1) % order.length];
      try {
        localStorage.setItem("gisa-theme", theme);
      } catch {
        // The choice then holds for this page alone.
      }
      apply(theme);
      say();
    });
  });
})();
