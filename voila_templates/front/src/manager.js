// The widget manager: models from states (of the page or of the kernel), views into the page.
import * as base from "@jupyter-widgets/base";
import { ManagerBase, base64ToBuffer, hexToBuffer } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";

const DECODE = { base64: base64ToBuffer, hex: hexToBuffer };
const own = anywidget(base);
const MODULES = {
  "@jupyter-widgets/base": async () => base,
  "@jupyter-widgets/controls": () => import("./controls.js"),
  anywidget: async () => own,
};

export class Manager extends ManagerBase {
  // `comms` are those of its kernel: made by who loads it, so that no script is shared with it.
  constructor(comms) {
    super();
    this.comms = comms;
  }

  receive(message) {
    if (this.comms.receive(message) || message.header.msg_type !== "comm_open") return;
    const { comm_id, target_name } = message.content;
    if (target_name !== this.comm_target_name || this.has_model(comm_id)) return;
    this.handle_comm_open(this.comms.attach(target_name, comm_id), message);
  }

  async loadClass(className, moduleName) {
    const load = MODULES[moduleName];
    if (!load) throw new Error(`This page has no module ${moduleName}`);
    return (await load())[className];
  }

  async _create_comm(target_name, comm_id, data, metadata, buffers) {
    const comm = this.comms.attach(target_name, comm_id || base.uuid());
    if (data || metadata) comm.open(data, {}, metadata, buffers);
    return comm;
  }

  _get_comm_info() {
    return new Promise((resolve) => {
      const reply = (message) => resolve(message.content.comms);
      const content = { target_name: this.comm_target_name };
      this.comms.kernel.send("comm_info_request", content, { callbacks: { shell: { reply } } });
    });
  }

  async _make_model(options, state = {}) {
    // An address of this site instead of a module's text: anywidget takes whole addresses only,
    // and waits two seconds at most for a module, so it comes first.
    if (state._esm?.startsWith("/")) {
      const address = new URL(state._esm, location.href).href;
      await import(address).catch((error) => console.error(error));
      return super._make_model(options, { ...state, _esm: address });
    }
    return super._make_model(options, state);
  }

  async load() {
    const { states, buffer_paths, buffers } = await this.comms.states();
    buffer_paths.forEach(([id, ...path], index) => {
      base.put_buffers(states[id].state, [path], [buffers[index]]);
    });
    await this.restore(states);
  }

  restore_from_page({ state }) {
    // States that came with the page: their comms exist, what views send waits for the kernel.
    for (const { state: own_state, buffers = [] } of Object.values(state)) {
      const paths = buffers.map((buffer) => buffer.path);
      const decoded = buffers.map((b) => new DataView(DECODE[b.encoding](b.data)));
      base.put_buffers(own_state, paths, decoded);
    }
    return this.restore(state);
  }

  restore(states) {
    // Every model is registered before the first `await`: they may refer to each other.
    return Promise.all(Object.entries(states).map(([id, { state, ...names }]) => {
      if (this.has_model(id)) return this.refresh(id, state);
      const comm = this.comms.attach(this.comm_target_name, id);
      return this.new_model({ ...names, model_id: id, comm }, state);
    }));
  }

  async refresh(id, { _esm, ...state }) {
    const model = await this.get_model(id);
    model.state_change = model.state_change.then(async () => {
      model.set_state(await model.constructor._deserialize_state(state, this));
    });
    return model.state_change;
  }

  async show(places) {
    await Promise.all(places.map(async ([id, place]) => {
      const view = await this.create_view(await this.get_model(id));
      Widget.attach(view.luminoWidget, place);
    }));
  }
}
