/* Explorers that live without a kernel: every setting was drawn when the site was built.

An explorer in a page is a still with its summary, and stays so without this script:
  <div class="explorer" data-explorer="FOLDER/explorer.json"><img class="still"><p>...</p></div>
When it comes near the window, explorer.json is fetched: controls with the text of each value,
the number of the frame and of the caption of each setting (in row-major order), and the names of
the frames beside it. Frames are fetched as they are wanted, then their neighbours. */
"use strict";

(() => {
  const ROOT = document.documentElement.dataset.content_root || "./";
  const SLOW = 200; // milliseconds after which a wait is shown
  const PAUSE = 500; // milliseconds without a move before a screen reader hears the caption
  const AHEAD = 3; // steps to fetch in the direction of the last move
  const GONE = "This picture could not be loaded. Move a control to try again.";
  const THINNED = "Here the sliders take larger steps than in JupyterLab.";
  const DEAD = "The explorer could not be loaded, so you see its still.";
  const AS_FILE = " A page opened as a file cannot fetch it: python3 start.py site --serve";

  /* Make the element that takes keys, and a function that returns its position in `values`. */
  function input({ kind, values }, start, id) {
    if (kind === "checkbox") {
      const box = make("input", { id, type: "checkbox" });
      box.checked = start === 1;
      return [box, () => Number(box.checked)];
    }
    if (kind === "select") {
      const options = values.map((text, place) => new Option(text, place));
      const menu = make("select", { id }, ...options);
      menu.selectedIndex = start;
      return [menu, () => menu.selectedIndex];
    }
    const range = { id, type: "range", min: 0, max: values.length - 1, value: start };
    const slider = make("input", range);
    return [slider, () => Number(slider.value)];
  }

  /* Make a labelled control; `moved` hears each new position. */
  function row(control, start, id, moved) {
    const [element, position] = input(control, start, id);
    const label = make("label", { for: id }, control.label);
    const parts = [label, element];
    if (control.kind === "slider") {
      const value = make("output", { for: id, "aria-live": "off" }); // the slider says it already
      const tell = () => {
        value.textContent = control.values[position()];
        element.setAttribute("aria-valuetext", value.textContent);
      };
      element.addEventListener("input", tell);
      tell();
      parts.push(value);
    }
    element.addEventListener("input", () => moved(position()));
    return make("div", { class: `control ${control.kind}` }, ...parts);
  }

  class Explorer {
    constructor(box, info, folder, number) {
      Object.assign(this, { box, info, folder, at: [...info.start], frames: new Map() });
      this.picture = make("img", { class: "frame", decoding: "sync", alt: "" });
      this.caption = make("p", { class: "caption", "aria-hidden": "true" });
      this.status = make("p", { class: "unseen", role: "status" }); // the caption, after a pause
      this.problem = make("p", { class: "problem", role: "alert" });
      const rows = info.controls.map((control, k) =>
        row(control, this.at[k], `explorer-${number}-${k}`, (place) => this.move(k, place)));
      const live = [...rows, this.picture, this.caption, this.status, this.problem];
      if (info.thinned) live.push(make("p", { class: "thinned" }, THINNED));
      const names = info.controls.map((control) => control.label).join(", ");
      const group = { class: "live", role: "group", "aria-label": `Explorer: ${names}` };
      box.append(make("div", group, ...live));
      box.classList.add("started");
      this.step = [0, 1];
      this.show();
    }

    /* Return the number of a setting in row-major order. */
    setting(at) {
      return at.reduce((sum, place, k) => sum * this.info.controls[k].values.length + place, 0);
    }

    /* Fetch and decode a frame; one that failed is fetched anew when it is wanted again. */
    fetch(number, priority) {
      if (!this.frames.has(number)) {
        const image = make("img", { fetchpriority: priority });
        image.src = this.folder + this.info.frames[number];
        const decoded = image.decode().then(() => image);
        decoded.catch(() => this.frames.delete(number));
        this.frames.set(number, decoded);
      }
      return this.frames.get(number);
    }

    move(k, place) {
      this.step = [k, Math.sign(place - this.at[k])];
      this.at[k] = place;
      this.show();
    }

    /* Show the frame of the setting that is wanted last; until it is there the old one stays. */
    async show() {
      const setting = this.setting(this.at);
      this.wanted = setting;
      const waiting = setTimeout(() => this.box.setAttribute("aria-busy", "true"), SLOW);
      let image = null;
      try {
        image = await this.fetch(this.info.index[setting], "high");
      } catch { /* told below */ }
      clearTimeout(waiting);
      if (this.wanted !== setting) return;
      this.box.removeAttribute("aria-busy");
      this.problem.textContent = image ? "" : GONE;
      if (image) this.paint(image, this.info.captions[this.info.caption[setting]]);
    }

    paint(image, caption) {
      const { controls, alt } = this.info;
      const values = controls.map((control, k) => `${control.label} ${control.values[this.at[k]]}`);
      this.picture.src = image.src;
      this.picture.width = image.naturalWidth;
      this.picture.height = image.naturalHeight;
      this.picture.alt = `${alt || "Picture"} (${values.join(", ")})`;
      this.caption.textContent = caption;
      clearTimeout(this.speaking);
      this.speaking = setTimeout(() => { this.status.textContent = caption; }, PAUSE);
      this.box.classList.add("ready");
      this.neighbours().forEach((number) => this.fetch(number, "low").catch(() => {}));
    }

    /* Return the frames that the next move may want: on both sides, and some steps ahead. */
    neighbours() {
      const found = [];
      const look = (k, place) => {
        const inside = place >= 0 && place < this.info.controls[k].values.length;
        if (inside) found.push(this.info.index[this.setting(this.at.with(k, place))]);
      };
      this.at.forEach((place, k) => [place - 1, place + 1].forEach((beside) => look(k, beside)));
      const [k, sign] = this.step;
      for (let step = 2; step <= AHEAD; step++) look(k, this.at[k] + sign * step);
      return found;
    }
  }

  async function start(box, number) {
    const address = new URL(ROOT + box.dataset.explorer, document.baseURI).href;
    try {
      const answer = await fetch(address);
      new Explorer(box, await answer.json(), address.slice(0, address.lastIndexOf("/") + 1), number);
    } catch {
      const words = DEAD + (location.protocol === "file:" ? AS_FILE : "");
      box.append(make("p", { class: "problem", role: "status" }, words));
    }
  }

  const boxes = [...document.querySelectorAll(".explorer")];
  const watch = new IntersectionObserver((entries) => {
    entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
      watch.unobserve(target);
      start(target, boxes.indexOf(target));
    });
  }, { rootMargin: "50% 0px" });
  boxes.forEach((box) => watch.observe(box));
})();
