// Forms that are saved as one types: their fields stay what the person typed, and are told soon.
const DRAFT_MS = 150;
const SLICE = 400_000;
const LONGEST_FILE = 8_000_000;

function keepTyped(root, next, again) {
  // The same form shown again (same key): what is typed meanwhile is newer than the kernel's HTML. While
  // what was done on a former page is done again, a field that nobody has touched here says nothing.
  for (const form of root.querySelectorAll("form[data-key]")) {
    const same = next.querySelector(`form[data-key="${CSS.escape(form.dataset.key)}"]`);
    for (const from of same ? form.elements : []) {
      const to = from.id && same.querySelector(`#${CSS.escape(from.id)}`);
      if (to && (!again || touched(from))) keepField(from, to);
    }
  }
}

function touched(field) {
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const first = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(first, 0);
}

function keepField(from, to) {
  if (["checkbox", "radio"].includes(from.type)) to.checked = from.checked;
  else if (from.tagName === "SELECT") {
    for (const option of to.options) option.toggleAttribute("selected", option.value === from.value);
  } else if (["INPUT", "TEXTAREA"].includes(from.tagName) && !["hidden", "file"].includes(from.type)) {
    to.value = from.value;
    if (to.tagName === "TEXTAREA") to.textContent = from.textContent;
  }
}

class Drafts {
  // Tells `send(form, changed field)` a moment after the last key, or at once.
  constructor(send) {
    this.send = send;
    this.waiting = null;
    this.left = "";
    this.timer = null;
  }

  later(form, left = "") {
    // A field is often left by pressing a button: what answers must not move it before its click.
    if (this.waiting && this.waiting !== form) this.hurry();
    this.waiting = form;
    this.left = left || this.left;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hurry(), DRAFT_MS);
  }

  now(form, changed) {
    this.forget(form);
    this.send(form, changed);
  }

  hurry() {
    const { waiting: form, left } = this;
    this.forget(form);
    if (form) this.send(form, left);
  }

  forget(form) {
    // Of this form only: its values travel with what is about to be sent.
    if (this.waiting !== form) return;
    clearTimeout(this.timer);
    this.waiting = null;
    this.left = "";
  }

  stop() {
    clearTimeout(this.timer);
  }
}

async function slicesOf(file) {
  // The bytes of a file; of one that is too long, nothing: its size says enough.
  if (file.size > LONGEST_FILE || !file.size) return [new ArrayBuffer(0)];
  const bytes = await file.arrayBuffer();
  const starts = Array.from({ length: Math.ceil(bytes.byteLength / SLICE) }, (_, n) => n * SLICE);
  return starts.map((start) => bytes.slice(start, start + SLICE));
}

function save({ name, type }, bytes) {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

