// What stands on a wall is led by the keyboard alone, from a desk or a presenter's remote. The page
// asks who answered at an interval that the kernel gives, as long as it is looked at; the clock is
// counted here between two answers. Nothing moves by itself but the figures of that clock.
const WALL_TICK_MS = 500;
const WALL_NIGHT = "kit:projecteur-nuit";
const WALL_KEYS = {
  " ": "next", ArrowRight: "next", PageDown: "next",
  Backspace: "back", ArrowLeft: "back", PageUp: "back", c: "clock",
};

class Projector {
  constructor(root, ask) {
    this.root = root;
    this.ask = ask;
    this.asked = 0; // when the page last looked at who answered
    this.ends = null; // when the clock ends, by the clock of this page
    this.pressed = (event) => this.press(event);
    this.clicked = (event) => this.click(event);
    document.addEventListener("keydown", this.pressed);
    root.addEventListener("click", this.clicked);
    this.timer = setInterval(() => this.tick(), WALL_TICK_MS);
  }

  get wall() {
    return this.root.querySelector("[data-projector]");
  }

  again() {
    // The wall was drawn anew: its night is the one of this browser, its clock goes on.
    const left = this.wall?.querySelector("[data-left]")?.dataset.left;
    this.ends = left === undefined ? null : Date.now() + Number(left) * 1000;
    if (this.wall) this.light();
  }

  tick() {
    const { wall } = this;
    if (!wall) return;
    if (this.ends !== null) this.count(wall);
    const every = Number(wall.dataset.refresh);
    const due = every && Date.now() - this.asked >= every;
    if (due && document.visibilityState === "visible") this.look();
  }

  look() {
    if (this.root.hasAttribute("aria-busy")) return;
    this.asked = Date.now();
    this.ask("pj_etat", { origin: location.origin });
  }

  count(wall) {
    const clock = wall.querySelector(".wall-clock");
    const left = Math.max(0, Math.ceil((this.ends - Date.now()) / 1000));
    clock.querySelector("[role=timer]").textContent = left;
    clock.querySelector(".wall-arc").setAttribute("stroke-dasharray", `${(100 * left) / clock.dataset.whole} 100`);
    if (left) return;
    this.ends = null;
    this.look(); // the answers are closed: the screen says so
  }

  press(event) {
    const { wall } = this;
    if (!wall || event.defaultPrevented || event.isComposing || event.repeat
        || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.matches(TYPED_IN)) return;
    const help = wall.querySelector("dialog");
    if (help.open) {
      if (event.key === "?") help.close();
      return; // Escape closes it by itself
    }
    if (event.key === " " && target.closest("button, a, input, summary")) return; // presses it
    const done = event.key === "Escape" ? wall.querySelector("[data-leave]") : this.meant(wall, event.key);
    if (!done) return;
    event.preventDefault();
    done.click();
  }

  meant(wall, key) {
    const name = WALL_KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (key.length === 1 && key !== " " && !lettersOn()) return null;
    if (name) return wall.querySelector(`[data-key="${name}"]`);
    if (key === "?") return wall.querySelector("[data-keys]");
    if (key.toLowerCase() === "n") return wall.querySelector("[data-night]");
    return /^[1-9]$/.test(key) ? wall.querySelector(`[data-screen="${key}"]`) : null;
  }

  click(event) {
    const button = event.target.closest?.("button");
    if (!button || !this.wall) return;
    const help = this.wall.querySelector("dialog");
    if ("keys" in button.dataset) help.showModal();
    else if ("close" in button.dataset || button.dataset.screen) help.close();
    else if ("night" in button.dataset) {
      remember(WALL_NIGHT, this.dark() ? "0" : "1");
      this.light();
    }
  }

  dark() {
    return (remembered(WALL_NIGHT) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "1" : "0")) === "1";
  }

  light() {
    // The colours of the other theme are those of the kit's own sheet, whatever the system prefers.
    const { wall } = this;
    const dark = this.dark();
    for (const [name, value] of coloursOf(dark)) wall.style.setProperty(name, value);
    wall.style.colorScheme = dark ? "dark" : "light";
    wall.querySelector("[data-night-words]").textContent = dark ? "jour" : "nuit";
  }

  stop() {
    clearInterval(this.timer);
    document.removeEventListener("keydown", this.pressed);
    this.root.removeEventListener("click", this.clicked);
  }
}

function lettersOn() {
  return remembered(SHORTCUTS_OFF) === null;
}

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // No storage here: what the system prefers is shown.
  }
}

function coloursOf(dark) {
  const colours = new Map();
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet, dark)) {
      if (rule.selectorText !== ":root") continue;
      for (const name of rule.style) {
        const value = name.startsWith("--") && rule.style.getPropertyValue(name).trim();
        if (value && value.startsWith("#")) colours.set(name, value);
      }
    }
  }
  return colours;
}

function rulesOf(sheet, dark) {
  // Those of every theme, then those of the dark one where it is wanted.
  const rules = [...sheet.cssRules];
  const night = rules.filter((rule) => rule.conditionText?.includes("prefers-color-scheme: dark"));
  return dark ? [...rules, ...night.flatMap((rule) => [...rule.cssRules])] : rules;
}

