// A lesson on a phone: looks whether its state has changed, sends answers, keeps them when the
// network is lost. Everything that it shows was written by the server; without it, forms do the same.
"use strict";
(() => {
  const entry = document.getElementById("entree");
  if (entry) {
    entry.requestSubmit();
    return;
  }
  const place = document.getElementById("lecon");
  if (!place) return;
  const lost = document.getElementById("perdu");
  const said = document.getElementById("dit");
  const address = `${place.dataset.adresse}/etat`;
  const key = `lecon-${place.dataset.code}`;
  const LONGEST_WAIT = 8_000;
  const RETRY = 5_000;
  let pending = null; // the answer that has not been counted yet: { ecran, body }
  let changing = ""; // the screen whose question is asked again
  let tag = "";
  let busy = false;
  let over = false;
  let timer = 0;
  let ends = 0;

  const view = () => place.querySelector(".v");
  const word = () => document.querySelector('input[name="_xsrf"]').value;
  const number = (value) => new Intl.NumberFormat("fr-FR").format(value).replace(/\u202f/g, "\u00a0");

  const keep = (answer) => {
    pending = answer;
    try {
      if (answer) sessionStorage.setItem(key, JSON.stringify(answer));
      else sessionStorage.removeItem(key);
    } catch {} // a browser that keeps nothing: the answer stays on this page
  };
  const found = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const later = (milliseconds) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(look, milliseconds);
  };
  const period = () => Number(view().dataset.periode || 2000) * (0.85 + 0.3 * Math.random());

  async function ask(options) {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), LONGEST_WAIT);
    try {
      const again = changing === view().dataset.ecran ? `?changer=${changing}` : "";
      const answer = await fetch(address + again, { cache: "no-store", signal: stop.signal, ...options });
      return { status: answer.status, tag: answer.headers.get("Etag"), text: await answer.text(),
        wait: Number(answer.headers.get("Retry-After")) };
    } finally {
      clearTimeout(limit);
    }
  }

  async function look() {
    if (busy || over) return;
    busy = true;
    let next = 0;
    try {
      const sent = pending;
      const options = sent
        ? { method: "POST", body: new URLSearchParams([["_xsrf", word()], ["acte", "repondre"], ...sent.body]) }
        : { headers: tag ? { "If-None-Match": tag } : {} };
      const answer = await ask(options);
      if (answer.status >= 500) throw new Error("the server does not answer");
      if (sent && answer.status !== 429 && pending === sent) {
        keep(null);
        changing = "";
      }
      next = receive(answer);
      back();
    } catch {
      away();
      next = RETRY;
    } finally {
      busy = false;
    }
    later(pending && !next ? 0 : next || period());
  }

  // Returns the milliseconds to wait where the answer asks for more than usual.
  function receive(answer) {
    if (answer.status === 304) return 0;
    if (answer.status === 403) {
      over = true;
      location.reload();
      return 0;
    }
    const page = new DOMParser().parseFromString(answer.text, "text/html").querySelector(".v");
    if (answer.status === 404 || (!page && answer.status !== 429)) {
      over = true;
      location.reload();
      return 0;
    }
    if (page) {
      tag = answer.status === 200 ? answer.tag || "" : "";
      show(page);
    }
    return answer.status === 429 ? 1_000 * Math.max(2, answer.wait || 0) : 0;
  }

  function show(page) {
    const former = view();
    const same = former.dataset.etape === page.dataset.etape && !page.querySelector("[role=alert]");
    if (page.dataset.etape === "fin") {
      over = true;
      keep(null);
      document.getElementById("quitter")?.remove();
    }
    if (same) {
      for (const fresh of page.querySelectorAll("[data-vif]")) {
        const stale = former.querySelector(`[data-vif="${fresh.dataset.vif}"]`);
        if (stale && stale.textContent !== fresh.textContent) stale.textContent = fresh.textContent;
      }
      for (const name of ["reste", "periode"]) {
        if (page.dataset[name] === undefined) delete former.dataset[name];
        else former.dataset[name] = page.dataset[name];
      }
      former.querySelector(".tm")?.toggleAttribute("hidden", page.dataset.reste === undefined);
      clock();
      return;
    }
    const drawn = former.dataset.ecran === page.dataset.ecran ? draft(former) : null;
    if (page.dataset.ecran !== former.dataset.ecran) changing = "";
    former.replaceWith(document.adoptNode(page));
    begin();
    if (drawn && view().dataset.genre === "question") restore(drawn);
    document.title = `${view().querySelector("h1").textContent} | Assistant carrière`;
    view().querySelector("h1").focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  // What a form holds, but its word: sent as it is, kept as it is.
  const draft = (inside) => {
    const form = inside.querySelector("form.answer");
    return form && [...new FormData(form)].filter(([name]) => name !== "_xsrf" && name !== "acte");
  };

  function restore(body) {
    const form = view().querySelector("form.answer");
    if (!form) return;
    const chosen = body.filter(([name]) => name === "choix").map(([, value]) => value);
    if (form.dataset.forme === "estimation") {
      const value = body.find(([name]) => name === "valeur");
      if (value) form.elements.valeur.value = value[1];
    } else if (form.dataset.forme === "ordre") {
      const list = form.querySelector(".ord");
      const lines = chosen.map((one) => list.querySelector(`input[value="${one}"]`)?.closest("li"));
      if (lines.length === list.children.length && lines.every(Boolean)) list.append(...lines);
      ranks(list);
    } else {
      for (const box of form.querySelectorAll("[name=choix]")) box.checked = chosen.includes(box.value);
    }
    form.dispatchEvent(new Event("input"));
  }

  function begin() {
    clock();
    const form = view().querySelector("form.answer");
    if (!form) return;
    const forms = { choix: choices, plusieurs: choices, estimation: slider, ordre: order };
    forms[form.dataset.forme](form, form.querySelector(".go"));
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.value !== "repondre") return;
      event.preventDefault();
      const button = form.querySelector(".go");
      if (button.getAttribute("aria-disabled") === "true") return;
      keep({ ecran: view().dataset.ecran, body: draft(view()) });
      button.setAttribute("aria-disabled", "true");
      button.textContent = "Envoi en cours…";
      later(0);
    });
  }

  function choices(form, button) {
    const say = () => {
      const signs = [...form.querySelectorAll(":checked")].map((box) => box.dataset.signe);
      const many = signs.length > 1;
      button.setAttribute("aria-disabled", String(!signs.length));
      if (!signs.length) button.textContent = "Choisissez une réponse";
      else button.textContent = `Envoyer ${many ? "les réponses" : "la réponse"} ${signs.join(", ")}`;
    };
    form.addEventListener("input", say);
    say();
  }

  function slider(form, button) {
    const bar = form.elements.valeur;
    const shown = form.querySelector("output");
    const unit = bar.dataset.unite ? `\u00a0${bar.dataset.unite}` : "";
    bar.type = "range";
    shown.hidden = form.querySelector(".pm").hidden = false;
    const say = () => {
      const text = number(bar.valueAsNumber) + unit;
      shown.textContent = text;
      bar.setAttribute("aria-valuetext", text);
      button.textContent = `Envoyer ${text}`;
    };
    form.addEventListener("input", say);
    form.querySelector(".pm").addEventListener("click", (event) => {
      const step = event.target.closest("button")?.dataset.pas;
      if (!step) return;
      if (Number(step) > 0) bar.stepUp();
      else bar.stepDown();
      say();
      said.textContent = shown.textContent;
    });
    say();
  }

  function ranks(list) {
    [...list.children].forEach((line, rank) => {
      line.querySelector("b").textContent = rank + 1;
      const [up, down] = line.querySelectorAll("button");
      up.value = `monter-${rank}`;
      down.value = `descendre-${rank}`;
      up.disabled = rank === 0;
      down.disabled = rank === list.children.length - 1;
    });
  }

  function order(form) {
    const list = form.querySelector(".ord");
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      const line = button.closest("li");
      const up = button.value.startsWith("monter");
      const other = up ? line.previousElementSibling : line.nextElementSibling;
      if (!other) return;
      if (up) other.before(line);
      else other.after(line);
      ranks(list);
      for (const one of list.children) one.classList.toggle("moved", one === line);
      (button.disabled ? line.querySelector("button:not(:disabled)") : button).focus();
      const rank = [...list.children].indexOf(line) + 1;
      said.textContent = `${line.querySelector("span").textContent}, en ${rank}${rank === 1 ? "re" : "e"} place`;
    });
  }

  function clock() {
    const left = view().dataset.reste;
    ends = left === undefined ? 0 : performance.now() + 1_000 * Number(left);
  }
  setInterval(() => {
    const shown = view().querySelector("[data-temps]");
    if (!ends || !shown) return;
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1_000));
    if (shown.textContent !== String(left)) shown.textContent = left;
    if (!left) {
      ends = 0;
      later(600 * Math.random());
    }
  }, 250);

  function away() {
    const text = pending ? " Votre réponse est gardée sur ce téléphone." : " Vous reviendrez à la question en cours.";
    if (lost.hidden) {
      const hour = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
      lost.dataset.depuis = hour.replace(":", "\u00a0h\u00a0");
    }
    const whole = `Connexion perdue à ${lost.dataset.depuis}.${text} Nouvel essai toutes les 5\u00a0secondes.`;
    lost.hidden = false;
    if (lost.dataset.texte === whole) return;
    lost.dataset.texte = whole;
    const strong = document.createElement("b");
    const [first, ...rest] = whole.split(/(?<=\.) /);
    strong.textContent = first;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "lk";
    again.textContent = "Réessayer maintenant";
    again.addEventListener("click", () => later(0));
    lost.replaceChildren(strong, ` ${rest.join(" ")} `, again);
    const button = view().querySelector("form.answer .go");
    if (pending && button) button.textContent = "Réponse gardée sur ce téléphone";
  }

  function back() {
    if (lost.hidden) return;
    lost.hidden = true;
    delete lost.dataset.texte;
    lost.replaceChildren();
    said.textContent = "Connexion revenue.";
  }

  place.addEventListener("click", (event) => {
    if (!event.target.closest("[data-changer]")) return;
    event.preventDefault();
    changing = view().dataset.ecran;
    tag = "";
    later(0);
  });
  document.getElementById("quitter")?.addEventListener("submit", () => keep(null));
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) later(0);
  });

  begin();
  const former = found();
  if (former && former.ecran === view().dataset.ecran && view().dataset.genre === "question") {
    restore(former.body);
    keep(former);
  } else keep(null);
  later(pending ? 0 : period());
})();
