// A page of the portal: its widgets, from the states that came with it or else from its kernel.
import { Comms } from "./comms.js";
import { Kernel } from "./kernel.js";
import { LoneScreen, loneScreen } from "./lone_screen.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const STATES = "application/vnd.jupyter.widget-state+json";
const OUTPUT = "application/vnd.voila.cell-output+json";

function read(script) {
  return JSON.parse(script.textContent);
}

function all(type) {
  return [...document.querySelectorAll(`script[type="${type}"]`)];
}

function places() {
  // [model id, where its view goes], for the outputs of Voilà and for plain views.
  const outputs = all(OUTPUT).map((script) => [read(script).data?.[VIEW], script]);
  const views = all(VIEW).map((script) => [read(script), script]);
  return [...outputs, ...views].filter(([view]) => view)
    .map(([view, script]) => [view.model_id, script.parentElement]);
}

function tell(state, reason = "") {
  document.documentElement.dataset.kernel = state;
  document.documentElement.dataset.kernelEnd = reason;
  document.dispatchEvent(new CustomEvent("kit:kernel", { detail: state }));
}

function tellStop(seconds) {
  // By the clock of this device: what is said is read on it. A screen that comes later reads it too.
  document.documentElement.dataset.stopsAt = Date.now() + 1000 * seconds;
  document.dispatchEvent(new CustomEvent("kit:stop"));
}

function answer(embedded, number) {
  // The server has asked for this page what its screen would ask first; the answer is in the page,
  // or comes by the websocket.
  const shown = document.getElementById("premiere-reponse");
  const [[id]] = places();
  for (const { state } of embedded) {
    if (state[id]) Object.assign(state[id].state, shown && read(shown), { asked: { number, here: !!shown } });
  }
}

async function managerOf(comms, embedded) {
  // What shows the page's widgets: the libraries, unless there is nothing but one screen.
  const lone = loneScreen(places(), embedded);
  if (lone) return new LoneScreen(comms, lone);
  const { Manager } = await import("./manager.js");
  const manager = new Manager(comms);
  await Promise.all(embedded.map((states) => manager.restore_from_page(states)));
  return manager;
}

async function start() {
  const { baseUrl, kernelId, asked } = read(document.getElementById("jupyter-config-data"));
  const embedded = all(STATES).map(read);
  if (asked) answer(embedded, asked);
  let shown = false;
  let manager = null;

  async function show() {
    shown = true;
    await manager.show(places());
    document.getElementById("loading")?.remove();
  }

  const kernel = new Kernel(baseUrl, kernelId, {
    on_message: (message) => manager.receive(message),
    on_stop: tellStop,
    on_state: async (state, reason) => {
      tell(state, reason);
      if (state === "back" || (state === "open" && !embedded.length)) {
        await manager.load();
        if (!shown) await show();
      }
    },
  });
  manager = await managerOf(new Comms(kernel), embedded);
  kernel.open();
  if (embedded.length) await show();
}

start();
