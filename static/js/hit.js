// The frame's small help for the keyboard, for menus and for screen readers. Nothing needs it: every act is a link or a form.
(() => {
  "use strict";

  // Of each person by itself: a browser may be shared.
  const SHORTCUTS_OFF = `hit-shortcuts-off-${document.body.dataset.person || ""}`;
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
      // What stands in a larger field is a text that one goes on writing.
      if (field.select && !["checkbox", "textarea"].includes(field.type)) field.select();
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
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "?" && showKeys()) return event.preventDefault();
    const done = "jkx".includes(key) && key.length === 1 ? moveInRows(key) : pressKey(key);
    if (done) event.preventDefault();
  });

  // ---------- the list of keys ----------

  // `data-keys` on a link to the list of shortcuts: "?" shows that list over the page, fetched when it is first asked for.
  function showKeys() {
    const link = document.querySelector("a[data-keys]");
    if (!link || !window.htmx) return false;
    const dialog = document.getElementById("keys") || makeKeys(link);
    dialog.showModal();
    return true;
  }

  function makeKeys(link) {
    const dialog = document.createElement("dialog");
    dialog.id = "keys";
    dialog.className = "keys-over";
    dialog.setAttribute("aria-labelledby", "keys-heading");
    dialog.innerHTML =
      '<h2 class="h2" id="keys-heading">Keyboard shortcuts</h2><div></div>' +
      '<form method="dialog"><button class="usa-button">Close</button></form>';
    document.body.append(dialog);
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#keys > div", select: "[data-keys-list]", swap: "innerHTML" });
    return dialog;
  }

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
    // The link that was pressed is gone: the keyboard goes on at what came in its place.
    const results = part.id === "work" && document.activeElement === document.body && document.getElementById("results");
    if (results) results.focus({ preventScroll: true });
    markSwitches();
    const speaker = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
    if (speaker) announce(speaker.dataset.announce);
  });
  document.addEventListener("htmx:responseError", () => announce("That did not work. Load the page again and repeat it."));
  document.addEventListener("htmx:sendError", () => announce("The server cannot be reached. Nothing was changed."));

  // ---------- what one writes while an answer is on its way ----------

  // The answer was made before these words: its part of the page waits, the words go along with the next change.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const isWritten = (text) => text.value !== text.defaultValue;
    if ([...event.detail.target.querySelectorAll("textarea")].some(isWritten)) event.detail.shouldSwap = false;
  });

  // ---------- rows that are chosen ----------

  // `data-count` in the form whose boxes stand in the rows: how many of them are ticked.
  function countChosen(form) {
    const boxes = [...document.querySelectorAll(`tbody input[type=checkbox][form="${form.id}"]`)];
    const count = boxes.filter((box) => box.checked).length;
    form.querySelector("[data-count]").textContent = count ? `${count} chosen` : "";
  }

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.querySelector("[data-count]")) countChosen(form);
  });

  // ---------- the switch of the shortcuts ----------

  function markSwitches() {
    document.querySelectorAll("input[data-shortcuts]").forEach((box) => (box.checked = !isOff()));
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-shortcuts]")) localStorage.setItem(SHORTCUTS_OFF, event.target.checked ? "no" : "yes");
  });

  // ---------- on each page ----------

  function startPage() {
    const errors = document.querySelector("[data-takes-focus]");
    if (errors) errors.focus();
    markSwitches();
    // The browser ticks again what was ticked when one comes back.
    document.querySelectorAll("form:has([data-count])").forEach(countChosen);
    document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", startPage, { once: true });
  } else {
    startPage();
  }
})();
