"""Affectations, Anciennetés, Situation particulière: what is said, asked and refused."""

import re
from datetime import UTC, date, datetime

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.services.contract.dossier import SituationParticuliere
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.contract.own_file import Signalement
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.affectations.view import affectations
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.dossier.career_blocks import meetings
from iprof_kit.ui.screens.dossier.carriere import carriere
from iprof_kit.ui.screens.dossier.synthese import synthese
from iprof_kit.ui.screens.situation.screen import situation
from iprof_kit.ui.shared import text

HERE = people.JEAN.affectations[0]
ANCIENNETES = "/dossier/anciennetes"


def posting(**changes):
    return HERE.model_copy(update=changes)


def held(*lines):
    return people.JEAN.model_copy(update={"affectations": lines})


def screens(dossier=people.JEAN):
    return Portal(lambda: people.FakeGuichet(dossier), people.answer)


def asked(portal, **values):
    message = {"kind": "intent", "name": "anciennetes_au", "values": values, "path": ANCIENNETES}
    return check(portal.handle(message))


def opened(portal, code):
    """Open the reason of a seniority; the page as it is then."""
    message = {"kind": "intent", "name": "pourquoi", "values": {"of": code}, "path": ANCIENNETES}
    return check(portal.handle(message))


def test_the_postings_are_newest_first_with_their_code_and_share():
    old = posting(
        etablissement="École du Puy",
        uai=None,
        debut=date(2016, 1, 16),
        fin=date(2019, 8, 31),
        quotite=50,
    )
    lines = [row.line for row in affectations(held(old, HERE), people.TODAY).rows]
    assert [(one.etablissement, one.uai, one.quotite, one.fin) for one in lines] == [
        ("École élémentaire Les Ormeaux", "0639999X", 100, None),
        ("École du Puy", None, 50, date(2019, 8, 31)),
    ]


def test_a_time_in_service_without_posting_is_said_and_a_leave_is_not():
    remarks = affectations(people.JEAN, people.TODAY).remarks
    spans = ("du 1er septembre 2014 au 31 août 2015", "du 16 janvier 2016 au 31 août 2019")
    assert remarks == tuple(
        f"Aucune affectation {span}, alors que votre dossier vous dit en service." for span in spans
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (posting(etablissement="École B", debut=date(2025, 9, 1)),
         "font 200\u00a0% : une date"),
        (posting(type="Titulaire sur zone de remplacement", debut=date(2025, 9, 1)),
         "C’est l’usage pour un titulaire sur zone de remplacement"),
    ],
)  # fmt: skip
def test_two_postings_at_once_are_compared(other, said):
    remarks = " ".join(affectations(held(HERE, other), people.TODAY).remarks)
    assert "Deux affectations depuis le 1er septembre 2025" in remarks
    assert said in remarks


def test_halves_that_make_a_whole_are_no_fault():
    halves = posting(quotite=50), posting(etablissement="École B", quotite=50)
    remarks = " ".join(affectations(held(*halves), people.TODAY).remarks)
    assert "Leurs quotités font 100\u00a0%." in remarks
    assert "à vérifier" not in remarks


def test_the_seniorities_are_counted_at_the_day_chosen():
    portal = screens()
    page = asked(portal, au="31/08/2026")
    # Worked by hand: two years in the 7e; twelve years less 4 months 15 days of disponibilité.
    assert "11 ans 7 mois 15 jours" in page.text
    assert "02a00m00j" in opened(portal, "echelon").text
    page = check(portal.handle({"kind": "route", "path": ANCIENNETES, "query": "?au=2017-12-31"}))
    # 4e since 1 September 2017, with six months kept: ten months.
    assert "au 31 décembre 2017" in page.text
    assert "00a10m00j" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31/02/2026", "n’existe pas"), ("", "n’est pas renseignée"), ("01/01/2060", "trop loin")],
)
def test_a_wrong_day_is_said_at_its_field_and_kept(typed, said):
    portal = screens()
    asked(portal, au="31/08/2026")
    page = asked(portal, au=typed)
    assert said in page.text
    (field,) = [attrs for attrs in page.all("input") if attrs["name"] == "au"]
    assert (field["value"], field["aria-invalid"]) == (typed, "true")
    assert "Vos anciennetés au 31 août 2026" in page.text


