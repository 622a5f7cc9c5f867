// Keys of a screen that is worked by the hundred. One letter or digit presses or focuses what says
// it (`data-shortcut`); it never does in a field, and the person can switch it off, for this
// browser. Arrows go through a list, Escape comes back to it, Ctrl and Enter send a form.
const SHORTCUTS_OFF = "kit:raccourcis-non";
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";

class Shortcuts {
  constructor(root) {
    this.root = root;
    this.later = null; // a key pressed before the screen that it was meant for
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    root.addEventListener("change", (event) => {
      if (event.target.matches("[data-shortcuts-on]")) this.remember(event.target.checked);
    });
  }

  again() {
    // Another text is shown: the box says what this browser remembers.
    const box = this.root.querySelector("[data-shortcuts-on]");
    if (box) box.checked = this.on();
  }

  on() {
    try {
      return localStorage.getItem(SHORTCUTS_OFF) === null;
    } catch {
      return this.root.querySelector("[data-shortcuts-on]")?.checked ?? true;
    }
  }

  remember(on) {
    try {
      if (on) localStorage.removeItem(SHORTCUTS_OFF);
      else localStorage.setItem(SHORTCUTS_OFF, "1");
    } catch {
      // No storage here: the box says it, as long as the page is open.
    }
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || !this.root.querySelector("[data-shortcuts]")) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target !== document.body && !this.root.contains(target)) return;
    const done = event.ctrlKey || event.metaKey ? this.send(event, target)
      : !event.altKey && (this.move(event, target) || this.letter(event, target));
    if (done) event.preventDefault();
  }

  send(event, target) {
    const form = target.closest("form[data-ctrl-enter]");
    if (event.key !== "Enter" || !form) return false;
    if (!event.repeat) form.requestSubmit();
    return true;
  }

  move(event, target) {
    const list = this.root.querySelector("[data-arrows]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Escape" && list && !list.contains(target)) return this.back(list);
    if (!by || !list || target.matches("select, input[type=radio]")) return false;
    if (!list.contains(target)) return this.enter(list, target);
    const stops = [...list.querySelectorAll("[data-line]")];
    const at = stops.indexOf(target.closest("button"));
    stops[at < 0 ? 0 : Math.min(Math.max(at + by, 0), stops.length - 1)]?.focus();
    return stops.length > 0;
  }

  enter(list, target) {
    // From the page, its title or a button: the first arrow goes to where one is in the list.
    const reads = target === document.body || target.matches("h1, a[href], button, [tabindex='-1']");
    return reads && this.on() && list.checkVisibility() && this.back(list);
  }

  back(list) {
    const back = list.querySelector("[aria-current]") || list.querySelector("[data-line]");
    back?.focus();
    return Boolean(back);
  }

  letter(event, target) {
    if (target.matches(TYPED_IN) || !this.on() || event.key.length !== 1 || event.repeat) return false;
    if (this.root.hasAttribute("aria-busy")) {
      this.later = event.key;
      return true;
    }
    return this.pick(event.key, target) || this.act(event.key);
  }

  pick(key, target) {
    // X chooses the line that has the focus.
    const box = key.toLowerCase() === "x" && target.closest("li")?.querySelector("[data-pick]");
    if (box) box.click();
    return Boolean(box);
  }

  act(key) {
    const all = this.root.querySelectorAll(`[data-shortcut="${CSS.escape(key.toLowerCase())}"]`);
    const wanted = [...all].find((one) => one.checkVisibility());
    if (!wanted) return false;
    if (wanted.matches(TYPED_IN)) wanted.focus();
    else wanted.click();
    return true;
  }

  settled() {
    const { later } = this;
    this.later = null;
    if (later) this.act(later);
  }

  stop() {
    document.removeEventListener("keydown", this.pressed);
  }
}

