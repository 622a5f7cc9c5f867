// A career is unrolled: the slider that reads the figure goes on by one year, what comes after is
// dimmed. Nothing moves where movement is not wanted: there the button goes one year on.
const YEAR_MS = 1100;
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

class Play {
  constructor(root) {
    this.root = root;
    this.timer = null;
  }

  pressed(button) {
    const range = document.getElementById(button.dataset.plays || button.dataset.steps);
    if (!range) return;
    if (button.dataset.steps || STILL.matches) {
      this.stop();
      this.on(range);
    } else if (this.timer) this.stop();
    else this.begin(range);
  }

  begin(range) {
    if (range.value === range.max) this.read(range, range.min);
    this.timer = setInterval(() => {
      if (!range.isConnected || range.value === range.max) this.stop();
      else this.on(range);
    }, YEAR_MS);
    this.again();
  }

  on(range) {
    this.read(range, range.value === range.max ? range.min : Number(range.value) + 1);
  }

  read(range, year) {
    range.value = year;
    range.dispatchEvent(new Event("input", { bubbles: true }));
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.again();
  }

  again() {
    // The screen was drawn anew, or the play began or stopped.
    for (const button of this.root.querySelectorAll("[data-plays]")) {
      button.textContent = this.timer ? "Pause" : "Dérouler";
      button.setAttribute("aria-pressed", String(Boolean(this.timer)));
      button.closest(".instrument")?.classList.toggle("playing", Boolean(this.timer));
    }
  }
}

