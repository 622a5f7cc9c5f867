// What a person entered on a page whose kernel ended, for the page that « Rouvrir » opens: in this
// tab only, for the same person only, read once.
const ENTERED = "kit:saisie";
// Fields and choices whose names begin so are of illness, a pregnancy or a strike: a page alone holds
// them, nothing keeps them.
const SENSITIVE = "sensible_";
let hasQuit = false;

function owner() {
  return document.documentElement.dataset.owner || "";
}

function isSensitive(name, value) {
  return name.startsWith(SENSITIVE) || String(value).startsWith(SENSITIVE);
}

function typedFields(root) {
  // Fields that nothing has been told of: a control that acts at once is known by its intent.
  return [...root.querySelectorAll("form[data-intent] :is(input, select, textarea)[id]")]
    .filter(({ form, name, type, value }) => !["checkbox", "radio", "hidden"].includes(type)
      && !isSensitive(name, value)
      && form.dataset.live !== "all" && !form.dataset.live?.split(" ").includes(name));
}

function exceptSensitive(root) {
  // What no sentence of what is kept may promise, where the screen asks for it.
  return root.querySelector(`[name^=${SENSITIVE}]`) ? ", sauf ce qui touche à la santé ou à une grève" : "";
}

function withoutSensitive(intent) {
  const plain = Object.entries(intent.values || {}).filter((one) => !isSensitive(...one));
  return { ...intent, values: Object.fromEntries(plain) };
}

function keepEntered(root, asked, at) {
  const intents = asked.map(withoutSensitive);
  const typed = typedFields(root).map((field) => [field.id, field.value]);
  const opened = [...root.querySelectorAll(".whybtn[aria-expanded=true]")].map(({ id }) => id);
  store({ at, intents, typed, opened });
}

function keepUnanswered(root, form) {
  // Of a page that goes: a form that the server keeps anyway, whose last words it has not answered.
  const typed = typedFields(root).filter((field) => field.form === form);
  store({ at: here(), intents: [], typed: typed.map(({ id, value }) => [id, value]), opened: [] });
}

function store(entered) {
  if (hasQuit) return;
  try {
    sessionStorage.setItem(ENTERED, JSON.stringify({ owner: owner(), ...entered }));
  } catch {
    // No storage here: what is on the screen stays there.
  }
}

function takeEntered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(ENTERED));
    sessionStorage.removeItem(ENTERED);
    const elsewhere = kept?.at && kept.at !== here();
    return owner() && kept?.owner === owner() && !elsewhere ? kept : null;
  } catch {
    return null;
  }
}

function typeAgain(root, typed) {
  // Returns how many fields were not as they had been typed.
  const values = new Map(typed);
  let count = 0;
  for (const field of typedFields(root)) {
    const value = values.get(field.id);
    if (value === undefined || value === field.value) continue;
    field.value = value;
    count += 1;
    if (field.form.dataset.draft) field.dispatchEvent(new Event("input", { bubbles: true }));
    field.closest("details")?.setAttribute("open", "");
  }
  return count;
}

function openAgain(root, opened) {
  // The reasons that stood open: what they say is asked of the new kernel.
  for (const button of opened.map((id) => document.getElementById(id))) {
    if (button && root.contains(button)) showWhy(button, true);
  }
}

function openReason(row) {
  // The row of a reason that an address names opens as its button would open it; returns the button.
  if (!row.matches(".why-row")) return null;
  const button = document.querySelector(`[aria-controls="${row.id}"]`);
  if (button) showWhy(button, true);
  return button;
}

function showWhy(button, open) {
  button.setAttribute("aria-expanded", String(open));
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
}

function forgetEntered() {
  try {
    sessionStorage.removeItem(ENTERED);
  } catch {
    // No storage here: nothing is kept.
  }
}

// A colleague may be next on this computer: nothing entered outlives « Quitter ».
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== `${site()}quitter`) return;
  hasQuit = true;
  forgetEntered();
});

