// The frame's small help for the keyboard, for menus and for screen readers. Nothing needs it: every act is a link or a form.
(() => {
  "use strict";

  const SHORTCUTS_OFF = "hit-shortcuts-off";
  const isOff = () => localStorage.getItem(SHORTCUTS_OFF) === "yes";
  const isShown = (element) => element.getClientRects().length > 0;
  const isTyping = (element) => element.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

  // ---------- keys ----------

  // `data-key="n"` on a control: the key n presses it, or puts the cursor into it.
  function pressKey(key) {
    const control = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isShown);
    if (!control) return false;
    const field = control.matches("input, select, textarea") ? control : control.matches("form") && control.querySelector("input, select");
    if (field) {
      field.focus();
      if (field.select && field.type !== "checkbox") field.select();
    } else {
      control.click();
    }
    return true;
  }

  // `data-rows` on a table of links: J and K go from row to row, X ticks the row's box.
  function moveInRows(key) {
    const rows = [...document.querySelectorAll("[data-rows] tbody tr")].filter((row) => row.querySelector("a"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    if (key === "x") {
      const box = here >= 0 && rows[here].querySelector("input[type=checkbox]");
      if (box) box.click();
      return Boolean(box);
    }
    const next = rows[key === "j" ? Math.min(here + 1, rows.length - 1) : Math.max(here - 1, 0)];
    if (next) next.querySelector("th a, a").focus();
    return Boolean(next);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(true);
    if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const done = "jkx".includes(key) && key.length === 1 ? moveInRows(key) : pressKey(key);
    if (done) event.preventDefault();
  });

  // ---------- menus ----------

  function closeMenus(giveFocusBack, except) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (menu === except) return;
      menu.open = false;
      if (giveFocusBack) menu.querySelector("summary").focus();
    });
  }

  document.addEventListener("click", (event) => closeMenus(false, event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeMenus(false, event.target.closest("details[data-menu]")));

  // ---------- what a screen reader hears ----------

  function announce(sentence) {
    const region = document.getElementById("announcer");
    region.textContent = "";
    // A pause, so that the same sentence twice is read twice.
    setTimeout(() => (region.textContent = sentence), 50);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const speaker = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
    if (speaker) announce(speaker.dataset.announce);
  });
  document.addEventListener("htmx:responseError", () => announce("That did not work. Load the page again and repeat it."));
  document.addEventListener("htmx:sendError", () => announce("The server cannot be reached. Nothing was changed."));

  // ---------- on each page ----------

  function startPage() {
    const errors = document.querySelector("[data-takes-focus]");
    if (errors) errors.focus();
    document.querySelectorAll("input[data-shortcuts]").forEach((box) => {
      box.checked = !isOff();
      box.addEventListener("change", () => localStorage.setItem(SHORTCUTS_OFF, box.checked ? "no" : "yes"));
    });
    document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startPage, { once: true });
  } else {
    startPage();
  }
})();
