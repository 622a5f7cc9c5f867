"""Each « Pourquoi ? » of each screen of six people, opened: its last line is the number beside it.

The six look at their screens at the same time, in a portal of their own: what they try to have
reasons (wishes, paths opened) is in the way of no other test.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest
import readable

pytestmark = pytest.mark.browser
REASONS = (Path(__file__).parent / "reasons.js").read_text(encoding="utf-8").split("\n", 1)[1]
ON_LEAVE = "khaddad"
"""Nobody of the sample who has an account is on leave: one is made, for who is."""
PEOPLE = ("jdupont", "jdupont2", "ichevalier", "scohen", "lfontaine", ON_LEAVE)
PLACES, PATHS = "/perspectives/autres-affectations", "/perspectives/autres-parcours"
SCREENS = (
    "/accueil", "/dossier/carriere", "/dossier/anciennetes", "/dossier/anciennetes?au=2027-08-31",
    "/perspectives/promotions", PLACES, PATHS, "/perspectives/et-si", "/perspectives/ma-paie",
    "/perspectives/retraite", "/services", "/services/avancement", "/services/rendez-vous",
    "/services/siac?concours=AGREG_INT", "/services/siac?concours=CRPE_INT2",
    "/services/formation", "/services/demandes",
)  # fmt: skip
ALWAYS = ("/dossier/anciennetes", "/perspectives/promotions", PLACES, PATHS,
          "/perspectives/ma-paie", "/perspectives/retraite", "/services/siac?concours=AGREG_INT",
          "/services/formation")  # fmt: skip
"""Screens that have reasons whatever the day: without one of theirs, these tests read nothing."""
_ADD = """(() => {{
  const list = document.querySelector("#lieu-choisi");
  const left = [...list?.options ?? []].filter(one => one.value && !one.disabled);
  if (!left.length) return;
  list.value = left[({rank} * 17) % left.length].value;
  list.dispatchEvent(new Event("change", {{ bubbles: true }}));
}})()"""
_PRESS = "document.querySelector('#ajouter')?.click()"
_SEE = """document.querySelectorAll(
  ".path-rows [data-intent=parcours_voir][aria-expanded=false]")[{rank}]?.click()"""
_TYPE = """(() => {{
  const field = document.querySelector(".screen [name={name}]");
  if (!field) return;
  field.value = "{value}";
  field.dispatchEvent(new Event("change", {{ bubbles: true }}));
}})()"""
_FIRST = """document.querySelector(".screen-page a[href^='{path}']")?.click()"""
TRIED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    PLACES: ((_ADD.format(rank=1), _PRESS, _ADD.format(rank=2), _PRESS),),
    PATHS: tuple((_SEE.format(rank=rank),) for rank in (0, 5, 18, 31)),
    "/perspectives/retraite": (
        tuple(
            _TYPE.format(name=name, value=value)
            for name, value in (("autres_trimestres", 12), ("rfr", 30000), ("parts", 2))
        ),
    ),
    "/services/avancement": ((), (_FIRST.format(path="/services/avancement?campagne"),)),
    "/services/demandes": ((), (_FIRST.format(path="/services/demandes?demande"),)),
    "/services": ((), (_FIRST.format(path="/services?campagne"),)),
}
"""What is tried on a screen before its reasons are read, each line apart from the screen anew."""
TRIED_APART = "/perspectives/et-si"
"""Its dates show what is paid: the places, whose reasons end with their index, come before."""
OF_NO_RESULT = {("/services/demandes", "Pourquoi garder la preuve de la réception ?")}
"""What a procedure explains to everybody: no result stands beside it."""
_ACCOUNT = f"""
from iprof_kit.base.clock import utc_now
from iprof_kit.services.access.accounts import NewAccount, create_account
create_account(NewAccount("{ON_LEAVE}", ("enseignant",), "D0013", demo=True,
               password="demonstration-libre"), "test", utc_now())
