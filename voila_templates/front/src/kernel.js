// One kernel: its websocket, kept open; what was sent before it opened or got no sign of life is
// sent (again) once it does, in order. Jupyter's server keeps the kernel's own messages meanwhile.
import { PROTOCOL, pack, unpack } from "./wire.js";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
const OPENING_LOOKS = 6;
const SILENCE_MS = 6_000;
const LOOK_MS = 5_000;
const GONE = new Set([403, 404]);
const LEFT = 410; // the person has logged out, in another tab
// Codes with which the server closes the websocket of a kernel that it has ended.
const ENDED = { 4000: "alone", 4001: "crowded", 4002: "left", 4003: "elsewhere", 4004: "stopped" };
const STOPS = "kit_stop"; // the server's own word, to every page: it stops in some seconds

export function own_id() {
  const parts = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(parts, (part) => part.toString(16).padStart(8, "0")).join("");
}

export class Kernel {
  // `on_message` gets what the kernel says; `on_state` gets « open », « lost », « back » or « dead »,
  // with the reason where the server gives one; `on_stop`, in how many seconds the server stops.
  constructor(base, id, { on_message, on_state, on_stop }) {
    this.address = `${base}api/kernels/${id}`;
    this.session = own_id();
    this.on_message = on_message;
    this.on_state = on_state;
    this.on_stop = on_stop;
    this.waiting = new Map(); // message id → message without sign of life, in order of sending
    this.replies = new Map(); // message id → callbacks until the kernel is idle again
    this.state = "new";
    this.wait = FIRST_WAIT_MS;
    this.heard = 0;
    for (const event of ["online", "focus"]) window.addEventListener(event, () => this.hurry());
    // A page that comes back in sight may have been cut when the person left.
    window.addEventListener("focus", () => this.state === "dead" && this.look());
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    document.addEventListener("kit:hurry", () => this.hurry());
  }

  open() {
    if (this.state === "dead" || this.socket) return;
    clearTimeout(this.timer);
    this.timer = null;
    const { socket, heard } = this.early() ?? this.connect();
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.receive(unpack(event.data));
    socket.onclose = (event) => {
      if (this.socket === socket && ENDED[event.code]) this.die(ENDED[event.code]);
      else this.closed(socket);
    };
    this.socket = socket;
    let looks = 0;
    this.slow = setInterval(() => {
      // A busy kernel opens late, a dying one never.
      looks += 1;
      if (looks > OPENING_LOOKS) this.drop();
      else this.look();
    }, LOOK_MS);
    if (socket.readyState === WebSocket.OPEN) this.opened();
    else if (socket.readyState > WebSocket.OPEN) this.closed(socket);
    for (const event of heard) this.receive(unpack(event.data));
  }

  early() {
    // The websocket that the page's head has opened, once.
    const early = window.kitEarlySocket;
    window.kitEarlySocket = null;
    if (early) this.session = early.name;
    return early;
  }

  connect() {
    const url = new URL(`${this.address}/channels?session_id=${this.session}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    return { socket, heard: [] };
  }

  opened() {
    clearInterval(this.slow);
    const again = this.state === "lost";
    this.state = "open";
    this.wait = FIRST_WAIT_MS;
    this.heard = Date.now();
    for (const message of this.waiting.values()) {
      // Kernels refuse the very same bytes twice; a screen knows what it has already answered.
      message.header.date = new Date().toISOString();
      this.socket.send(pack(message));
    }
    this.on_state(again ? "back" : "open");
    this.watch();
  }

  closed(socket) {
    if (this.socket !== socket) return;
    clearInterval(this.slow);
    this.socket = null;
    if (this.state === "dead") return;
    if (this.state === "open") this.on_state("lost");
    this.state = "lost";
    this.timer = setTimeout(() => this.retry(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  async retry() {
    // A websocket does not say why it was refused: the kernel's own address does.
    const kernel = await this.look();
    if (this.state === "dead" || this.socket) return;
    if (kernel) this.open();
    else this.closed(null);
  }

  hurry() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.retry();
  }

  async look() {
    // The kernel as the server knows it; null while nothing answers.
    try {
      const answer = await fetch(this.address, {
        cache: "no-store", redirect: "error", signal: AbortSignal.timeout(LOOK_MS),
      });
      const kernel = answer.ok ? await answer.json() : null;
      if (answer.status === LEFT) this.leave();
      else if (GONE.has(answer.status) || kernel?.execution_state === "dead") this.die();
      return kernel;
    } catch {
      return null;
    }
  }

  watch() {
    // A cut connection may stay silent for long: doubt it once an answer does not come.
    clearTimeout(this.doubt);
    if (!this.waiting.size || this.state !== "open") return;
    this.doubt = setTimeout(() => this.check(), SILENCE_MS);
  }

  async check() {
    if (Date.now() - this.heard >= SILENCE_MS && this.waiting.size) {
      const kernel = await this.look();
      const silent = Date.now() - this.heard >= SILENCE_MS && this.waiting.size;
      if (silent && kernel?.execution_state !== "busy") this.drop();
    }
    this.watch();
  }

  drop() {
    const socket = this.socket;
    if (!socket) return;
    this.closed(socket);
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }

  die(reason = "") {
    if (this.state === "dead") return;
    this.state = "dead";
    clearTimeout(this.timer);
    clearTimeout(this.doubt);
    clearInterval(this.slow);
    this.socket?.close();
    this.waiting.clear();
    this.replies.clear();
    this.on_state("dead", reason);
  }

  leave() {
    if (this.state === "dead") this.on_state("dead", "left");
    else this.die("left");
  }

  send(msg_type, content, { callbacks, metadata = {}, buffers = [] } = {}) {
    const msg_id = own_id();
    const header = { msg_id, msg_type, session: this.session, username: "", version: "5.2",
      date: new Date().toISOString() };
    const message = { channel: "shell", header, parent_header: {}, metadata, content, buffers };
    if (this.state === "dead") return msg_id;
    this.waiting.set(msg_id, message);
    if (callbacks) this.replies.set(msg_id, callbacks);
    // A socket that is closing says so a moment later: what waits is sent by the next one.
    if (this.state === "open" && this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(pack(message));
      if (this.waiting.size === 1) {
        this.heard = Date.now();
        this.watch();
      }
    }
    return msg_id;
  }

  receive(message) {
    this.heard = Date.now();
    const { msg_type } = message.header;
    const { execution_state, seconds } = message.content;
    if (msg_type === STOPS) {
      this.on_stop(seconds);
      return;
    }
    if (msg_type === "status" && ["dead", "restarting"].includes(execution_state)) {
      this.die();
      return;
    }
    const parent = message.parent_header.msg_id;
    if (this.waiting.delete(parent)) this.watch();
    const callbacks = this.replies.get(parent);
    if (message.channel === "shell") callbacks?.shell?.reply?.(message);
    if (msg_type === "status") {
      if (execution_state === "idle") this.replies.delete(parent);
      callbacks?.iopub?.status?.(message);
    }
    this.on_message(message);
  }
}
