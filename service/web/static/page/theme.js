"use strict";
// Light, dark or as the system has it; the choice is kept in a cookie, so that the page comes in its colours at once.
(() => {
  const NAMES = { auto: "화면: 자동", light: "화면: 밝게", dark: "화면: 어둡게" };
  const YEAR = 31536000;
  const root = document.documentElement;
  const button = document.getElementById("theme");
  if (!button) return;
  const say = () => (button.textContent = NAMES[root.dataset.theme ?? "auto"]);
  say();
  button.hidden = false;
  button.addEventListener("click", () => {
    const order = Object.keys(NAMES);
    const theme = order[(order.indexOf(root.dataset.theme ?? "auto") + 1) % order.length];
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    // Where cookies are switched off the choice holds for this page alone.
    document.cookie = `gisa-theme=${theme}; Path=/; Max-Age=${theme === "auto" ? 0 : YEAR}; SameSite=Lax`;
    say();
  });
})();
