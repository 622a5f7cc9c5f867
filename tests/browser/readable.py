"""What axe says of a page; its slow rules are spared where every part was read already."""

from pathlib import Path

import axe_playwright_python

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
FOLLOW = """path => {
  const link = document.createElement("a");
  link.href = path;
  document.querySelector(".screen").append(link);
  link.click();
  link.remove();
}"""
RESTED = """path => location.pathname === path
  && !document.querySelector(".screen[aria-busy]") && document.querySelector(".screen h1")"""
"""A link followed as a person does, and a screen that has answered."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SLOW = ["color-contrast", "region", "target-size"]
"""They look at every pixel's part; what they find depends on parts, on colours and on the width."""
_RUN = """async ([rules, spared]) => (await axe.run(document, { runOnly: rules,
  rules: Object.fromEntries(spared.map(rule => [rule, { enabled: false }])),
  resultTypes: ["violations"] })).violations.map(
    v => `${v.id} : ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(" ; ")}`)"""
_PARTS = """() => [...new Set([...document.querySelectorAll("body, body *")].map(e => [
  e.parentElement.tagName, e.parentElement.className, e.tagName, e.getAttribute("class"),
  ...e.getAttributeNames().filter(name => !/^(id|style|data-.*)$/.test(name))].join(" ")))]"""
_COLOURS = """() => ["dark", "light"].filter(
  scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches).join()"""
_seen = {}


def faults(page):
    """Return what is wrong with a page as it is now, in a line each."""
    new = _new_parts(page)
    return _run(page, RULES, [] if new else _SLOW)


def faults_in_the_dark(page):
    """Return what cannot be read in dark colours, and leave the page in light ones."""
    page.emulate_media(color_scheme="dark")
    found = _run(page, ["color-contrast"], []) if _new_parts(page) else []
    page.emulate_media(color_scheme="light")
    return found


def _new_parts(page):
    """Whether a part of the page has not been read yet in these colours and at this width."""
    seen = _seen.setdefault((page.viewport_size["width"], page.evaluate(_COLOURS)), set())
    parts = set(page.evaluate(_PARTS))
    new = not parts <= seen
    seen |= parts
    return new


def _run(page, rules, spared):
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    only = {"type": "rule" if rules == ["color-contrast"] else "tag", "values": rules}
    return page.evaluate(_RUN, [only, spared])