def test_each_seniority_has_its_reason_and_what_cannot_be_counted_says_why():
    page = asked(screens(people.SANS_CORPS), au="25/11/2026")
    assert page.text.count("Pourquoi\u00a0?") == 6
    assert "Non calculable" in page.text


def test_the_reason_of_a_seniority_is_calculated_when_it_is_opened():
    portal = screens()
    page = asked(portal, au="31/08/2026")
    assert page.text.count("La raison se calcule…") == 6
    page = opened(portal, "poste")
    assert page.text.count("La raison se calcule…") == 5
    page = asked(portal, au="31/08/2025")
    assert "Comment cette ancienneté est-elle comptée au 31 août 2025" in page.text
    assert opened(portal, "pirate").text == page.text


def test_the_seniorities_are_bars_on_one_axis_marked_once():
    """What holds eleven years is eleven twelfths of an axis of twelve; sources are below."""
    portal = screens()
    asked(portal, au="31/08/2026")
    html = portal.handle({"kind": "route", "path": ANCIENNETES}).html
    widths = [float(width) for width in re.findall(r'<s data-w="([\d.]+)"', html)]
    assert len(widths) == 6
    days = (11 * 360 + 7 * 30 + 15) / (12 * 360)
    assert widths[0] == round(100 * days, 2)
    lines = re.sub(r'<tr class="why-row".*?</tr>', "", html, flags=re.DOTALL)
    assert lines.count('class="mark verify"') == 1
    assert "confiance" not in html.split('id="sources"')[0]


def test_the_particular_situation_says_who_sees_it():
    line = SituationParticuliere(
        nature="decharge",
        libelle="Décharge de direction",
        quotite=25,
        debut=date(2023, 9, 1),
        source="AGAPE",
        lu_le=people.READ,
    )
    view = situation(people.JEAN.model_copy(update={"situations": (line,)}), people.TODAY)
    (fact,) = [fact for section in view.sections for fact in section.facts]
    assert (fact.label, fact.value, fact.detail) == (
        "En cours",
        "Décharge de direction",
        "25\u00a0% du service",
    )
    assert fact.since == ("depuis le 1er septembre 2023",)
    assert "ne vont qu’à vous" in view.only_you


def test_an_empty_situation_says_so_in_one_sentence():
    view = situation(people.JEAN, people.TODAY)
    assert view.lead == "Votre dossier ne contient aucune situation particulière."
    assert view.sections == ()
    assert view.none == (
        "Aucune affectation en éducation prioritaire, situation de handicap, décharge ni "
        "affectation sur poste adapté n’est enregistrée."
    )


def test_the_dates_to_verify_of_a_career_are_marked_once_above_their_table():
    html = render("carriere", carriere(people.JEAN, people.TODAY))
    table = html.split("<table", 1)[1].split("</table>")[0]
    assert table.count('class="mark verify"') <= 1
    assert 'id="reclassement-2017"' in html


def test_the_rows_bear_the_names_under_which_a_datum_is_reported():
    known = {one.cle for one in data_of(people.JEAN)}
    career = carriere(people.JEAN, people.TODAY)
    sections = (*synthese(people.JEAN, people.TODAY).sections, career.corps, career.meetings)
    keys = {fact.key for section in sections for fact in section.facts if fact.key}
    assert {name for key in keys for name in key.split()} <= known
    rows = {row.key for row in affectations(people.JEAN, people.TODAY).rows}
    assert {f"{key}.etablissement" for key in rows} <= known


