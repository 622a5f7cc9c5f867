// Rows that are put in order: by their handle with a finger or a mouse, by the arrows on it. The
// kernel is told by how many places; the rows themselves move when it answers.
const SLACK_PX = 6;

class Moves {
  constructor(root, tell) {
    this.tell = tell; // tell(handle, how many places)
    this.drag = null;
    root.addEventListener("pointerdown", (event) => this.start(event));
    root.addEventListener("pointermove", (event) => this.over(event));
    root.addEventListener("pointerup", () => this.drop());
    root.addEventListener("pointercancel", () => this.end());
    root.addEventListener("keydown", (event) => this.arrow(event));
    root.addEventListener("click", (event) => { // the end of a drag is no press of the handle
      if (event.target.closest?.("[data-moves]") && this.dragged) event.stopPropagation();
      this.dragged = false;
    }, true);
  }

  arrow(event) {
    const handle = event.target.closest?.("[data-moves]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!handle || !by) return;
    event.preventDefault();
    this.tell(handle, by);
  }

  start(event) {
    const handle = event.button ? null : event.target.closest?.("[data-moves]");
    if (!handle) return;
    handle.setPointerCapture(event.pointerId);
    this.drag = { handle, from: event.clientY, row: handle.closest("[data-row]") };
  }

  over(event) {
    const { drag } = this;
    if (!drag || (!drag.moved && Math.abs(event.clientY - drag.from) < SLACK_PX)) return;
    drag.moved = true;
    const rows = [...drag.row.parentElement.children].filter((row) => row.matches("[data-row]"));
    const target = rows.find((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    for (const row of rows) {
      row.classList.toggle("dragged", row === drag.row);
      row.classList.toggle("target", row === target && row !== drag.row);
    }
    if (target) drag.by = rows.indexOf(target) - rows.indexOf(drag.row);
  }

  drop() {
    const { drag } = this;
    this.end();
    this.dragged = Boolean(drag?.moved);
    if (drag?.moved && drag.by) this.tell(drag.handle, drag.by);
  }

  end() {
    for (const row of this.drag?.row.parentElement.children || []) {
      row.classList.remove("dragged", "target");
    }
    this.drag = null;
  }
}

