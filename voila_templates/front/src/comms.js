// Comms as @jupyter-widgets/base wants them (IClassicComm), over one kernel.
import { own_id } from "./kernel.js";

const CONTROL = "jupyter.widget.control";
const CONTROL_VERSION = "1.0.0"; // of the protocol by which ipywidgets tells all its states

export class Comms {
  constructor(kernel) {
    this.kernel = kernel;
    this.open_ones = new Map();
  }

  attach(target_name, comm_id) {
    // A comm that the kernel already has: nothing is sent.
    const comm = new Comm(this, target_name, comm_id);
    this.open_ones.set(comm_id, comm);
    return comm;
  }

  async states() {
    // All the states of the kernel, as they are now, and the buffers that belong in them.
    const comm = this.attach(CONTROL, own_id());
    const answer = new Promise((resolve) => comm.on_msg(resolve));
    comm.open({}, {}, { version: CONTROL_VERSION });
    comm.send({ method: "request_states" }, {});
    const { content, buffers } = await answer;
    comm.close();
    return { ...content.data, buffers };
  }

  receive(message) {
    // True if a comm took the message.
    const { msg_type } = message.header;
    const comm = this.open_ones.get(message.content.comm_id);
    if (!comm) return false;
    if (msg_type === "comm_msg") comm.hear(message);
    else if (msg_type === "comm_close") comm.end(message);
    else return false;
    return true;
  }
}

class Comm {
  constructor(comms, target_name, comm_id) {
    this.comms = comms;
    this.target_name = target_name;
    this.comm_id = comm_id;
    this.unheard = []; // what comes before the model that listens is ready
  }

  hear(message) {
    if (this.heard) this.heard(message);
    else this.unheard.push(message);
  }

  open(data, callbacks, metadata, buffers) {
    return this.say("comm_open", data, callbacks, metadata, buffers);
  }

  send(data, callbacks, metadata, buffers) {
    return this.say("comm_msg", data, callbacks, metadata, buffers);
  }

  close(data, callbacks, metadata, buffers) {
    this.comms.open_ones.delete(this.comm_id);
    return this.say("comm_close", data, callbacks, metadata, buffers);
  }

  on_msg(callback) {
    this.heard = callback;
    this.unheard.splice(0).forEach(callback);
  }

  on_close(callback) {
    this.ended = callback;
  }

  end(message) {
    this.comms.open_ones.delete(this.comm_id);
    this.ended?.(message);
  }

  say(msg_type, data = {}, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, data };
    if (msg_type === "comm_open") content.target_name = this.target_name;
    return this.comms.kernel.send(msg_type, content, { callbacks, metadata, buffers });
  }
}
