/* A page that only passes something on sends its form by itself. */
"use strict";
document.querySelectorAll("[data-continue]").forEach((form) => form.requestSubmit());
