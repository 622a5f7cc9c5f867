// One screen: shows the kernel's HTML, keeps focus and open reasons, sends routes and intents.
const SLOW_MS = 300;
const SLOW_CONTROL_MS = 600; // what is said of a control moves the page under the finger
const SUMMED_MS = 400;
const LOST_MS = 8000;
const QUITTING_MS = 5000;
const KERNEL_ENDS = {
  crowded: ["Cette page s’est fermée", "Vous en avez ouvert d’autres, et leur nombre est limité."],
  elsewhere: ["Cette page continue ailleurs", "Une autre fenêtre a pris sa place."],
  idle: ["Cette page s’est fermée", "Elle est restée longtemps sans être utilisée."],
  stopped: ["Le service s’est arrêté", "Cette page attend son retour."],
};

function site() {
  // What stands before every address of the kit: « / », or the path below which a proxy gives it.
  const said = document.getElementById("jupyter-config-data")?.textContent;
  return (said && JSON.parse(said).baseUrl) || "/";
}

function here() {
  return location.pathname + location.search;
}

function fields(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) values[name] = String(value);
  for (const range of form.querySelectorAll("input[data-never]")) values[range.name] = saidBy(range);
  return values;
}

function keepOpen(from, to) {
  // What the person opened, typed or focused stays as it is on her screen.
  if (from.isEqualNode(to) || "uploads" in from.dataset) return false;
  if (from.matches("svg[role=img]")) { // a figure holds nothing of hers: another one is taken whole
    from.replaceWith(to);
    return false;
  }
  if (from.dataset.picture && to.dataset.picture && from.src) to.src = from.src;
  if (from.matches("details, dialog") && from.open) to.open = true;
  if (from.classList.contains("why-row") && !from.hidden) to.hidden = false;
  if (from.classList.contains("whybtn")) {
    to.setAttribute("aria-expanded", from.getAttribute("aria-expanded"));
  }
  return true;
}

const laid = new WeakSet();

function lay(root) {
  // Where the page is wide the rules of a reason are read beside it, until she folds them.
  for (const rules of root.querySelectorAll(".why-rules")) {
    if (!laid.has(rules) && matchMedia("(min-width: 861px)").matches) rules.open = true;
    laid.add(rules);
  }
  // Sizes that only the data know; set from here, since no style comes with the HTML.
  for (const part of root.querySelectorAll("[data-w]")) {
    part.style.setProperty("--w", part.dataset.w);
    if (part.dataset.h) part.style.setProperty("--h", part.dataset.h);
  }
  // Addresses of this very site: the kernel does not know under which name it is read.
  for (const field of root.querySelectorAll("input[data-site]")) {
    if (field.value.startsWith("/")) field.value = location.origin + field.value;
  }
}

