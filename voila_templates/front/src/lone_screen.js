// The one widget of a page that shows a screen and nothing else: what its module asks of a model
// (get, set, on, off, send), over its comm, without the libraries of widgets.
const TARGET = "jupyter.widget";

export function loneScreen(places, embedded) {
  // [model id, where its view goes, its state] of such a page; null for any other.
  const [[id, place] = []] = places;
  const model = embedded.map(({ state }) => state[id]).find(Boolean);
  const alone = places.length === 1 && model?.model_module === "anywidget"
    && model.state._esm?.startsWith("/"); // a module that this site serves
  return alone ? [id, place, model.state] : null;
}

export class LoneScreen {
  constructor(comms, [id, place, state]) {
    this.place = place;
    this.state = { ...state };
    this.listeners = new Map();
    this.comms = comms;
    this.comm = this.comms.attach(TARGET, id);
    this.module = import(state._esm);
    this.shown = new Promise((resolve) => { this.tell_shown = resolve; });
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.take({ [name]: value });
  }

  on(event, callback) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(callback);
  }

  off(event, callback) {
    this.listeners.get(event)?.delete(callback);
  }

  send(content, callbacks, buffers) {
    this.comm.send({ method: "custom", content }, callbacks, {}, buffers);
  }

  receive(message) {
    this.comms.receive(message);
  }

  async load() {
    // Its state as the kernel has it now, after what the kernel said before.
    const { states } = await this.comms.states();
    await this.shown;
    this.take(states[this.comm.comm_id]?.state ?? {});
  }

  async show() {
    const el = document.createElement("div");
    const { default: module } = await this.module;
    this.place.append(el);
    module.render({ model: this, el });
    this.comm.on_msg((message) => this.hear(message));
    this.tell_shown();
  }

  hear({ content: { data }, buffers }) {
    if (data.method === "update") this.take(data.state);
    else if (data.method === "custom") this.tell("msg:custom", data.content, buffers);
  }

  take(state) {
    // All of it is there before anybody is told of a part.
    const changed = Object.keys(state).filter((name) => state[name] !== this.state[name]);
    Object.assign(this.state, state);
    for (const name of changed) this.tell(`change:${name}`);
  }

  tell(event, ...words) {
    for (const callback of [...(this.listeners.get(event) ?? [])]) callback(...words);
  }
}
