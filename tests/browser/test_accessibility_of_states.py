"""Screens that an act or a query opens: axe at three widths in light and dark, names, focus.

The walk of `test_accessibility.py` goes to the addresses of the menu; these have no line in it. One
page goes from one to the next.
"""

import pytest
import readable
from test_accessibility import BLIND, WIDE, unnamed
from waiting_threads import Base

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390, 320)
ARRIVED = f"""wanted => location.pathname + location.search === wanted
  && ({readable.RESTED})(location.pathname)"""
HERS = (
    ("/courrier", ("Messages du kit", "Avis par courriel")),
    ("/courrier?nouveau=1", ()),
    ("/courrier?fil={fil}", ()),
    ("/services", ()),
    ("/services/siam?campagne=interdepartemental_1d_2027", ()),
    ("/services/candidature?campagne=pop_1d_2027", ()),
    ("/services/carte-scolaire", ()),
    ("/services/avancement", ()),
    ("/services/avancement?campagne=classe_exceptionnelle_viviers_2020", ()),
    ("/services/rendez-vous", ()),
    ("/services/siac?concours=CAPES_INT", ()),
    ("/services/demandes", ()),
    ("/services/demandes?demande=temps_partiel", ()),
)
"""Addresses, and the folds in which she asks for more."""
OF_THE_DESK = (
    ("/bureau", ()),
    ("/bureau?fil={fil}", ()),
    ("/bureau/portefeuille", ()),
    ("/bureau/absences", ()),
    ("/bureau/envois", ()),
    ("/bureau/relectures", ()),
    ("/bureau/campagnes", ()),
)
OF_A_TRAINER = (
    ("/atelier/campagne?j=bcen-11-egalite-2300", ()),
    ("/atelier/campagne?j=bpc-21-listes-2300-12&contre=mayenne", ()),
)
OF_AN_EVALUATOR = (
    ("/evaluation", ()),
    ("/evaluation/projet?dossier=D0019&objet=rdv-2-2026", ()),
)


def ask_for_more(page, fold):
    part = page.locator("details", has=page.get_by_text(fold, exact=True))
    part.locator("summary").click()
    part.get_by_role("button").click()
    part.get_by_role("button", name="Voir et choisir").wait_for(state="detached")


def faults_of(page, session):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"clair, {width} : {fault}" for fault in readable.faults(page))
        yield from (f"sombre, {width} : {fault}" for fault in readable.faults_in_the_dark(page))
        if page.evaluate(WIDE) > 0:
            yield f"défile de côté à {width}"
    yield from unnamed(session)
    page.keyboard.press("Tab")
    yield from (f"focus : {fault}" for fault in page.evaluate(BLIND))


@pytest.mark.parametrize(
    ("compte", "places"),
    [("jdupont2", HERS), ("ggestionnaire", OF_THE_DESK), ("fformateur", OF_A_TRAINER),
     ("iinspectrice", OF_AN_EVALUATOR)],
)  # fmt: skip
def test_what_an_act_or_a_query_opens_is_readable_named_and_narrow(
    visit, portal, monkeypatch, compte, places
):
    [name] = Base(portal.folder, monkeypatch).ask(["D0003"])
    page = visit(reduced_motion="reduce").log_in(compte, to=places[0][0])
    session, faults = page.context.new_cdp_session(page), []
    for address, folds in places:
        wanted = address.format(fil=name)
        page.evaluate(readable.FOLLOW, wanted)
        page.wait_for_function(ARRIVED, arg=wanted)
        for fold in folds:
            ask_for_more(page, fold)
        faults += [f"{address} : {fault}" for fault in faults_of(page, session)]
    assert faults == []
