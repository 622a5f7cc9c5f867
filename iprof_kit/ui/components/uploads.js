// Files on their way: a slice at a time, so that what is typed meanwhile is not kept waiting, and so
// that a cut costs one slice: the page's connection sends again what was not answered.
const UPLOAD_SLICE = 64_000;

function progressWords(sent, size) {
  // « 2,4 sur 3,8 Mo », « 60 sur 240 Ko »
  const [unit, name, digits] = size < 1_000_000 ? [1_000, "Ko", 0] : [1_000_000, "Mo", 1];
  const [done, all] = [sent, size].map((bytes) => (bytes / unit).toLocaleString("fr-FR",
    { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return `${done} sur ${all}\u00a0${name}`;
}

class Uploads {
  // `tell(content, buffers)` sends a message and returns its number; the list that a field names by
  // `data-into` shows each file until the kernel has answered its last slice.
  constructor(tell) {
    this.tell = tell;
    this.queue = [];
    this.current = null;
    this.count = 0;
  }

  add({ files, dataset: { file: name, of, into } }) {
    for (const file of files) {
      this.count += 1;
      const parts = file.size > LONGEST_FILE ? 1 : Math.max(1, Math.ceil(file.size / UPLOAD_SLICE));
      this.queue.push({ id: `envoi-${this.count}`, file, name, of, into, parts, part: 0 });
    }
    this.queue.forEach((one) => this.draw(one));
    this.next();
  }

  next() {
    if (this.current || !this.queue.length) return;
    this.current = this.queue.shift();
    this.slice();
  }

  async slice() {
    const one = this.current;
    const { file, name, of, part, parts } = one;
    const start = part * UPLOAD_SLICE;
    const empty = file.size > LONGEST_FILE || !file.size; // its size says enough
    let buffer;
    try {
      buffer = empty ? new ArrayBuffer(0) : await file.slice(start, start + UPLOAD_SLICE).arrayBuffer();
    } catch {
      this.end(one, "ce fichier ne se lit plus : choisissez-le de nouveau");
      return;
    }
    if (this.current !== one) return; // withdrawn meanwhile
    one.seq = this.tell({ kind: "file", name, of, file: file.name, size: file.size, part, parts,
      path: location.pathname }, [buffer]);
    this.draw(one);
  }

  done(seq) {
    // Whether a message was a slice of ours.
    const one = this.current;
    if (!one || one.seq !== seq) return false;
    one.part += 1;
    if (one.part < one.parts) this.slice();
    else this.end(one);
    return true;
  }

  end(one, trouble = "") {
    const row = document.getElementById(one.id);
    if (!trouble) row?.remove();
    else if (row) row.querySelector(".say").textContent = trouble;
    this.queue = this.queue.filter((other) => other !== one);
    if (this.current === one) this.current = null;
    this.next();
  }

  stop() {
    // The kernel is gone: nothing will go on by itself.
    const left = [this.current, ...this.queue].filter(Boolean);
    this.queue = [];
    for (const one of left) this.end(one, "envoi interrompu : rouvrez l’écran, puis choisissez ce fichier de nouveau");
  }

  draw(one) {
    const row = document.getElementById(one.id) || this.row(one);
    if (!row) return;
    const sent = Math.min(one.part * UPLOAD_SLICE, one.file.size);
    const last = one.part === one.parts - 1 && one.seq;
    row.querySelector("progress").value = last ? 1 : sent / (one.file.size || 1);
    const going = one.seq ? `${progressWords(sent, one.file.size)}, reprend seule après une coupure`
      : "attend son tour";
    row.querySelector(".say").textContent = last ? "contrôle du contenu" : going;
  }

  row(one) {
    const list = document.getElementById(one.into);
    if (!list) return null;
    const row = document.createElement("li");
    const [name, bar, say, withdraw] = ["span", "progress", "span", "button"].map((tag) => document.createElement(tag));
    row.id = one.id;
    name.className = "fn";
    name.textContent = one.file.name;
    bar.max = 1;
    bar.setAttribute("aria-label", one.file.name);
    say.className = "say";
    withdraw.type = "button";
    withdraw.className = "linkish";
    withdraw.textContent = "Retirer";
    withdraw.setAttribute("aria-label", `Retirer ${one.file.name}`);
    withdraw.addEventListener("click", () => this.end(one));
    row.append(name, bar, say, withdraw);
    list.append(row);
    return row;
  }
}

