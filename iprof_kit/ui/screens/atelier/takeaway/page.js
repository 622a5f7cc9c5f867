(() => {
  "use strict";
  // Every number of this page comes from its data, calculated beforehand; here they are only looked
  // up, subtracted and written. Texts are given to the page as text, never as markup.
  const $ = (id) => document.getElementById(id);
  const DATA = JSON.parse($("donnees").textContent);
  const NB = "\u00a0";
  const MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre"];

  // A year after the day of its law, the file says that it is old.
  const law = DATA.droit.split("-").map(Number);
  if (new Date() >= new Date(law[0] + 1, law[1] - 1, law[2])) $("ancien").hidden = false;

  // Amounts are whole cents; the half goes to the even euro, as in the calculation.
  const toEuros = (cents) => {
    const euros = Math.floor(Math.abs(cents) / 100), rest = Math.abs(cents) % 100;
    return rest > 50 || (rest === 50 && euros % 2) ? euros + 1 : euros;
  };
  const parted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, NB);
  const euros = (cents) => parted(toEuros(cents)) + NB + "€";
  const money = (cents) =>
    parted(Math.floor(Math.abs(cents) / 100)) + "," + String(Math.abs(cents) % 100).padStart(2, "0") + NB + "€";
  const signed = (cents) =>
    cents === 0 ? "égal" : (cents > 0 ? "+" : "−") + NB + (toEuros(cents) ? euros(cents) : money(cents));
  const month = (iso) => MONTHS[Number(iso.slice(5, 7)) - 1] + " " + iso.slice(0, 4);
  const place = (iso) => {
    const [year, m, day] = iso.split("-").map(Number);
    return year + (Date.UTC(year, m - 1, day) - Date.UTC(year, 0, 1)) / 86400000 / 365.25;
  };
  const on = (steps, iso) => steps.filter((step) => step[0] <= iso).at(-1) || steps[0];

  const SVG = "http://www.w3.org/2000/svg";
  const made = (space, tag, attributes, parts) => {
    const one = space ? document.createElementNS(SVG, tag) : document.createElement(tag);
    for (const name in attributes) one.setAttribute(name, attributes[name]);
    one.append(...parts);
    return one;
  };
  const html = (tag, attributes, ...parts) => made(false, tag, attributes, parts);
  const svg = (tag, attributes, ...parts) => made(true, tag, attributes, parts);

  let rank = 0;
  const chosen = DATA.personnes.map((one) => [...one.ouverture]);
  const read = DATA.personnes.map((one) => one.lire);
  const person = () => DATA.personnes[rank];
  const caseOf = (choices) => person().cas[choices.join("|")];
  const nameOf = (choices) => {
    const names = person().leviers.map((names, lever) => [names[choices[lever]], lever, choices[lever]]);
    return names.filter(([, lever, at]) => lever === 0 || at > 0).map(([name]) => name).join(", ");
  };

  const changed = (lever, at) => chosen[rank].map((value, rank_) => (rank_ === lever ? at : value));
  function choose(lever, at) {
    const other = changed(lever, at);
    if (!caseOf(other).ferme) chosen[rank] = other;  // nothing is shown that was not calculated
  }

  function shut() {
    // A choice without an answer is struck and closed, its reason under its lever.
    for (const group of document.querySelectorAll("[data-personne]")) {
      group.hidden = Number(group.dataset.personne) !== rank;
    }
    const group = document.querySelector(`[data-personne="${rank}"]`), reasons = [];
    for (const input of group.querySelectorAll("[data-levier]")) {
      const lever = Number(input.dataset.levier), at = Number(input.value);
      const there = caseOf(changed(lever, at));
      input.checked = chosen[rank][lever] === at;
      input.disabled = Boolean(there.ferme);
      if (there.ferme) {
        input.setAttribute("aria-describedby", `pourquoi-${rank}-${lever}`);
        (reasons[lever] ||= new Map()).set(there.ferme, [...(reasons[lever].get(there.ferme) || []), person().leviers[lever][at]]);
      } else input.removeAttribute("aria-describedby");
    }
    person().leviers.forEach((_, lever) => {
      const why = $(`pourquoi-${rank}-${lever}`), all = [...(reasons[lever] || new Map())];
      why.hidden = !all.length;
      why.textContent = all.map(([reason, names]) => `${names.join(", ")}${NB}: ${reason}.`).join(" ");
    });
  }

  function show() {
    const one = person(), own = chosen[rank], same = own.join("|") === one.reference.join("|");
    const here = caseOf(own), there = caseOf(one.reference), end = one.horizon;
    shut();
    form.style.setProperty("--chosen", inkOf(own));
    form.style.setProperty("--reference", inkOf(one.reference));
    const lead = $("reponse");
    lead.replaceChildren(`${one.nom}, «${NB}${nameOf(own)}${NB}»${NB}: `,
      html("strong", {}, same ? `${euros(here.net)} nets` : here.ecart ? `${signed(here.ecart)} nets` : "même net"),
      same ? ` d’ici ${end}.` : ` d’ici ${end}, comparé à «${NB}${nameOf(one.reference)}${NB}».`,
      here.doute ? ` (à vérifier)` : "");
    $("quoi-ecart").textContent = same ? `Net en tout, d’ici ${end}` : `Écart net, d’ici ${end}`;
    $("ecart").textContent = same ? euros(here.net) : signed(here.ecart);
    $("quoi-debut").textContent = here.debut ? `Par mois, dès ${month(here.debut[0])}` : "Par mois";
    $("debut").textContent = here.debut ? signed(here.debut[1]) : same ? euros(here.t[0][1]) : "égal";
    $("quoi-pension").textContent = `Pension brute par mois, ${month(here.depart)}`;
    $("pension").textContent = here.pension;
    const slider = $("an"), years = here.ans.map(([year]) => year);
    slider.disabled = !years.length;
    if (years.length) {
      slider.min = years[0];
      slider.max = years.at(-1);
      read[rank] = Math.min(Math.max(read[rank], years[0]), years.at(-1));
      slider.value = read[rank];
    }
    tell(here, there, same);
    draw(here, there, same);
  }

  function inkOf(choices) {
    // The first lever chooses the scenario: everywhere in the kit, its letter has one colour.
    return `var(--${"abcd"[choices[0]]})`;
  }

  function tell(here, there, same) {
    const year = read[rank], iso = `${year}-09-01`;
    const step = on(here.t, iso), other = on(there.t, iso), words = person().mots;
    const where = (s) => `${words[s[2]][0]}, indice ${s[3]}`;
    const since = (here.ans.find(([y]) => y === year) || [0, 0])[1];
    $("an-dit").textContent = year;
    $("an").setAttribute("aria-valuetext", `rentrée ${year}`);
    const parts = [`À la rentrée ${year}${NB}: `, html("b", { class: same ? "of-reference" : "of-chosen" }, euros(step[1])), ` (${where(step)})`];
    if (!same && step[1] !== other[1]) {
      parts.push(", contre ", html("b", { class: "of-reference" }, euros(other[1])), ` (${where(other)}), soit `,
        html("b", {}, signed(step[1] - other[1])), " par mois.");
    } else parts.push(same ? "." : ", autant que dans l’autre cas.");
    if (!same) parts.push(" Depuis le jour figé\u00a0: ", html("b", {}, signed(since)), ".");
    $("lu").replaceChildren(...parts);
  }

  function draw(here, there, same) {
    const one = person(), room = $("figure"), width = Math.max(288, room.clientWidth), small = width < 520;
    const height = small ? 262 : 312, left = 48, right = small ? 12 : 128, top = 18, foot = 30;
    const begin = place(one.jour), end = place(`${one.horizon}-09-01`);
    const nets = [...here.t, ...(same ? [] : there.t)].map((step) => step[1] / 100);
    const paid = nets.filter((net) => net > 0), most = Math.max(...paid, 0), least = Math.min(...paid, most);
    const step = [100, 200, 400, 500, 1000, 2000].find((s) => (most - least) / s <= 4) || 2000;
    const broken = paid.length < nets.length, low = Math.floor(least / step) * step - (broken ? step : 0);
    const high = Math.max(Math.ceil(most / step) * step, low + step);
    const x = (year) => left + ((Math.min(Math.max(year, begin), end) - begin) / (end - begin)) * (width - left - right);
    const y = (cents) => top + ((high - Math.max(cents / 100, low)) / (high - low)) * (height - top - foot);
    const title = `Net d’un mois moyen de ${one.nom}`;
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "fig-t fig-d" },
      svg("title", { id: "fig-t" }, title),
      svg("desc", { id: "fig-d" }, `${$("reponse").textContent} Les mêmes périodes sont dans les tableaux.`));
    const word = (at, up, words, more) => root.append(svg("text", { x: at, y: up, "font-size": 13, fill: "var(--sec)", ...more }, words));
    for (let mark = low; mark <= high; mark += step) {
      root.append(svg("path", { d: `M${left} ${y(mark * 100)}H${width - right}`, stroke: "var(--line)" }));
      word(left - 7, y(mark * 100) + 4, broken && mark === low ? "0" : parted(mark), { "text-anchor": "end" });
    }
    const every = [1, 2, 4, 5, 10].find((n) => (n * (width - left - right)) / (end - begin) >= 46) || 20;
    for (let year = Math.ceil(begin); year < end; year += 1) {
      if (year % every === 0) word(x(year), height - 9, String(year), { "text-anchor": "middle" });
    }
    const edge = (of) => Math.min(end, place(of.depart));
    if (!same) {
      const days = [...new Set([...here.t, ...there.t].map((s) => s[0]))].sort(), stop = Math.min(edge(here), edge(there));
      days.forEach((day, at) => {
        const a = on(there.t, day)[1], b = on(here.t, day)[1];
        const from = x(place(day)), to = x(Math.min(at + 1 < days.length ? place(days[at + 1]) : stop, stop));
        if (a !== b && to > from) {
          root.append(svg("rect", { x: from, y: Math.min(y(a), y(b)), width: to - from, height: Math.abs(y(a) - y(b)), fill: "var(--gap)", "shape-rendering": "crispEdges" }));
        }
      });
    }
    const iso = `${read[rank]}-09-01`, cursor = x(place(iso));
    root.append(svg("path", { d: `M${cursor} ${top}V${height - foot}`, stroke: "var(--link)", "stroke-width": 1.5 }));
    const line = (of, look) => {
      let d = "";
      of.t.forEach((s, at) => { d += at ? `H${x(place(s[0]))}V${y(s[1])}` : `M${x(begin)} ${y(s[1])}`; });
      root.append(svg("path", { d: `${d}H${x(edge(of))}`, fill: "none", "stroke-width": 3, ...look }));
    };
    line(there, { stroke: "var(--reference)" });
    if (!same) line(here, { stroke: "var(--chosen)", "stroke-dasharray": "9 4" });
    const ink = same ? "var(--reference)" : "var(--chosen)";
    let last = -99;
    here.t.forEach((s, at) => {
      const before = here.t[at - 1], label = one.mots[s[2]][1];
      if (!at || one.mots[before[2]][1] === label) return;
      const here_x = x(place(s[0])), across = 8 * label.length + 4;
      root.append(svg("path", { d: `M${here_x - 4} ${y(s[1]) - 4}h8v8h-8z`, fill: ink }));
      const after = here.t[at + 1];  // a position held some weeks gives its place to the next one
      if (here_x - last < across || (after && place(after[0]) - place(s[0]) < 0.2)) return;
      last = here_x;
      const near = here_x < left + across + 8;
      word(near ? here_x + 8 : here_x - 6, y(s[1]) - 8, label, { class: "halo", "font-weight": 700, fill: ink, "text-anchor": near ? "start" : "end" });
    });
    root.append(svg("circle", { cx: x(begin) + 2, cy: y(here.t[0][1]), r: 7, fill: "var(--gold)", stroke: "var(--text)", "stroke-width": 2 }));
    if (!small) {
      const up = y(here.t.at(-1)[1]), equal = here.t.at(-1)[1] === there.t.at(-1)[1];
      let down = y(there.t.at(-1)[1]);
      if (!same && !equal) {
        if (Math.abs(up - down) < 38) down = up < down || up < height / 2 ? up + 40 : up - 40;
        word(width - right + 9, up, "votre choix", { "font-size": 14, "font-weight": 700, fill: "var(--chosen)" });
        word(width - right + 9, up + 17, euros(here.t.at(-1)[1]), { "font-size": 14, fill: "var(--text)" });
      }
      word(width - right + 9, down, equal && !same ? "les deux" : "référence", { "font-size": 14, "font-weight": 700, fill: equal && !same ? "var(--text)" : "var(--reference)" });
      word(width - right + 9, down + 17, euros(there.t.at(-1)[1]), { "font-size": 14, fill: "var(--text)" });
    }
    const ring = (of, stroke) => root.append(svg("circle", { cx: cursor, cy: y(on(of.t, iso)[1]), r: 5, fill: "var(--inst)", stroke, "stroke-width": 2.5 }));
    ring(there, "var(--reference)");
    if (!same) ring(here, "var(--chosen)");
    room.replaceChildren(root);
  }

  const form = $("instrument");
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      const input = event.target;
      if (input.name === "personne") rank = Number(input.value);
      else if (input.dataset.levier) choose(Number(input.dataset.levier), Number(input.value));
      else if (input.id === "an") read[rank] = Number(input.value);
      show();
    });
    let wide = 0;
    addEventListener("resize", () => {
      if (innerWidth !== wide) show();
      wide = innerWidth;
    });
    show();
    document.fonts?.ready.then(show);
  }

  // The questions correct themselves; nothing is sent, nothing is kept.
  const score = {};
  const given = (item, form_) => {
    if (form_ === "ordre") return [...item.querySelectorAll("[data-choix]")].map((one) => Number(one.dataset.choix));
    return [...item.querySelectorAll(".seg input:checked")].map((one) => Number(one.value));
  };
  const decimal = (value) => String(value).replace(".", ",").replace(/\B(?=(\d{3})+(?!\d))/g, NB);
  DATA.questions.forEach((question, number) => {
    const item = document.querySelector(`[data-question="${number}"]`);
    const answer = item.querySelector(".rep"), feedback = item.querySelector(".fb");
    item.querySelector(".ask").hidden = false;
    answer.hidden = true;
    const slider = item.querySelector("[type=range]");
    if (slider) {
      const say = () => {
        const unit = slider.dataset.unite;
        item.querySelector("output").textContent = decimal(slider.value) + (unit ? NB + unit : "");
      };
      slider.addEventListener("input", say);
      say();
    }
    item.addEventListener("click", (event) => {
      const move = event.target.closest("[data-monte]");
      if (move) {
        const line = move.closest("li"), up = move.dataset.monte === "-1";
        const other = up ? line.previousElementSibling : line.nextElementSibling;
        if (other) other[up ? "before" : "after"](line);
        move.focus();
      }
      if (!event.target.closest("[data-verifie]")) return;
      const picked = slider ? [] : given(item, question.forme);
      if (!slider && !picked.length) {
        feedback.textContent = "Choisissez d’abord une réponse.";
        return;
      }
      const wanted = question.forme === "ordre" ? question.choix : [...question.choix].sort((a, b) => a - b);
      const right = slider
        ? Math.abs(Number(slider.value) - question.valeur) <= question.pas
        : picked.join() === wanted.join();
      feedback.replaceChildren(html("b", { class: right ? "yes" : "no" }, right ? "Oui." : "Non."));
      answer.hidden = false;
      answer.open = true;
      score[number] = right;
      const done = Object.keys(score).length, good = Object.values(score).filter(Boolean).length;
      const left = DATA.questions.length - done;
      $("score").textContent = `${good} sur ${done}${left ? `, encore ${left}` : ""}`;
    });
  });

  // On paper, what is folded is read too, but the answers not yet looked at.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll(".more details:not([open])")) {
      one.open = true;
      opened.push(one);
    }
  });
  addEventListener("afterprint", () => { for (const one of opened.splice(0)) one.open = false; });
})();
