"""Every address of the menu: axe in light and dark, names of controls, focus, widths, history.

The addresses are those of `voila_templates/menu.json`: a new screen is walked by itself. One page
goes from screen to screen as a person does, so that axe and the kernel are loaded once.
"""

import re

import pytest
import readable
from playwright.sync_api import expect

from iprof_kit.ui.shared.menu import CV, PORTAL, help_of, places, routes

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280, 1600)
CONTROLS = {
    "button", "checkbox", "combobox", "DisclosureTriangle", "link", "listbox", "menuitem", "option",
    "radio", "region", "searchbox", "slider", "spinbutton", "switch", "tab", "textbox",
}  # fmt: skip
"""Roles of what a person acts on, or scrolls, by keyboard."""
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BLIND = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(e => e.checkVisibility() && !e.disabled && e.type !== "hidden")
  .filter(e => { e.focus({ preventScroll: true });
    const seen = [e, e.nextElementSibling].some(
      x => x && getComputedStyle(x).outlineStyle !== "none"
        && getComputedStyle(x).outlineWidth !== "0px");
    return document.activeElement !== e || !seen; })
  .map(e => e.outerHTML.slice(0, 90))"""
"""Controls that cannot be focused, or whose focus is not seen (a file's label may show it)."""


def paths(notebook):
    """Every address with a screen of its own; that of a rubrique is its first tab's."""
    return [path for path in routes(notebook) if places()[path].path == path]


@pytest.fixture
def walker(visit):
    """Jean Dupont, without motion, going from screen to screen."""
    visitor = visit(reduced_motion="reduce")
    visitor.log_in()
    return visitor


def follow(page, path):
    if page.evaluate("location.pathname") != path:
        page.evaluate(readable.FOLLOW, path)
    page.wait_for_function(readable.RESTED, arg=path)
    return page.locator("h1").inner_text()


def start(visitor, notebook):
    """Open the first screen of a notebook."""
    page = visitor.go(paths(notebook)[0])
    page.wait_for_function(readable.RESTED, arg=paths(notebook)[0])
    return page


def unnamed(session):
    """Controls without an accessible name, as the browser tells them to a screen reader."""
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if not node.get("ignored") and role in CONTROLS and not node["name"].get("value"):
            yield f"{role} sans nom"


@pytest.mark.parametrize("notebook", [PORTAL, CV])
def test_every_screen_of_the_menu_is_readable_named_and_narrow(walker, notebook):
    page = start(walker, notebook)
    session = page.context.new_cdp_session(page)
    faults, titles = [], {}
    for path in paths(notebook):
        titles[path] = follow(page, path)
        found = [f"clair : {fault}" for fault in readable.faults(page)]
        found += [f"sombre : {fault}" for fault in readable.faults_in_the_dark(page)]
        found += unnamed(session)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate(WIDE) > 0:
                found.append(f"défile de côté à {width}")
        page.keyboard.press("Tab")
        found += [f"focus : {fault}" for fault in page.evaluate(BLIND)]
        faults += [f"{path} : {fault}" for fault in found]
    assert faults == []
    assert len(set(titles.values())) == len(titles), "two screens have the same title"


@pytest.mark.parametrize("notebook", [PORTAL, CV])
def test_back_and_forward_pass_through_every_screen_and_lose_none(walker, notebook):
    page = start(walker, notebook)
    titles = [follow(page, path) for path in paths(notebook)]
    for moved, order in (("go_back", titles[-2::-1]), ("go_forward", titles[1:])):
        where = paths(notebook)[-2::-1] if moved == "go_back" else paths(notebook)[1:]
        for path, title in zip(where, order, strict=True):
            getattr(page, moved)(wait_until="commit")
            page.wait_for_function(readable.RESTED, arg=path)
            assert page.locator("h1").inner_text() == title


def test_an_address_opened_again_is_the_same_screen(walker):
    """Every other tab, opened as a page of its own; the rest is opened so by their journeys."""
    page = start(walker, PORTAL)
    tabs = [
        path
        for path in paths(PORTAL)
        if not places()[path].tabs or path in {tab.path for tab in places()[path].tabs}
    ]
    titles = {path: follow(page, path) for path in tabs}
    for path in tabs[::2]:
        follow(page, path)
        page.reload()
        page.wait_for_function(readable.RESTED, arg=path)
        assert page.locator("h1").inner_text() == titles[path]


def test_tab_reaches_every_control_once_and_leaves(walker):
    page = start(walker, PORTAL)
    for path in ("/accueil", "/perspectives/promotions", "/guides/glossaire"):
        follow(page, path)
        page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
        reach = (  # one place for the radio buttons of a name: arrows do the rest
            "a[href], button, input:not([type=hidden], [type=radio]:not(:checked)), select, "
            "textarea, summary, [tabindex='0']"
        )
        count = page.evaluate(
            "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", reach
        )
        page.evaluate(
            "window.walked = []; document.addEventListener('focusin', window.note = "
            "event => window.walked.push(event.target))"
        )
        page.locator(".skip").focus()
        for _ in range(count - 1):
            page.keyboard.press("Tab")
        seen = page.evaluate(
            "document.removeEventListener('focusin', note); "
            "[window.walked.length, new Set(window.walked).size]"
        )
        assert seen == [count, count], path


def test_the_skip_link_leads_to_the_content(walker):
    page = start(walker, PORTAL)
    page.locator(".skip").focus()
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    assert page.locator("h1").inner_text().startswith("Bonjour")


def test_the_help_of_the_header_is_that_of_the_screen(walker):
    page = start(walker, PORTAL)
    for path in ("/dossier/carriere", "/perspectives/promotions", "/guides/paie"):
        follow(page, path)
        page.get_by_role("link", name="Aide", exact=True).click()
        page.wait_for_function(readable.RESTED, arg=help_of(path))
        assert page.locator("h1").inner_text().startswith("Aide\u00a0: ")
        page.go_back()
        page.wait_for_function(readable.RESTED, arg=path)


# what is typed is sent 150 ms later (drafts.js): here, while the link waits for its answer
TYPED_THEN_FOLLOWED = """async () => {
  const box = document.querySelector("#q");
  box.value += "S";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 147));
  document.querySelector("[href='/guides/retraite#partie-4']").click();
}"""


def test_what_was_typed_a_moment_ago_does_not_take_the_focus_from_the_part_asked(walker):
    page = start(walker, PORTAL)
    follow(page, "/guides/themes")
    page.get_by_role("searchbox").fill("DECOTE")
    page.get_by_role("link", name="Décote et surcote").first.wait_for()
    page.evaluate(TYPED_THEN_FOLLOWED)
    expect(page.get_by_role("heading", name="Décote et surcote")).to_be_focused()


def test_the_search_answers_while_one_types_and_leads_by_keyboard(walker):
    page = start(walker, PORTAL)
    follow(page, "/guides/themes")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("DECOTE")
    hit = page.get_by_role("list", name="Résultats").get_by_role("link", name="Décote et surcote")
    hit.wait_for()
    assert page.evaluate("document.activeElement.id") == "q"
    expect(page.get_by_text(re.compile(r"^\d+ résultats"))).to_be_visible()
    walker.check()
    hit.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(readable.RESTED, arg="/guides/retraite")
    heading = page.get_by_role("heading", name="Décote et surcote")
    expect(heading).to_be_focused()
    assert heading.bounding_box()["y"] < 400
    page.go_back()
    page.wait_for_function(readable.RESTED, arg="/guides/themes")
    assert page.get_by_role("searchbox").input_value() == "DECOTE"


@pytest.mark.parametrize("path", ["/perspectives/promotions", "/guides/hors-classe"])
def test_forced_colours_keep_focus_and_the_current_tab(visit, path):
    visitor = visit(reduced_motion="reduce")
    page = visitor.log_in(to=path)
    page.wait_for_function(readable.RESTED, arg=path)
    page.emulate_media(forced_colors="active")
    page.keyboard.press("Tab")
    assert page.evaluate(BLIND) == []
    current = page.locator(".tabs a[aria-current]")
    assert current.evaluate("e => getComputedStyle(e).fontWeight") == "700"
    under = page.locator(".tabs a").evaluate_all(
        "all => all.map(e => getComputedStyle(e).borderBottomColor)"
    )
    assert under[0] not in under[1:], "every tab looks current"


def test_no_motion_where_the_person_wants_none(walker):
    page = start(walker, PORTAL)
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e);
      return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none';
    }).length"""
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize(
    ("path", "sources"),
    [
        ("/perspectives/promotions", "#sources li"),
        ("/perspectives/ma-paie", "#sources p"),
        ("/perspectives/retraite", "#sources p"),
        ("/guides/avancement", ".src"),
    ],
)
def test_on_paper_the_menu_goes_and_the_banner_and_sources_stay(walker, path, sources):
    page = start(walker, PORTAL)
    follow(page, path)
    page.emulate_media(media="print")
    for gone in (".side", ".head", ".tabs", ".skip"):
        assert not page.locator(gone).first.is_visible(), gone
    for kept in (".kit", "h1", sources):
        expect(page.locator(kept).first, kept).to_be_visible()
