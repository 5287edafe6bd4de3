/* Names that the theme leaves out, or that differ from the words which are seen. */
"use strict";

document.querySelectorAll(".bd-article summary[aria-label]").forEach((summary) => {
  summary.removeAttribute("aria-label"); // "Show the code" stands in it
});

document.querySelectorAll(".bd-sidebar-primary details > summary").forEach((summary) => {
  const link = summary.closest("li").querySelector("a");
  summary.setAttribute("aria-label", `Pages below ${link.textContent.trim()}`);
});

document.querySelectorAll(".bd-article th").forEach((head) => {
  if (!head.textContent.trim()) head.replaceWith(make("td", { class: "head" })); // it heads nothing
});
