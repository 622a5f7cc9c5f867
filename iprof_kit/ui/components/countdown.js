// What is left before a closing, as long as its page is open: the words change in place, nothing is
// asked of the kernel and nothing is announced, but at 30, 10 and 5 minutes, and when it closes.
const LEFT_TICK_MS = 5_000;
const SAID_AT_MIN = [5, 10, 30];

function leftWords(seconds) {
  // As the kernel says it: « 20 min », « 3 h 05 ».
  const whole = Math.floor(seconds / 60);
  const [hours, minutes] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return `${Math.max(minutes, 1)}\u00a0min`;
  return minutes ? `${hours}\u00a0h\u00a0${String(minutes).padStart(2, "0")}` : `${hours}\u00a0h`;
}

class Countdown {
  constructor(root) {
    this.root = root;
    this.opened = new Map(); // when this page first saw each moment of the server
    this.said = null;
    this.timer = setInterval(() => this.again(), LEFT_TICK_MS);
  }

  again() {
    const day = this.root.querySelector("[data-closes]");
    if (!day) return;
    const { at, closes } = day.dataset; // in milliseconds; the clock of this device may be wrong
    if (!this.opened.has(at)) this.opened.set(at, Date.now());
    const gone = Date.now() - this.opened.get(at);
    const left = (closes - at - gone) / 1000;
    for (const part of this.root.querySelectorAll("[data-left]")) put(part, leftWords(left));
    for (const part of left > 0 ? [] : this.root.querySelectorAll("[data-over]")) put(part, part.dataset.over);
    for (const bar of day.querySelectorAll("svg")) advance(bar, Math.min(gone / (closes - at), 1));
    this.say(day, left);
  }

  say(day, left) {
    const due = left <= 0 ? 0 : SAID_AT_MIN.find((minutes) => left <= minutes * 60);
    if (this.said === null) this.said = due ?? Infinity; // what the page said as it opened
    const words = due < this.said && (due ? `${day.dataset.office} ferme dans ${leftWords(left)}.` : day.dataset.closed);
    this.said = Math.min(this.said, due ?? Infinity);
    if (words) put(day.querySelector("[role=status]"), words);
  }

  stop() {
    clearInterval(this.timer);
  }
}

function put(part, words) {
  if (part.textContent !== words) part.textContent = words;
}

function advance(bar, share) {
  // From where it was when the page was opened to the closing.
  const [disc, past, rest] = [".now", ".past", ".rest"].map((one) => bar.querySelector(one));
  if (!rest) return;
  const [from, to, start] = [Number(disc.dataset.from), Number(rest.dataset.to), Number(past.getAttribute("x"))];
  const x = from + share * (to - from);
  disc.setAttribute("cx", x);
  past.setAttribute("width", x - start);
  rest.setAttribute("x", x);
  rest.setAttribute("width", to - x);
}