function morph(root, html, again) {
  const next = root.cloneNode(false);
  next.innerHTML = html;
  keepTyped(root, next, again);
  const active = document.activeElement;
  const id = root.contains(active) ? active.id : "";
  morphdom(root, next, { childrenOnly: true, onBeforeElUpdated: keepOpen });
  lay(root);
  for (const select of root.querySelectorAll("form[data-live]:not([data-key]) select")) {
    const chosen = select.querySelector("option[selected]");
    if (chosen) select.value = chosen.value;
  }
  // A list whose choice is no longer offered says « choisir » again, never nothing.
  for (const select of root.querySelectorAll("select:not([multiple])")) {
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
  if (id && document.activeElement?.id !== id) document.getElementById(id)?.focus();
}

function markMenu(path) {
  // The shell's menu belongs to the server; only its current item follows our navigation.
  const section = (address) => address.slice(site().length).split("/")[0];
  for (const link of document.querySelectorAll(".menu a[href]")) {
    const own = new URL(link.href).pathname;
    link.removeAttribute("aria-current");
    if (own === path) link.setAttribute("aria-current", "page");
    else if (section(own) === section(path)) link.setAttribute("aria-current", "true");
  }
  const current = document.querySelector(".side .menu a[aria-current]");
  const summary = document.querySelector(".nav-phone summary");
  if (current && summary?.firstChild) summary.firstChild.textContent = current.firstChild.textContent;
  const open = document.querySelector(".nav-phone details[open]");
  if (open) open.open = false;
}

function markHelp(root) {
  // The header's help is that of the screen shown.
  const link = document.querySelector("[data-help-link]");
  const help = root.querySelector("[data-help]")?.dataset.help;
  if (link && help) link.setAttribute("href", help);
}

function markShell(root) {
  // What the screen knows of the page around it: threads that have news, whether somebody reads.
  const { unread } = root.querySelector("[data-unread]")?.dataset ?? {};
  for (const link of unread === undefined ? [] : document.querySelectorAll(`.menu a[href='${site()}courrier']`)) {
    link.querySelector(".cnt")?.remove();
    if (!Number(unread)) continue;
    const count = document.createElement("span");
    const words = document.createElement("span");
    count.className = "cnt";
    words.className = "vh";
    words.textContent = Number(unread) > 1 ? " non lus" : " non lu";
    count.append(unread, words);
    link.append(count);
  }
  const banner = document.querySelector(".kit p[data-usual]");
  const words = root.querySelector("[data-banner]")?.dataset.banner || banner?.dataset.usual;
  if (banner && banner.textContent !== words) banner.textContent = words;
}

function unfold(place) {
  // What is folded is no place to go: every fold around it opens.
  for (let fold = place?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
}

function anchored(root) {
  // The part of the page that the address names, if it is there.
  const id = decodeURIComponent(location.hash.slice(1));
  const found = id && document.getElementById(id);
  if (!found || !root.contains(found)) return null;
  unfold(found);
  return openReason(found) ?? found;
}

function notice(className, role, title, text) {
  const box = document.createElement("div");
  box.className = `note ${className}`;
  box.setAttribute("role", role);
  const p = document.createElement("p");
  const b = document.createElement("b");
  b.textContent = title;
  p.append(b, ` ${text}`);
  box.append(p);
  return box;
}

function kernel() {
  // What the portal's front end says of the kernel; nothing in JupyterLab.
  return document.documentElement.dataset.kernel;
}

function idleSeconds() {
  // After how long an unused page is ended, and how long before it is said; none in JupyterLab.
  const { idle, idleWarning } = document.documentElement.dataset;
  return idle ? { end: Number(idle), warning: Number(idleWarning) } : null;
}

function stopsAt() {
  // When the service stops, once the portal has said that it will.
  const { stopsAt: at } = document.documentElement.dataset;
  return at ? new Date(Number(at)) : null;
}

function opening(path) {
  // « Ouverture de Ma paie », from what the menu and the tabs call an address.
  const links = [...document.querySelectorAll(".tabs a[href], .menu a[href]")];
  const name = links.find((link) => link.pathname === path)?.firstChild.textContent.trim();
  if (!name) return "Ouverture de l’écran";
  if (name.startsWith("Les ")) return `Ouverture des ${name.slice(4)}`;
  return `Ouverture ${/^[AEÉIOUY]/.test(name) ? "d’" : "de "}${name}`;
}

function markTab(root, path) {
  // The tab that was chosen is the current one at once: the rest of the screen follows.
  const chosen = [...root.querySelectorAll(".tabs a[href]")].find((link) => link.pathname === path);
  if (!chosen) return;
  root.querySelector(".tabs a[aria-current]")?.removeAttribute("aria-current");
  chosen.setAttribute("aria-current", "page");
}

function clock(moment, timeZone) {
  const parts = new Intl.DateTimeFormat("fr-FR", {
    hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone }).formatToParts(moment);
  const [hours, minutes] = ["hour", "minute"].map((kind) => parts.find(({ type }) => type === kind).value);
  return `${Number(hours)}\u00a0h\u00a0${minutes}`;
}

function hour(moment = new Date()) {
  // As everywhere in the kit: the hour of Paris, and that of this device where it is another one.
  const paris = clock(moment, "Europe/Paris");
  const here = clock(moment);
  const own = here === paris ? "" : ` (${here} sur cet appareil)`;
  return `${paris}, heure de Paris${own}`;
}

function alone(el, look) {
  // Outside the portal's pages: the look, and the banner that every page carries.
  if (!look) return [];
  el.classList.add("screen-alone");
  const style = document.createElement("style");
  style.textContent = look;
  const banner = document.createElement("div");
  banner.className = "kit";
  const p = document.createElement("p");
  p.textContent =
    "Kit libre, non officiel. Simulation\u00a0: rien n’est transmis à l’administration.";
  banner.append(p);
  return [style, banner];
}

function takeEarly() {
  // What the page has shown before its scripts came, once.
  const early = window.kitEarlyScreen;
  window.kitEarlyScreen = null;
  early?.ready();
  return early;
}

function seat(el, root) {
  // In one step, once there is where: nothing blinks, scrolls or loses the focus.
  if (!el.isConnected) {
    setTimeout(seat, 0, el, root);
    return;
  }
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  el.append(root);
  active?.focus({ preventScroll: true });
}

function doAgain(missed, shortcuts) {
  // What the person did while the scripts were coming.
  for (const [type, target, submitter] of missed.splice(0)) {
    if (type === "keydown") shortcuts.keep(target);
    else if (!target.isConnected) continue;
    else if (type === "submit") target.requestSubmit(submitter);
    else if (type === "click") target.click();
    else target.dispatchEvent(new Event(type, { bubbles: true }));
  }
  shortcuts.settled();
}

function render({ model, el }) {
  const status = document.createElement("div");
  status.className = "screen-status";
  const early = takeEarly();
  const root = early?.screen ?? document.createElement("div");
  root.className = "screen";
  root.setAttribute("data-kit-screen", "");
  el.append(...alone(el, model.get("look")), status);
  if (early) seat(el, root);
  else {
    el.append(root);
    root.innerHTML = model.get("html");
  }
  lay(root);

  const instrument = new Instrument(root);
  const play = new Play(root);
  const zoom = new Zoom(root);
  zoom.again();
  const shortcuts = new Shortcuts(root, () => Boolean(pending) && !pending.calm);
  shortcuts.again();
  const projector = new Projector(root, (name, values) => intent(null, name, values));
  projector.again();
  const countdown = new Countdown(root);
  countdown.again();
  const presses = new Presses(root);
  const own = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let count = 0;
  let pending = null;
  let lost = false;
  let ended = false;
  let quitting = false; // this page has asked for another one
  let turn = ""; // the last place where the kernel asked that the focus goes
  let asker = ""; // what had the focus when she asked, by its id
  const tried = new Set(); // the reasons asked for since the last act
  let intents = []; // the last of each name, in order: what a new page would have to do again
  let heard = Date.now();
  let at = here(); // the screen shown: a part of it may be named after « # »
  let quiet = null;
  let untold = false; // whether a page about to go has left words for the next one
  let typing = null; // a field of a form that acts at once, typed in and not left yet
  let stops = null; // what says that the service is about to stop
  const routed = model.get("routed");

  function clearTimers() {
    if (!pending) return;
    clearTimeout(pending.slow);
    clearTimeout(pending.dead);
  }

  function watchIdle() {
    // Every answer puts the end off.
    heard = Date.now();
    clearTimeout(quiet);
    const idle = idleSeconds();
    if (idle) quiet = setTimeout(showIdle, (idle.end - idle.warning) * 1000);
  }

  function showIdle() {
    if (pending || kernel() === "dead") return;
    const end = hour(new Date(heard + idleSeconds().end * 1000));
    const box = notice("", "alert", `Cette page se fermera à ${end}.`,
      "Elle n’est plus utilisée. Ce que vous avez saisi n’est pas perdu.");
    const stay = document.createElement("button");
    stay.className = "btn light";
    stay.type = "button";
    stay.textContent = "Continuer";
    stay.addEventListener("click", () => send({ kind: "ping" }));
    const row = document.createElement("div");
    row.className = "btns";
    row.append(stay);
    box.append(row);
    status.replaceChildren(box);
  }

  function showStop() {
    // Above what is said of each act, which comes and goes; in sight wherever she is writing.
    if (!stopsAt() || kernel() === "dead") return;
    stops?.remove();
    stops = notice("lost stops screen-status", "alert", `Le service va s’arrêter à ${hour(stopsAt())}.`,
      `Ce que vous avez saisi est gardé${exceptSensitive(root)}\u00a0: rouvrez cette page ensuite, vous l’y retrouverez.`);
    status.before(stops);
  }

  function goodNews() {
    // What is told once is not taken away by what is saved as the person types.
    return pending?.message.draft ? [...status.querySelectorAll(".note.ok")] : [];
  }

  function settle() {
    clearTimers();
    watchIdle();
    status.replaceChildren(...goodNews());
    pending = null;
    root.removeAttribute("aria-busy");
    setTimeout(() => sumOf(model.get("html")), SUMMED_MS); // before the next difference needs it
    if (untold) forgetEntered(); // the page stayed, and it is answered
    untold = false;
    const was = lost;
    lost = false;
    if (was === "connection") { // a screen that was only slow to open lost nothing
      status.append(notice("ok", "status", `Connexion rétablie à ${hour()}.`, "Rien n’a été perdu."));
    }
  }

  function keepAll() {
    drafts.hurry(); // what was typed a moment ago is part of it
    keepEntered(root, intents);
    window.kitOpensAnew = true; // what she did is done again there: not on top of what it made here
  }

  function openAnew() {
    keepAll();
    location.reload();
  }

  function reopening() {
    const reload = document.createElement("a");
    reload.className = "btn light";
    reload.href = here();
    reload.textContent = "Rouvrir cet écran";
    reload.addEventListener("click", keepAll);
    const row = document.createElement("div");
    row.className = "btns";
    row.append(reload);
    return row;
  }

  function showLost() {
    const was = lost;
    const slow = ["open", "back"].includes(kernel()); // heard, and not answered yet
    lost = !root.querySelector("h1, form") ? "opening" : slow ? "slow" : "connection";
    if (lost === was) return; // already said: what is under her finger stays
    const { kind, focus, path } = pending.message.content;
    const kept = kind === "route" && focus // another screen was asked for: the address says it already
      ? `${opening(path)}${slow ? "" : " dès que la connexion revient"}\u00a0; l’écran d’avant reste affiché.`
      : "Votre saisie est conservée sur cet écran.";
    const [title, words] = lost !== "opening" // a screen, where she may have typed
      ? [slow ? "Le service est lent." : `Connexion perdue à ${hour()}.`, kept]
      : ["Cet écran ne s’ouvre pas.", "Le service ne répond pas ou il est complet, ou vous avez " +
        "trop de pages ouvertes\u00a0: fermez celles qui ne servent plus."];
    const box = notice("lost", "alert", title, `${words} Nouvel essai toutes les 8 secondes.`);
    const again = document.createElement("button");
    again.className = "btn light";
    again.type = "button";
    again.textContent = "Réessayer maintenant";
    again.addEventListener("click", () => {
      document.dispatchEvent(new CustomEvent("kit:hurry"));
      resend();
    });
    const row = reopening();
    row.prepend(again);
    box.append(row);
    status.replaceChildren(box);
  }

  function leave() {
    // She left in another tab: nothing of her file stays in sight, nor her name in the header.
    drafts.stop();
    hasQuit = true;
    forgetEntered();
    document.body.replaceChildren();
    // « Quitter » of this very page is on its way to what it answers: going elsewhere would stop it.
    setTimeout(() => location.replace(`${site()}connexion?suite=${encodeURIComponent(`/${location.pathname.slice(site().length)}`)}`),
      quitting ? QUITTING_MS : 0);
  }

  function showEnded() {
    // The page's front end says that the kernel is gone: nothing will answer any more.
    if (document.documentElement.dataset.kernelEnd === "left") {
      leave();
      return;
    }
    clearTimers();
    clearTimeout(quiet);
    stops?.remove();
    const asked = pending?.message.content;
    pending = null;
    shortcuts.forget();
    root.removeAttribute("aria-busy");
    if (asked?.kind === "route" && asked.focus) {
      openAnew(); // the address is that of another screen already: the server opens it
      return;
    }
    const idle = idleSeconds();
    const unused = idle && Date.now() - heard >= idle.end * 900;
    const reason = document.documentElement.dataset.kernelEnd;
    const [title, why] = KERNEL_ENDS[reason] || (unused && KERNEL_ENDS.idle)
      || ["Cette page ne calcule plus", "Son calcul s’est interrompu."];
    const since = title.endsWith("plus") ? "depuis" : "à";
    if (ended) return; // already said: the link must stay under the finger that presses it
    ended = true;
    const box = notice("lost", "alert", `${title} ${since} ${hour()}.`,
      `${why} Ce qui est affiché reste à l’écran, votre saisie est gardée : rouvrez-la.`);
    box.append(reopening());
    status.replaceChildren(box);
  }

  function showSlow() {
    const { kind, path } = pending.message.content;
    const box = kind === "route" ? notice("", "status", `${opening(path)}.`, "")
      : notice("", "status", "Calcul en cours.",
        "Les valeurs affichées sont celles d’avant votre changement.");
    if (kind === "route" && !root.querySelector("h1")) {
      root.replaceChildren(...box.children); // nothing was shown yet: one line is enough
      return;
    }
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Calcul en cours");
    box.append(bar);
    status.replaceChildren(...goodNews(), box);
  }

  function wait(message) {
    clearTimers();
    root.setAttribute("aria-busy", "true");
    const before = pending?.message === message ? pending : {}; // sent again: what hangs on it stays
    const calm = message.draft && (pending?.calm ?? true); // nothing of the screen is to move
    pending = { ...before, message, calm, slow: setTimeout(() => presses.after(() => lost || !pending || showSlow()),
        message.content.kind === "intent" ? SLOW_CONTROL_MS : SLOW_MS),
      dead: setTimeout(() => { showLost(); resend(); }, LOST_MS) };
  }

  function deliver(message) {
    if (kernel() === "dead") {
      clearTimers();
      showEnded();
      return;
    }
    wait(message);
    if (message.sent && kernel() === "lost") return; // kept by the page's front end until then
    try {
      model.send(message.content, {}, message.buffers);
      message.sent = true;
    } catch {
      // The comm is gone: the timers say so and try again.
    }
  }

  function send(content, { buffers = [], draft = false } = {}) {
    count += 1;
    if (!draft) asker = document.activeElement.id;
    deliver({ content: { ...content, seq: `${own}-${count}` }, buffers, draft });
  }

  function resend() {
    if (pending) deliver(pending.message);
  }

  function follow() {
    // An act has led elsewhere in the same screen: its address says so, for a reload.
    const to = root.querySelector("[data-address]")?.dataset.address;
    if (!routed || !to || to === here() || !to.startsWith(`${location.pathname}?`)) return;
    history.replaceState({ kit: true }, "", to);
    at = here();
  }

  function leadOn() {
    // An act whose answer is another screen of this kernel: the page goes there.
    const to = root.querySelector("[data-goes]")?.dataset.goes;
    if (routed && to) go(to, { push: true });
  }

  function afterNavigation() {
    const heading = root.querySelector("h1");
    if (heading) {
      document.title = `${heading.textContent} | Assistant carrière`;
      heading.tabIndex = -1;
      const { focus, kind } = pending.message.content;
      const part = kind === "route" && anchored(root);
      if (part) {
        askOpened();
        part.focus({ preventScroll: true });
        part.scrollIntoView();
      } else if (focus) {
        heading.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
    }
  }

  function intent(source, name, values, draft = false) {
    const content = { kind: "intent", name, values, changed: source?.name || "",
      path: location.pathname };
    tried.clear();
    // What the server keeps by itself must not be done again in a new page, but for these names.
    const again = root.querySelector("[data-kept]")?.dataset.kept.split(" ");
    const others = again ? [] : intents.filter((each) => each.name !== name);
    intents = !again || again.includes(name) ? [...others, content] : [];
    send(content, { draft });
  }

  const drafts = new Drafts((form, changed) => {
    if (!root.contains(form)) return;
    intent({ name: changed }, form.dataset.draft, fields(form), true);
    if (pending) pending.form = form;
  });

  function tellTyped() {
    // Before another screen comes, or the page goes: nothing that was typed waits any more.
    const field = typing;
    typing = null;
    if (field?.isConnected) field.dispatchEvent(new Event("change", { bubbles: true }));
    drafts.hurry();
  }

  function onLeave() {
    tellTyped();
    if (document.documentElement.dataset.kernelEnd === "stopped" && !window.kitOpensAnew) {
      keepEntered(root, intents, here()); // loaded again by the browser's own key
    }
    if (!pending?.form) return;
    keepUnanswered(root, pending.form);
    untold = true;
  }

  new Moves(root, ({ dataset }, by) => { // with it goes what was typed a moment ago
    drafts.hurry();
    intent(null, dataset.moves, { of: dataset.of, by: String(by) });
  });

  function place() {
    // Where the kernel wants the focus after what the person asked: once for each turn.
    const wanted = root.querySelector("[data-turn]")?.dataset;
    if (!wanted || wanted.turn === turn) return;
    turn = wanted.turn;
    const { id: now } = document.activeElement;
    if (now !== asker && document.activeElement.matches("input, textarea, select")) return; // she writes already
    for (const id of (wanted.focus || "").split(" ")) {
      const found = id && document.getElementById(id);
      if (!found) continue;
      found.closest("details:not([open])")?.setAttribute("open", "");
      found.focus();
      return;
    }
  }

  function start() {
    // Messages are answered in order; the answer to the last one ends the waiting.
    const kept = takeEntered();
    for (const content of kept?.intents || []) {
      send({ kind: "route", path: content.path, query: content.path === location.pathname ? location.search : "" });
      intents.push(content);
      send(content);
    }
    const route = { kind: "route", path: routed ? location.pathname : "",
      query: routed ? location.search : "", focus: false, whole: true };
    const asked = kept ? null : model.get("asked");
    if (!asked) send(route);
    else if (asked.here) answered(route);
    else wait({ content: { ...route, seq: asked.number }, buffers: [], sent: true });
    if (kept) Object.assign(pending, { typed: kept.typed, unasked: kept.at, opened: kept.opened });
  }

  function answered(route) {
    // The page came with its first answer.
    pending = { message: { content: route } };
    if (routed) {
      markHelp(root);
      markShell(root);
    }
    onPictures();
    afterNavigation();
    settle();
    place();
    doAgain(window.kitMissed ?? [], shortcuts);
  }

  function go(path, { push }) {
    tellTyped(); // before the route: an answer to what was typed must not take its place
    if (push) history.pushState({ kit: true }, "", path);
    at = here();
    markMenu(location.pathname);
    markTab(root, location.pathname);
    send({ kind: "route", path: location.pathname, query: location.search, focus: true });
  }

  function internal(link) {
    if (!routed || !link || link.target || link.hasAttribute("download")) return null;
    if (status.contains(link)) return null; // « Rouvrir » asks the server for a new page
    if (link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return null;
    // Only addresses that this screen's kernel answers; the rest belongs to the server.
    const known = root.querySelector("[data-routes]")?.dataset.routes.split(" ") || [];
    return known.includes(link.pathname) ? link.pathname + link.search + link.hash : null;
  }

  function onClick(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey
        || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    const path = internal(target?.closest("a[href]"));
    if (path && kernel() !== "dead") { // else the server opens it, or asks who is there
      event.preventDefault();
      go(path, { push: path !== here() + location.hash });
      return;
    }
    const named = target?.closest("a[href^='#']")?.hash;
    if (named) unfold(document.getElementById(named.slice(1))); // the browser then goes there
    const button = target?.closest("button, circle[data-sets]");
    if (!button || !root.contains(button)) return;
    if (button.dataset.sets) propose(button);
    if (button.dataset.zoom) zoom.pressed(button);
    if (button.dataset.plays || button.dataset.steps) play.pressed(button);
    if (button.classList.contains("whybtn")) {
      const open = button.getAttribute("aria-expanded") !== "true";
      showWhy(button, open);
      if (open) ask(button);
    } else if (button.dataset.intent) {
      event.preventDefault();
      drafts.hurry();
      const { of, by } = button.dataset;
      intent(button, button.dataset.intent, { ...(of && { of }), ...(by && { by }) });
    }
  }

  function ask(opened) {
    // A reason is calculated when it is opened, once: what comes back asks no more.
    const { asks, of } = opened.dataset;
    if (!asks) return;
    tried.add(of);
    send({ kind: "intent", name: asks, values: { of }, changed: "", path: location.pathname });
  }

  function askOpened() {
    // In a new kernel, or where the answer has changed, a reason that stands open is asked again:
    // once, since one that the kernel does not give would be asked for ever.
    const open = ".whybtn[aria-expanded=true][data-asks], details[open][data-asks]";
    for (const each of root.querySelectorAll(open)) if (!tried.has(each.dataset.of)) ask(each);
  }

  function onInput(event) {
    const { form } = event.target;
    if (event.target.dataset.filter) filterFolds(event.target);
    if (event.target.type === "range") instrument.moved(event.target);
    if (form?.dataset.live) typing = event.target;
    if (form?.dataset.draft) drafts.later(form);
  }

  const uploads = new Uploads((content, buffers) => {
    count += 1;
    const seq = `${own}-${count}`;
    model.send({ ...content, seq }, {}, buffers);
    return seq;
  });

  function onFile(input) {
    // In slices, each a message of its own: the server bounds the size of a message.
    if (input.dataset.into) {
      uploads.add(input);
      input.value = "";
      return;
    }
    const [file] = input.files;
    if (!file) return;
    slicesOf(file).then((slices) => slices.forEach((buffer, part) => send({
      kind: "file", name: input.dataset.file, file: file.name, size: file.size, part,
      parts: slices.length, path: location.pathname,
    }, { buffers: [buffer] }))).finally(() => { input.value = ""; });
  }

  function onChange(event) {
    if (event.target === typing) typing = null;
    if (event.target.dataset.file) {
      onFile(event.target);
      return;
    }
    const form = event.target.form;
    const typed = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    if (form?.dataset.draft) drafts[typed ? "later" : "now"](form, event.target.name);
    if (!form?.dataset.live) return;
    const live = form.dataset.live;
    if (live === "all" || live.split(" ").includes(event.target.name)) {
      intent(event.target, form.dataset.change || form.dataset.intent, fields(form));
    }
  }

  function onSubmit(event) {
    const form = event.target;
    if (!form.dataset.intent) return;
    event.preventDefault();
    drafts.forget(form);
    typing = null;
    intent(null, form.dataset.intent, fields(form));
    if (pending) pending.submitted = true;
  }

  function onPop() {
    // Another part of the same screen: the browser goes there by itself.
    if (here() === at) return;
    if (kernel() === "dead") location.reload();
    else go(here(), { push: false });
  }

  function onMessage(message, buffers) {
    if (message?.kind === "done" && uploads.done(message.seq)) {
      watchIdle();
      return;
    }
    if (message?.kind === "file") save(message, buffers[0]);
    if (message?.kind === "patch") {
      const html = patched(model.get("html"), message);
      if (html === null) model.send({ kind: "whole" });
      else model.set("html", html);
    }
    if (message?.kind !== "done" || message.seq !== pending?.message.content.seq) return;
    follow();
    afterNavigation();
    const { submitted, typed, unasked, opened } = pending;
    settle();
    if (typed && (typeAgain(root, typed) || !unasked)) {
      status.append(notice("ok", "status", "Votre saisie a été reprise.", ""));
    }
    const summary = submitted && root.querySelector(".err-sum");
    if (summary) summary.focus();
    else place();
    shortcuts.settled();
    leadOn();
    openAgain(root, opened ?? []);
    askOpened();
  }

  function onKernel(event) {
    if (event.detail !== "dead") return;
    uploads.stop();
    showEnded();
  }

  const onAnswer = (message, buffers) => presses.after(() => onMessage(message, buffers));

  const onQuit = () => {
    quitting = true;
    onLeave();
  };
  const onHidden = () => document.hidden && tellTyped(); // on a phone, the last that a page hears

  const onHtml = () => presses.after(() => {
    morph(root, model.get("html"), Boolean(pending?.typed));
    instrument.again();
    play.again();
    zoom.again();
    shortcuts.again();
    projector.again();
    countdown.again();
    showPictures();
    if (routed) {
      markHelp(root);
      markShell(root);
    }
  });
  const showPictures = () => {
    for (const picture of root.querySelectorAll("img[data-picture]")) {
      const source = model.get("pictures")?.[Number(picture.dataset.picture)];
      if (source && picture.src !== source) picture.src = source;
    }
  };
  const onPictures = () => presses.after(showPictures);
  model.on("change:html", onHtml);
  model.on("change:pictures", onPictures);
  model.on("msg:custom", onAnswer);
  document.addEventListener("click", onClick);
  root.addEventListener("toggle", ({ target }) => target.open && ask(target), true);
  root.addEventListener("input", onInput);
  root.addEventListener("change", onChange);
  root.addEventListener("submit", onSubmit);
  document.addEventListener("kit:kernel", onKernel);
  document.addEventListener("kit:stop", showStop);
  window.addEventListener("beforeunload", onQuit);
  window.addEventListener("pagehide", onLeave);
  document.addEventListener("visibilitychange", onHidden);
  if (routed) window.addEventListener("popstate", onPop);
  watchIdle();
  showStop();
  start();

  return () => {
    clearTimers();
    clearTimeout(quiet);
    drafts.stop();
    presses.stop();
    shortcuts.stop();
    projector.stop();
    countdown.stop();
    play.stop();
    model.off("change:html", onHtml);
    model.off("change:pictures", onPictures);
    model.off("msg:custom", onAnswer);
    document.removeEventListener("click", onClick);
    document.removeEventListener("kit:kernel", onKernel);
    document.removeEventListener("kit:stop", showStop);
    window.removeEventListener("beforeunload", onQuit);
    window.removeEventListener("pagehide", onLeave);
    document.removeEventListener("visibilitychange", onHidden);
    window.removeEventListener("popstate", onPop);
  };
}

export default { render };
