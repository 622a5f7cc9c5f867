// The size of a preview: at 100 % a sheet is as wide as its column. It stays from a page to the
// other of one session, and the place that was read stays in sight.
const SIZES = [50, 75, 100, 125, 150, 200, 300];
const SIZE = "iprof-taille";

class Zoom {
  constructor(root) {
    this.root = root;
    this.size = Zoom.kept();
  }

  static kept() {
    try {
      const size = Number(sessionStorage.getItem(SIZE));
      return SIZES.includes(size) ? size : 100;
    } catch { // no storage: the size is that of the page alone
      return 100;
    }
  }

  again() {
    // The screen was drawn anew.
    for (const output of this.root.querySelectorAll("output[data-zoomed]")) {
      output.textContent = `${this.size} %`;
      document.getElementById(output.dataset.zoomed)?.style.setProperty("--zoom", this.size / 100);
    }
    for (const button of this.root.querySelectorAll("button[data-zoom]")) {
      button.setAttribute("aria-disabled", String(this.after(button) === this.size));
    }
  }

  after(button) {
    const place = SIZES.indexOf(this.size) + Number(button.dataset.zoom);
    return SIZES[Math.min(Math.max(place, 0), SIZES.length - 1)];
  }

  pressed(button) {
    const ratio = this.after(button) / this.size;
    this.size = this.after(button);
    try {
      sessionStorage.setItem(SIZE, String(this.size));
    } catch { /* kept by the page alone */ }
    const desk = document.getElementById(button.getAttribute("aria-controls"));
    const [left, top] = [desk.scrollLeft, desk.scrollTop];
    this.again();
    desk.scrollTo(left * ratio, top * ratio);
  }
}