"""
_AT = """path => location.pathname + location.search === path
  && !document.querySelector(".screen[aria-busy]") && document.querySelector(".screen h1")"""
_RESTS = "() => !document.querySelector('.screen[aria-busy]')"


@pytest.fixture(scope="module")
def reasons(visit_apart):
    """Return every reason of every screen of the six, as it is read once it was opened."""
    visit, folder = visit_apart
    environment = os.environ | {"IPROF_VAR": str(folder)}
    subprocess.run([sys.executable, "-c", _ACCOUNT], env=environment, check=True)
    pages = {}
    for who in PEOPLE:
        visitor = visit(viewport={"width": 1280, "height": 900})
        pages[who] = visitor.log_in(who, to="/accueil")
    return [
        {"who": who, "path": path, **one}
        for path in SCREENS
        for who, one in _read_together(pages, path)
    ]


def _read_together(pages, path):
    """Yield whose and what is read of one screen, asked by all before the first answer."""
    for acts in TRIED.get(path, ((),)):
        _all(pages, lambda page: page.evaluate(readable.FOLLOW, path))
        _all(pages, lambda page: page.wait_for_function(_AT, arg=path))
        for act in acts:
            _all(pages, lambda page, act=act: page.evaluate(act))
            _all(pages, lambda page: page.wait_for_function(_RESTS))
        opened = pages.values()
        while opened:
            opened = [page for page in opened if page.evaluate(f"({REASONS}).open()")]
            for page in opened:
                page.wait_for_function(f"() => !({REASONS}).waits()")
        for who, page in pages.items():
            for one in page.evaluate(f"({REASONS}).read()"):
                yield who, one


def _all(pages, act):
    for page in pages.values():
        act(page)


def _wrong(reasons, is_wrong):
    """Return, by screen and by the words that open them, the reasons that are so."""
    return {(one["path"], one["name"]) for one in reasons if is_wrong(one)} - OF_NO_RESULT


def _is_no_trace(one):
    """Whether a reason has no last line, or neither rule nor datum that led to it."""
    return not one["results"] or not (one["rules"] or one["told"])


def _said_beside(one):
    """Whether each result of a reason is written beside what opens it, whole."""
    shown = one["results"][-1:] if one["path"] == TRIED_APART else one["results"]
    return all(any(_stands(each, one["beside"]) for each in _written(said)) for said in shown)


def _stands(result, beside):
    pattern = rf"(?<![\w,])(?<!\d ){re.escape(result.casefold())}(?!\w)"
    return re.search(pattern, beside.casefold())


def _written(result):
    """Yield a result as its reason ends, then to the euro, as the tables of long spans show it."""
    yield result
    whole = re.sub(
        r"([\d ]*\d),(\d\d)(?= €)|([\d ]*\d),(\d\d)(?= à )",
        lambda amount: _to_the_euro(amount[0]),
        result,
    )
    if whole != result:
        yield whole
        yield whole.replace(" € à", " à")


def _to_the_euro(amount):
    space = " " if amount.startswith(" ") else ""
    euros = Decimal(amount.replace(" ", "").replace(",", "."))
    return space + f"{euros.quantize(Decimal(1), ROUND_HALF_EVEN):,}".replace(",", " ")


def test_every_reason_opens(reasons):
    assert _wrong(reasons, lambda one: not one["open"]) == set()


def test_every_reason_holds_a_source_or_a_datum(reasons):
    assert _wrong(reasons, lambda one: not one["sources"] and not one["told"]) == set()


def test_no_reason_is_refused(reasons):
    assert _wrong(reasons, lambda one: one["refused"]) == set()


def test_the_last_line_of_every_reason_is_the_number_beside_it(reasons):
    assert _wrong(reasons, lambda one: not _said_beside(one)) == set()


def test_every_reason_is_a_trace(reasons):
    assert _wrong(reasons, _is_no_trace) == set()


def test_the_screens_that_always_have_reasons_were_read(reasons):
    assert set(ALWAYS) <= {one["path"] for one in reasons}
