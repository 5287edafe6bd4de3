/* Predictions: choices as buttons, a hint for a wrong one, the explanation for the right one.

In a page a prediction is
  <div class="quiz" data-quiz='{"key", "task", "choices", "right", "hints", "explanation"}'>
with its answer folded, which stays so without this script. What would give the answer away stands
in <details class="reveals" data-key="KEY">: the right answer opens it, its summary does anyway. */
"use strict";

(() => {
  const NO_HINT = "Not this one. Look again at what the text above says.";

  /* Keep what was tried; a browser may forbid it, and then it lasts as long as the page. */
  const memory = {
    read(key) {
      try {
        const tried = JSON.parse(localStorage.getItem(`prediction ${key}`));
        return Array.isArray(tried) ? tried : [];
      } catch {
        return [];
      }
    },
    write(key, tried) {
      try {
        localStorage.setItem(`prediction ${key}`, JSON.stringify(tried));
      } catch { /* it is forbidden or full */ }
    },
  };

  class Quiz {
    constructor(box) {
      const info = JSON.parse(box.dataset.quiz);
      const { key, choices } = info;
      const reveals = document.querySelector(`details.reveals[data-key="${CSS.escape(key)}"]`);
      const tried = memory.read(key).filter((choice) => choices.includes(choice));
      Object.assign(this, { info, reveals, tried });
      this.buttons = choices.map((choice, k) => this.button(choice, k));
      const label = info.task || "Your prediction";
      this.group = make("div", { role: "radiogroup", "aria-label": label }, ...this.buttons);
      this.group.addEventListener("keydown", (event) => this.walk(event));
      this.said = make("p", { class: "said", role: "status" });
      this.again = make("button", { type: "button", class: "again" }, "Predict again");
      this.again.addEventListener("click", () => this.forget());
      box.replaceChildren(this.group, this.said, this.again);
      this.show(choices.indexOf(this.tried.at(-1)));
      if (this.solved()) this.open();
    }

    button(choice, k) {
      const button = make("button", { type: "button", role: "radio" }, choice);
      button.addEventListener("click", () => this.answer(k));
      return button;
    }

    /* Arrows walk from choice to choice; Enter or the space bar answers. */
    walk(event) {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const count = this.buttons.length;
      this.enter((this.buttons.indexOf(event.target) + step + count) % count);
      this.buttons.find((button) => button.tabIndex === 0).focus();
    }

    /* Let the Tab key reach one of the choices. */
    enter(place) {
      this.buttons.forEach((button, k) => { button.tabIndex = k === place ? 0 : -1; });
    }

    solved() {
      return this.tried.includes(this.info.choices[this.info.right]);
    }

    answer(k) {
      const choice = this.info.choices[k];
      if (!this.solved() && this.tried.at(-1) !== choice) this.tried.push(choice);
      memory.write(this.info.key, this.tried);
      this.show(k);
      if (this.solved()) this.open();
    }

    forget() {
      this.tried = [];
      memory.write(this.info.key, this.tried);
      if (this.reveals) this.reveals.open = false;
      this.show(-1);
      this.buttons[0].focus();
    }

    open() {
      if (this.reveals) this.reveals.open = true;
    }

    /* Show the choice `k`, or none for -1, and mark all that were tried. */
    show(k) {
      const { choices, right, hints, explanation } = this.info;
      this.buttons.forEach((button, place) => {
        button.setAttribute("aria-checked", String(place === k));
        const seen = this.tried.includes(choices[place]) || place === k;
        button.dataset.mark = !seen ? "" : place === right ? "right" : "wrong";
      });
      this.enter(Math.max(k, 0));
      const count = this.tried.length;
      const tries = count === 1 ? "1 try" : `${count} tries`;
      const verdict = make("strong", {}, k === right ? "Correct" : "Not yet");
      const words = k === right ? explanation : hints[k] || NO_HINT;
      this.said.replaceChildren(...(k < 0 ? [] : [verdict, ` (${tries}). ${words}`]));
      this.again.hidden = count === 0;
    }
  }

  document.querySelectorAll(".quiz").forEach((box) => new Quiz(box));
})();
