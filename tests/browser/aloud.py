"""A page as a virtual screen reader says it, one phrase after the other."""

import re

_PACKAGE = "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"
_NAME_OF_IT = re.compile(r"export\s*\{[^}]*?([\w$]+) as virtual\s*\};")
_READ = """async part => {
  const container = document.querySelector(part), said = [];
  await reader.start({ container });
  const end = "end of " + await reader.lastSpokenPhrase();
  for (let phrase; phrase !== end && said.length < 9999; await reader.next())
    said.push(phrase = await reader.lastSpokenPhrase());
  await reader.stop();
  const unread = document.querySelector("noscript")?.textContent.trim();
  return said.filter(phrase => phrase !== unread);
}"""
_LISTEN = """() => {
  globalThis.announced = [];
  const live = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  for (const region of document.querySelectorAll(live))
    new MutationObserver(() => announced.push(region.textContent))
      .observe(region, { childList: true, characterData: true, subtree: true });
}"""
_END = re.compile(r"end of ")
NAMED = {
    "button", "checkbox", "combobox", "heading", "image", "link", "listbox", "radio", "region",
    "searchbox", "slider", "spinbutton", "switch", "tab", "table", "textbox",
}  # fmt: skip
"""Roles that say nothing alone: the name of the thing follows."""


def script(node_modules):
    """Return the reader as a script that a page runs: the package is a module."""
    text = (node_modules / _PACKAGE).read_text(encoding="utf-8")
    body, named = _NAME_OF_IT.subn(r"globalThis.reader = \1;", text)
    assert named == 1, "the screen reader's package exports otherwise"
    return f"(() => {{{body}\n}})()"


def read(page, reader, part="main"):
    """Return what is said of a part of a page from its top to its end."""
    _bring(page, reader)
    return [phrase for phrase in page.evaluate(_READ, part) if not _END.match(phrase)]


def listen(page):
    """Start to hear what the live regions that are there now say of themselves.

    The reader itself stops when the thing it stands on is replaced: the regions are watched.
    """
    page.evaluate(_LISTEN)


def announced(page):
    """Return what was announced since one listens."""
    return page.evaluate("announced")


def nameless(phrases):
    """Yield the phrases that give a role and no name."""
    for phrase in phrases:
        role, _, rest = phrase.partition(", ")
        name = rest.partition(", ")[0]
        if role in NAMED and re.fullmatch(r"|level \d|not \w+|position \d+|set size \d+", name):
            yield phrase


def _bring(page, reader):
    if not page.evaluate("'reader' in globalThis"):
        page.evaluate(reader)
