/* What the scripts of a page share; it is loaded before them. */
"use strict";

/* Make an element with attributes and children, which are elements or text. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}
