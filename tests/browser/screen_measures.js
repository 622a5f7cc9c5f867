// What one screen measures at the present width: read by measures.py.
() => {
  const page = document.querySelector(".screen-page") ?? document.querySelector("main");
  const seen = (node) => node.checkVisibility({ visibilityProperty: true });
  const quiet = (node) => node.closest(".vh, .tabs, .rubrique, nav, svg");
  const FIRST = ".instrument, figure, table, dl, input:not([type=hidden]), select, textarea, button";
  const first = [...page.querySelectorAll(FIRST)].find((node) => seen(node) && !node.closest(".tabs"));
  let before = 0;
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (first && (first.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
      || first.contains(text))) break;
    const parent = text.parentElement;
    if (seen(parent) && !quiet(parent)) before += text.data.split(/\s+/).filter(Boolean).length;
  }
  const figure = [...page.querySelectorAll(".instrument, figure")].find(seen);
  const marks = new Map();
  for (const mark of [...page.querySelectorAll(".mark.verify")].filter(seen)) {
    const block = mark.closest("details, .instrument, section, article") || page;
    marks.set(block, (marks.get(block) || 0) + 1);
  }
  const words = [...page.childNodes].map((part) => part.innerText || "").join("\n")
    .replace(page.querySelector("#sources")?.innerText || "\u0000", "");
  const said = words.match(/\(confiance\s[A-D]\)|\b[\w-]+\.(?:csv|com|org|net)\b|\b[\w-]+\.(?:edu|fr)\b(?!\S*@)/g) || [];
  return {
    words: before,
    figure: figure ? Math.round(figure.getBoundingClientRect().top + scrollY) : 0,
    height: document.documentElement.scrollHeight,
    marks: Math.max(0, ...marks.values()),
    said: said.length,
  };
}
