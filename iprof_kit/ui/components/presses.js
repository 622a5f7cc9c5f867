// What is pressed is what was aimed at. Leaving a field to press a button saves the field; an answer
// that came between the finger's way down and its way up would move the button from under it, and
// the press would be lost. What changes the page waits for the finger, though not for ever.
const PRESSED = "a[href], button, summary, label, input[type=checkbox], input[type=radio]";
const LONGEST_PRESS_MS = 2000;

class Presses {
  constructor(root) {
    this.root = root;
    this.waiting = [];
    this.timer = null;
    this.down = (event) => {
      if (event.target.closest?.(PRESSED)) this.hold();
    };
    this.up = () => setTimeout(() => this.release()); // the click comes first
    root.addEventListener("pointerdown", this.down);
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, this.up);
  }

  hold() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), LONGEST_PRESS_MS);
  }

  release() {
    clearTimeout(this.timer);
    this.timer = null;
    for (const change of this.waiting.splice(0)) change();
  }

  after(change) {
    // Now, or as soon as nothing is pressed; in order.
    if (this.timer === null) change();
    else this.waiting.push(change);
  }

  stop() {
    clearTimeout(this.timer);
    for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, this.up);
  }
}

