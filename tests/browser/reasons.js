// Every reason of the screen as it is: opened all at once, then read. Used by test_every_reason.py.
({
  plain: (words) => words.replace(/[\s\u00a0\u202f]+/g, " ").trim(),
  words(node) { return this.plain(node?.textContent ?? ""); },

  // The words of a part, each text of its own apart: two cells, two lines are two words.
  parts(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const said = [];
    while (walker.nextNode()) said.push(this.plain(walker.currentNode.data));
    return said.filter(Boolean).join(" | ");
  },

  // What opens a reason: « Pourquoi ? » on a button or a fold, or a fold that holds one.
  controls() {
    const root = document.querySelector(".screen");
    const own = (fold) => [...fold.querySelectorAll(".res")].some((end) => end.closest("details") === fold);
    return [...root.querySelectorAll("button, summary")].filter((one) => one.matches(".whybtn")
      || this.words(one).startsWith("Pourquoi") || (one.matches("summary") && own(one.parentElement)));
  },

  body(one) {
    if (one.matches("summary")) return one.parentElement;
    return document.getElementById(one.getAttribute("aria-controls"));
  },

  open() {
    const fold = (one) => one.parentElement.closest("details");
    for (const one of this.controls()) {
      for (let around = fold(one.matches("summary") ? one.parentElement : one); around; around = fold(around)) {
        around.open = true;
      }
      const opened = one.matches("summary") ? one.parentElement.open : one.ariaExpanded === "true";
      if (!opened) one.click();
    }
  },

  waits() {
    return document.querySelector(".screen[aria-busy]") !== null
      || this.controls().some((one) => this.words(this.body(one)).includes("La raison se calcule"));
  },

  // What stands beside a control: its row, else its own words and those of the part around it.
  beside(one) {
    const row = one.closest("tr");
    const around = one.matches("summary")
      ? one.parentElement.parentElement.closest("article, .in, details, section, td, main") : row;
    const copy = around.cloneNode(true);
    for (const body of copy.querySelectorAll(".why-body, .vh, tr[hidden]")) body.remove();
    return `${this.words(one)} | ${this.parts(copy)}`;
  },

  read() {
    return this.controls().map((one) => {
      const body = this.body(one);
      return {
        name: this.words(one.querySelector("b") ?? one).replace(/ (?:\d|[«:]|[A-D], ).*/, ""),
        open: body?.checkVisibility() ?? false,
        lines: body?.querySelectorAll(".why-body dl > div, .in dl > div").length ?? 0,
        sources: body?.querySelectorAll(".src").length ?? 0,
        rules: body?.querySelectorAll("a[href^='/guides/textes/']").length ?? 0,
        told: body?.querySelectorAll("dt .kind").length ?? 0,
        refused: this.words(body).includes("Raison non donnée"),
        results: [...(body?.querySelectorAll(".res dd") ?? [])].map((end) => this.words(end)),
        beside: this.beside(one),
      };
    });
  },
})
