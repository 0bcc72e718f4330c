"use strict";
// What htmx leaves open: where the reader stands after results were swapped.
document.addEventListener("htmx:before:request", () => document.documentElement.classList.add("loading"));
for (const name of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, () => document.documentElement.classList.remove("loading"));
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link?.closest(".paging")) document.documentElement.dataset.turned = "yes";
});
document.addEventListener("htmx:after:swap", () => {
  // The head is not swapped: its feed has to be that of the search which is shown now.
  const { feed } = document.getElementById("search").dataset;
  const link = document.getElementById("feed");
  if (feed && link) {
    link.href = feed;
    link.title = document.getElementById("q").value || "모든 기사";
  }
  for (const panel of document.querySelectorAll("details.drop[open]")) panel.open = false;
  if (document.documentElement.dataset.turned) {
    delete document.documentElement.dataset.turned;
    document.querySelector(".results")?.scrollIntoView();
    document.querySelector(".hit h2 a")?.focus({ preventScroll: true });
  }
});
// The keys of a search: `/` goes to the box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    const box = document.getElementById("q");
    box?.focus();
    box?.select();
  }
  if (event.key === "Escape") {
    const open = event.target.closest?.("details.drop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});
document.addEventListener("click", (event) => {
  for (const panel of document.querySelectorAll("details.drop[open]")) {
    if (!panel.contains(event.target)) panel.open = false;
  }
});