def test_the_reclassement_of_2017_is_explained_line_by_line():
    view = carriere(people.JEAN, people.TODAY, explained=True)
    pairs = {pair.label: pair.value for pair in view.ppcr_why.pairs}
    assert pairs["Échelon détenu le 31 août 2017"] == "4e échelon, depuis le 16 janvier 2017"
    assert pairs["Échelon suivant sans cette ancienneté"] == "1er septembre 2019"
    assert view.ppcr_why.pairs[-1].value == "1er mars 2019"
    assert "passé au 5e échelon le 1er mars 2019" in view.ppcr.replace("\u00a0", " ")
    assert "7 mois 15 jours" in view.ppcr_gap
    assert view.ppcr_why.sources


def test_the_reason_of_2017_is_calculated_when_it_is_opened():
    portal, path = screens(), "/dossier/carriere"
    opening = {"kind": "intent", "name": "pourquoi", "changed": "", "path": path}
    waits = check(portal.handle({"kind": "route", "path": path}))
    other = check(portal.handle(opening | {"values": {"of": "autre"}}))
    assert "La raison se calcule" in waits.text
    assert "La raison se calcule" in other.text
    opened = check(portal.handle(opening | {"values": {"of": "reclassement_2017"}}))
    assert "La raison se calcule" not in opened.text
    assert "Classement selon la règle" in opened.text


def test_the_reason_of_2017_of_each_fictitious_person_ends_on_the_day_of_her_file():
    count = 0
    for person in sample_people().values():
        lines = person.echelons
        at = next((i for i, one in enumerate(lines) if one.mode == "reclassement_ppcr"), None)
        if at is None or lines[at + 1].mode != "anciennete":  # promoted before that day
            continue
        reason = carriere(person, people.TODAY, explained=True).ppcr_why
        assert reason.pairs[-1].value == text.day(lines[at + 1].date_effet)
        count += 1
    assert count > 20


def test_a_grade_whose_date_the_file_lacks_is_not_dated_by_the_corps():
    line = people.JEAN.echelons[1].model_copy(update={"grade": "hors_classe", "echelon": "3"})
    promoted = people.JEAN.model_copy(update={"echelons": (line,)})
    facts = {fact.label: fact for fact in carriere(promoted, people.TODAY).corps.facts}
    assert facts["Grade"].since == ("date absente du dossier",)


def test_the_fictitious_people_of_the_desk_come_without_their_particular_situations():
    assert all(person.situations == () for person in sample_people().values())


def test_a_missing_posting_that_was_reported_is_marked_with_its_steps():
    sent = Signalement(
        id="r1",
        numero="2026-0007",
        donnee="affectations.absente",
        libelle="Une affectation qui manque",
        valeur="absente",
        indique="École du Puy, du 16 janvier 2016 au 31 août 2019",
        envoye_le=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    )
    assert sent.donnee in {one.cle for one in data_of(people.JEAN)}
    page = check(render("affectations", affectations(people.JEAN, people.TODAY, [sent])))
    assert "Vous avez signalé une affectation qui manque." in page.text
    assert "École du Puy, du 16 janvier 2016 au 31 août 2019" in page.text
    assert "2026-0007" in page.text
    older = sent.model_copy(update={"donnee": "absente", "libelle": "Une donnée qui manque"})
    page = check(render("affectations", affectations(people.JEAN, people.TODAY, [older])))
    assert "Vous avez signalé une donnée qui manque." in page.text
    assert "École du Puy" in page.text
    unmarked = check(render("affectations", affectations(people.JEAN, people.TODAY)))
    assert "Vous avez signalé" not in unmarked.text
    assert "/dossier/signaler?donnee=affectations.absente" in [a["href"] for a in unmarked.all("a")]


def test_the_final_appreciation_is_told_from_the_opinion_of_who_inspects():
    """rendez_vous_carriere.csv, pe: the IEN inspects and meets, the IA-DASEN decides."""
    page = check(screens().handle({"kind": "route", "path": "/dossier/carriere"}))
    read = page.text.replace("\u00a0", " ")
    assert "Appréciation finale : très satisfaisant arrêtée par : IA-DASEN" in read
    assert "Évaluateurs : IEN" in read
    assert "il peut différer de l’appréciation finale" in read


