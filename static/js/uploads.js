// Documents: files dropped onto the field, and how far they are sent. Without it the button sends them all the same.
(() => {
  "use strict";

  const announce = (sentence) => (document.getElementById("announcer").textContent = sentence);

  function send(zone, files) {
    const button = zone.querySelector("button");
    const bar = zone.querySelector("progress");
    const body = new FormData(files.form);
    const request = new XMLHttpRequest();
    request.open("POST", zone.dataset.upload);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.responseType = "json";
    const goOn = () => {
      button.disabled = false;
      bar.hidden = true;
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) return location.assign(request.response.next);
      goOn();
      announce("That did not work. Load the page again and repeat it.");
    });
    request.addEventListener("error", () => {
      goOn();
      announce("The server cannot be reached. Nothing was sent.");
    });
    bar.value = 0;
    bar.hidden = false;
    button.disabled = true;
    announce("The files are being sent.");
    request.send(body);
  }

  document.querySelectorAll("[data-upload]").forEach((zone) => {
    const files = zone.querySelector("input[type=file]");
    zone.querySelector("button").addEventListener("click", (event) => {
      if (!files.files.length) return;
      event.preventDefault();
      send(zone, files);
    });
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("upload--over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("upload--over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("upload--over");
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      send(zone, files);
    });
  });
})();
