// An instrument answers here at once: the slider that reads the figure, what a range says while it
// is moved, the values proposed under it. What is calculated is asked of the kernel by the form.
class Instrument {
  constructor(root) {
    this.root = root;
    this.read = new Map(); // the year read, by slider: the kernel does not know it
    root.addEventListener("keydown", byYears);
  }

  again() {
    // The screen was drawn anew: what was read is read again.
    for (const range of this.root.querySelectorAll("input[data-reads]")) {
      if (this.read.has(range.id)) range.value = this.read.get(range.id);
      readAt(range);
    }
    for (const range of this.root.querySelectorAll("input[data-never]")) sayRange(range);
    for (const range of this.root.querySelectorAll("input[data-follows]")) followAt(range);
  }

  moved(range) {
    if (range.dataset.reads !== undefined) {
      this.read.set(range.id, range.value);
      readAt(range);
    } else if (range.dataset.follows !== undefined) followAt(range);
    else if (range.dataset.months !== undefined) flagAt(range);
    else if (range.dataset.never) sayRange(range);
  }
}

const MONTHS_A_YEAR = 12;

function byYears(event) {
  // The flag of an event goes from year to year by its arrows, as its law does; a finger is freer.
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
  const { target: range } = event;
  if (!by || range.dataset?.months === undefined) return;
  event.preventDefault();
  const before = range.value;
  range.value = Number(before) + by * MONTHS_A_YEAR;
  if (range.value === before) return;
  for (const name of ["input", "change"]) range.dispatchEvent(new Event(name, { bubbles: true }));
}

function flagAt(range) {
  range.closest(".event-flag").style.setProperty("--w", `${(100 * range.value) / range.max}%`);
}

function saidBy(range) {
  return range.value === range.max ? range.dataset.never || range.value : range.value;
}

function sayRange(range) {
  const said = document.getElementById(`${range.id}-dit`);
  if (said) said.textContent = saidBy(range);
  range.setAttribute("aria-valuetext", saidBy(range));
}

function followAt(range) {
  // Each place of the slider has its own words; the kernel knows where it stands.
  const lines = [...range.closest(".lever").querySelectorAll("[data-at]")];
  for (const line of lines) line.hidden = line.dataset.at !== range.value;
  const says = lines.find((line) => !line.hidden)?.dataset.says ?? range.value;
  document.getElementById(`${range.id}-dit`).textContent = says;
  range.setAttribute("aria-valuetext", says);
}

function readAt(range) {
  const figure = range.closest(".instrument");
  document.getElementById(`${range.id}-dit`).textContent = range.value;
  for (const line of figure.querySelectorAll("[data-at]")) {
    line.hidden = line.dataset.at !== range.value;
  }
  for (const lanes of figure.querySelectorAll("[data-places]:not(g)")) {
    const at = lanes.dataset.places.split("|").find((one) => one.startsWith(`${range.value} `));
    if (at) lanes.style.setProperty("--read", at.split(" ")[1]);
  }
  for (const group of figure.querySelectorAll("g.reading")) {
    const at = group.dataset.places.split("|").find((one) => one.startsWith(`${range.value} `));
    if (!at) continue;
    const [, x, ...heights] = at.split(" ");
    const line = group.querySelector("path");
    line.setAttribute("d", line.getAttribute("d").replace(/^M[\d.]+/, `M${x}`));
    group.querySelectorAll("circle").forEach((disc, place) => {
      disc.setAttribute("cx", x);
      disc.setAttribute("cy", heights[place]);
    });
    const veil = group.querySelector(".veil");
    veil?.setAttribute("x", x);
    veil?.setAttribute("width", Math.max(0, veil.dataset.right - x));
  }
}

function propose(button) {
  // A value proposed under a range is taken as if the range had been moved there.
  const range = document.getElementById(button.dataset.sets);
  range.value = button.dataset.value;
  for (const name of ["input", "change"]) range.dispatchEvent(new Event(name, { bubbles: true }));
}
