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

  // What opens a reason: « Pourquoi ? » on a button or a fold, or a fold that holds one or asks for it.
  controls() {
    const root = document.querySelector(".screen");
    const own = (fold) => [...fold.querySelectorAll(".res")].some((end) => end.closest("details") === fold);
    const all = [...root.querySelectorAll("button, summary")].filter((one) => one.matches(".whybtn")
      || this.words(one).startsWith("Pourquoi")
      || (one.matches("summary:not(.whole > *)") && (one.parentElement.matches("[data-asks=pourquoi]") || own(one.parentElement))));
    return this.spared(all);
  },

  // A reason in a reason is read once by name: a line of pay has the same at each date of « Et si ».
  spared(all) {
    const seen = new Set();
    return all.filter((one) => {
      if (!one.parentElement.parentElement.closest(".why-body")) return true;
      const name = this.words(one).replace(/,.*| : .*/, "");
      const isNew = !seen.has(name);
      seen.add(name);
      return isNew;
    });
  },

  body(one) {
    if (one.matches("summary")) return one.parentElement;
    return document.getElementById(one.getAttribute("aria-controls"));
  },

  isOpen(one) {
    return one.matches("summary") ? one.parentElement.open : one.ariaExpanded === "true";
  },

  // Opens what is not; a reason may hold others, which are seen only then. Returns how many were opened.
  open() {
    const fold = (one) => one.parentElement.closest("details");
    const closed = this.controls().filter((one) => !this.isOpen(one));
    for (const one of closed) {
      for (let around = fold(one.matches("summary") ? one.parentElement : one); around; around = fold(around)) {
        around.open = true;
      }
      if (!this.isOpen(one)) one.click();
    }
    return closed.length;
  },

  waits() {
    return document.querySelector(".screen[aria-busy]") !== null
      || this.controls().some((one) => this.isOpen(one)
        && this.own(one, "p").some((part) => this.words(part).includes("La raison se calcule")));
  },

  // The parts of a reason, without those of the reasons that it holds.
  own(one, parts) {
    const body = this.body(one);
    return [...(body?.querySelectorAll(parts) ?? [])].filter((part) => {
      const fold = part.closest("details:has(> .why-body), .why-row");
      return !fold || fold === body || fold.contains(body);
    });
  },

  // What stands beside a control: its row, else its own words and those of the part around it.
  beside(one) {
    const row = one.closest("tr");
    const around = one.matches("summary") ? one.parentElement.parentElement.closest(".why-body")
      ?? one.parentElement.parentElement.closest("article, details, section, td, main") : row;
    const copy = around.cloneNode(true);
    for (const body of copy.querySelectorAll(".why-body, .vh, tr[hidden]")) body.remove();
    // A figure carries its fact in an element of its own: in the sentence around it, it is no word apart.
    for (const fact of copy.querySelectorAll("data")) fact.replaceWith(fact.textContent);
    copy.normalize();
    return `${this.words(one)} | ${this.parts(copy)}`;
  },

  read() {
    return this.controls().map((one) => {
      const body = this.body(one);
      const count = (parts) => this.own(one, parts).length;
      return {
        name: this.words(one.querySelector("b") ?? one).replace(/ (?:\d|[«:]|[A-D], ).*/, ""),
        open: body?.checkVisibility() ?? false,
        isGroup: !count("dl") && body?.querySelector(".why-body .why-body, .in .why-body") !== null,
        lines: count(".why-body dl > div, .in dl > div"),
        sources: count(".src"),
        rules: count("a[href^='/guides/textes/']"),
        told: count("dt .kind"),
        refused: this.words(body).includes("Raison non donnée"),
        results: this.own(one, ".res dd").map((end) => this.words(end)),
        beside: this.beside(one),
      };
    }).filter((one) => !one.isGroup);
  },
})
