// Connects forms with data-passkey to allauth's passkey functions: which function, which button, where the answer goes.
(() => {
  "use strict";

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const { passkey, button, credential, options, passwordless } = form.dataset;
    const action = { loginForm: "login", addForm: "add", authenticateForm: "authenticate" }[passkey];
    window.allauth.webauthn.forms[passkey]({ ids: { [action]: button, credential, data: options, passwordless } });
  });

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = "The passkey was not used. Try again, or choose another way.";
  });
})();
