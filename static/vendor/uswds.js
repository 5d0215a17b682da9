// The behaviours of USWDS that this project's pages use, as one bundle (built by vendor.sh).
// `on(body)` listens by delegation and prepares what is on the page; `init(part)` prepares what htmx swaps in later.
import accordion from "@uswds/uswds/js/usa-accordion";
import characterCount from "@uswds/uswds/js/usa-character-count";
import comboBox from "@uswds/uswds/js/usa-combo-box";
import datePicker from "@uswds/uswds/js/usa-date-picker";
import dateRangePicker from "@uswds/uswds/js/usa-date-range-picker";
import fileInput from "@uswds/uswds/js/usa-file-input";
import skipnav from "@uswds/uswds/js/usa-skipnav";

const behaviours = [accordion, characterCount, comboBox, datePicker, dateRangePicker, fileInput, skipnav];

function start() {
  behaviours.forEach((behaviour) => behaviour.on(document.body));
  document.body.addEventListener("htmx:load", (event) => {
    const part = event.detail.elt;
    if (part !== document.body) behaviours.forEach((behaviour) => behaviour.init && behaviour.init(part));
  });
}

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", start, { once: true });
} else {
  start();
}