@pytest.mark.parametrize(
    ("echelon", "since", "said"),
    [
        # décret 90-680, art. 24 II: at the 6e for 12 to 24 months on 31 August 2027.
        ("6", date(2025, 9, 1), "Premier rendez-vous"),
        ("6", date(2025, 8, 31), "Non concerné"),
        ("7", date(2024, 9, 1), "Non concerné"),
        ("8", date(2025, 3, 1), "Deuxième rendez-vous"),
    ],
)
def test_why_one_is_or_is_not_concerned_by_a_rendez_vous_this_year(echelon, since, said):
    line = people.JEAN.echelons[-1].model_copy(update={"echelon": echelon, "date_effet": since})
    dossier = people.JEAN.model_copy(update={"echelons": (line,), "rendez_vous": ()})
    fact = next(
        one
        for one in meetings(dossier, None, people.TODAY).facts
        if one.label == "Cette année scolaire, 2026-2027"
    )
    assert fact.value == said
    window = "premier : 6e échelon atteint entre le 1er septembre 2025 et le 31 août 2026"
    assert window in fact.note.replace("\u00a0", " ")
    assert f"Vous êtes au {echelon}e échelon depuis le" in fact.note


def test_a_lower_number_after_2017_is_told_from_a_lower_index_in_full_view():
    """grilles.csv: hors classe of the pe, 6e of August 2017 and 5e of September 2017, 751 both."""
    old, new, now = (
        people.JEAN.echelons[-1].model_copy(
            update={"grade": "hors_classe", "echelon": echelon, "date_effet": day, "mode": mode}
        )
        for echelon, day, mode in (
            ("6", date(2016, 2, 1), "anciennete"),
            ("5", date(2017, 9, 1), "reclassement_ppcr"),
            ("6", date(2025, 9, 1), "anciennete"),
        )
    )
    dossier = people.JEAN.model_copy(update={"echelons": (old, new, now)})
    html = (
        Portal(lambda: people.FakeGuichet(dossier))
        .handle({"kind": "route", "path": "/dossier/carriere"})
        .html.replace("\u00a0", " ")
    )
    said = "Votre indice majoré n’a pas changé : 751 la veille, 751 ce jour-là."
    assert said in html.partition("<details")[0]


@pytest.mark.parametrize(
    ("days", "said"),
    [(360, "1 an a été conservé"), (30, "1 mois a été conservé"), (180, "6 mois ont été conservés"),
     (390, "1 an 1 mois ont été conservés"), (1, "1 jour a été conservé")],
)  # fmt: skip
def test_what_was_kept_agrees_with_its_number(days, said):
    assert text.were_kept(days) == said


def test_the_frise_of_the_postings_shows_the_holes_of_the_file_where_they_are():
    """Those that the remarks name: 1 September 2014 to 31 August 2015, 16 January 2016 to 2019."""
    view = affectations(people.JEAN, people.TODAY)
    holes = [one for one in view.stays if one.state == "hole"]
    assert len(holes) == len(view.remarks)
    assert [one.state for one in view.stays][-1] == "now"
    assert view.stays[-1].years == f"depuis {HERE.debut.year}"
    months = (people.TODAY - min(date(2014, 9, 1), HERE.debut)).days // 30
    assert abs(sum(one.months for one in view.stays) - months) <= len(view.stays)
    page = check(screens().handle({"kind": "route", "path": "/dossier/affectations"}))
    lines = [one for one in page.all("li") if one.get("class") == "hole"]
    assert len(lines) == len(holes)
    assert view.frise_label == "Affectations de 2014 à 2026"


def test_of_two_postings_at_once_the_frise_draws_the_time_once():
    half = posting(etablissement="École du Puy", quotite=50, debut=date(2020, 9, 1))
    stays = affectations(held(HERE, half), people.TODAY).stays
    assert [one.place for one in stays if one.state != "hole"].count("École du Puy") == 0
    assert affectations(held(), people.TODAY).stays[-1].state == "hole"
