/* Binds each form that asks for a passkey to allauth's functions; what could not be done is said beside its button. */
"use strict";
let last = null;
document.querySelectorAll("[data-passkey]").forEach((form, number) => {
  const name = (selector, word) => {
    const found = form.querySelector(selector);
    if (found && !found.id) found.id = `passkey-${word}-${number}`;
    return found ? found.id : undefined;
  };
  const press = name("[data-press]", "press");
  window.allauth.webauthn.forms[form.dataset.passkey]({
    ids: {
      add: press,
      authenticate: press,
      login: press,
      credential: name("[name=credential]", "credential"),
      passwordless: name("[data-passwordless]", "passwordless"),
      data: name("[data-options]", "options"),
    },
  });
  document.getElementById(press).addEventListener("click", () => { last = form; });
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (!last) return;
  let told = last.querySelector("[role=alert]");
  if (!told) {
    told = document.createElement("div");
    told.className = "alert alert-danger";
    told.setAttribute("role", "alert");
    last.prepend(told);
  }
  told.textContent = "Kunci sandi tidak terbaca: perangkat ini tidak memilikinya, atau Anda membatalkannya. Coba sekali lagi.";
});
