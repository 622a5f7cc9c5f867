// Keys of a screen that is worked by the hundred. One letter or digit presses or focuses what says
// it (`data-shortcut`); it never does in a field, and the person can switch it off, for this
// browser. Arrows go through a list, Escape comes back to it, Ctrl and Enter send a form. What is
// pressed while a screen comes was meant for that screen: every key waits for it, in its order.
const SHORTCUTS_OFF = "kit:raccourcis-non";
const TYPED_IN = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
const KEPT = /^(.|Enter|Escape|Arrow(Up|Down))$/u; // once one waits, what follows it waits too

class Shortcuts {
  constructor(root, coming) {
    this.root = root;
    this.coming = coming; // whether another screen than the one in sight is on its way
    this.kept = []; // keys pressed before the screen that they were meant for
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
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target !== document.body && !this.root.contains(target)) return;
    if (this.keeps(event, target)) this.keep(event);
    else if (!this.root.querySelector("[data-shortcuts]") || !this.act(event, target)) return;
    event.preventDefault();
  }

  keeps(event, target) {
    // What is typed in a field stays there, and what the browser does alone (a page that scrolls, a
    // button pressed) is done at once; unless a key that was pressed before is still waiting.
    const { altKey, key } = event;
    const alone = !altKey && !event.ctrlKey && !event.metaKey;
    if (!this.coming() || altKey || this.root.querySelector("[data-projector]")) return false;
    if (this.kept.length) return alone ? KEPT.test(key) : key === "Enter";
    if (key === "Escape") return alone && Boolean(this.root.querySelector("[data-arrows]"));
    if (!alone || event.repeat || target.matches(TYPED_IN)) return false;
    return /^\S$/u.test(key) && this.on();
  }

  keep({ key, ctrlKey, metaKey, repeat }) {
    this.kept.push({ key, ctrlKey, metaKey, repeat });
  }

  act(event, target) {
    return event.ctrlKey || event.metaKey ? this.send(event, target)
      : !event.altKey && (this.move(event, target) || this.letter(event, target));
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
    return this.pick(event.key, target) || this.meant(event.key);
  }

  pick(key, target) {
    // X chooses the line that has the focus.
    const box = key.toLowerCase() === "x" && target.closest("li")?.querySelector("[data-pick]");
    if (box) box.click();
    return Boolean(box);
  }

  meant(key) {
    const all = this.root.querySelectorAll(`[data-shortcut="${CSS.escape(key.toLowerCase())}"]`);
    const wanted = [...all].find((one) => one.checkVisibility());
    if (!wanted) return false;
    if (wanted.matches(`${TYPED_IN}, summary`)) wanted.focus();
    if (!wanted.matches(TYPED_IN)) wanted.click();
    return true;
  }

  settled() {
    // The screen is there: the keys that waited, until one of them asks for another screen.
    while (this.kept.length && !this.coming()) {
      const event = this.kept.shift();
      const target = document.activeElement ?? document.body;
      const typed = target.matches(TYPED_IN) && event.key !== "Escape" && !event.ctrlKey && !event.metaKey;
      const here = !typed && this.root.querySelector("[data-shortcuts]");
      if (!here || !this.act(event, target)) this.asBrowser(event.key, target);
    }
  }

  asBrowser(key, target) {
    // What it would have done of a key that was kept from it.
    if (target.matches("textarea") && key === "Enter") document.execCommand("insertLineBreak");
    else if (target.matches(TYPED_IN)) {
      if (key.length === 1) document.execCommand("insertText", false, key);
      else if (key === "Enter") target.form?.requestSubmit();
    } else if ((key === "Enter" && target.matches("a[href], button, summary"))
        || (key === " " && target.matches("button, summary, input"))) target.click();
  }

  forget() {
    this.kept = [];
  }

  stop() {
    document.removeEventListener("keydown", this.pressed);
  }
}

