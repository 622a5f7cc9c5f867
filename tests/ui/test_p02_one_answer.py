"""One person, one answer: people drawn at random hear one value of each quantity, or why not."""

import csv
import importlib
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import ui_people as people

from iprof_kit.calculate.et_si.calculation import answer as et_si
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.calculate.paths.people import opening_day
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.positions import past_note, position_of_today
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.autres_parcours.question import from_file
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.et_si.instrument import pension_gap

TOOLS = Path(__file__).parents[2] / "tools"
KNOWN = TOOLS / "answers" / "known.csv"
SEED, DRAWN = 30, 4
PARTS = ("answers", "answers.page", "answers.people", "answers.mail", "answers.rooms",
         "answers.papers", "answers.asked", "answers.heard", "answers.compared")  # fmt: skip


@pytest.fixture(scope="module")
def tool():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TOOLS)
        yield {name.partition(".")[2]: importlib.import_module(name) for name in PARTS}
    for name in PARTS:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def drawn(tool):
    return list(tool["people"].people(SEED, DRAWN))


def known():
    with KNOWN.open(encoding="utf-8", newline="") as file:
        return {row["grandeur"] for row in csv.DictReader(file)}


def test_people_drawn_hear_one_answer(tool, drawn):
    found, channels = [], set()
    for one in drawn:
        told = tool["heard"].heard(one)
        assert not told.failed, (one.number, told.failed)
        channels |= {name for name, read in told.by.items() if read.facts or read.letter}
        found += [
            f"{one.number} : {each.words}"
            for each in tool["compared"].disagreements(told)
            if each.quantity not in known()
        ]
    assert not found, "\n".join(found)
    heard = ("CV, imprimé", "preparation_pdf", "/courrier?fil", "/guides/paie", "/cv/edition",
             "?campagne=")  # fmt: skip
    assert [part for part in heard if not any(part in name for name in channels)] == []


def test_the_same_person_is_drawn_alone_and_among_others(tool, drawn):
    alone = next(tool["people"].people(SEED, 1, start=3))
    assert alone == next(one for one in drawn if one.number == 3)


def test_every_position_of_the_tables_and_of_the_extracts_may_be_drawn(tool):
    places = {position for position, _ in tool["people"].known_positions()}
    for name in ("Congé de longue maladie", "Congé de longue durée", "Congé parental", "CLM",
                 "Détachement", "Disponibilité", "Mise à disposition"):  # fmt: skip
        assert name in places, name


def fact(tool, value, quantity="net", given=()):
    return tool["page"].Fact("U1", quantity, "2026-11", given, value)


def told(tool, **pages):
    heard = tool["heard"].Heard()
    for name, (text, facts) in pages.items():
        heard.by[name] = tool["page"].Read(facts=facts, text=text)
    return list(tool["compared"].disagreements(heard))


def test_two_values_of_a_quantity_disagree(tool):
    found = told(tool, one=("", [fact(tool, "1850.4")]), other=("", [fact(tool, "1850.9")]))
    assert [(each.quantity, set(each.values)) for each in found] == [("net", {"1850.4", "1850.9"})]
    assert not told(tool, one=("", [fact(tool, "1850.40")]), other=("", [fact(tool, "1850.4")]))


def test_a_hypothesis_parts_two_values_where_its_page_says_it(tool):
    plain, mean = [fact(tool, "1850.4")], [fact(tool, "1900.0", given=("mois moyen",))]
    assert not told(tool, one=("", plain), other=("un mois moyen : 1 900 €", mean))
    (found,) = told(tool, one=("", plain), other=("1 900 €", mean))
    assert "mois moyen" in found.quantity


def test_a_day_of_a_letter_is_a_day_of_its_screen(tool):
    heard = tool["heard"].Heard()
    page = tool["page"].read_page(
        "<p>Avant le 3 mai 2027</p><textarea>Je demande, avant le 4 mai 2027, ce que dit le "
        "décret 2022-408 du 21 mars 2022.</textarea>"
    )
    heard.by["lettre"] = page
    assert [each.values for each in tool["compared"].disagreements(heard)] == [
        {"4 mai 2027": ["lettre"]}
    ]


def test_an_amount_of_a_letter_is_one_of_its_screen(tool):
    heard = tool["heard"].Heard()
    heard.by["lettre"] = tool["page"].read_page(
        "<p>Une retenue de 212,40 €</p><textarea>212,40 € puis 1 012,40 €.</textarea>"
    )
    assert [(each.quantity, *each.values) for each in tool["compared"].disagreements(heard)] == [
        ("montant d’un papier", "1 012,40 €")
    ]


def test_p02_a_cv_that_prints_another_day_or_echelon_than_the_file_is_found(tool):
    read = tool["page"].Read
    printed = read(letter="Échelon 7e échelon, depuis le 3 mai 2027", text="6e échelon 3 mai 2027")
    heard = tool["heard"].Heard(by={"CV, imprimé": printed})
    assert [each.values for each in tool["compared"].disagreements(heard)] == [
        {"7e échelon": ["CV, imprimé"]}
    ]
    assert f"{tool['papers'].day_in('1er mars 2029')}" == "2029-03-01"


def test_p02_the_points_of_a_wish_are_one_count_on_two_screens_and_on_paper(tool):
    dossier = next(one for one in sample_people().values() if one.corps == "pe")
    one = tool["people"].Drawn(1, dossier, people.TODAY, {}, "")
    guichet = tool["heard"].Guichet(one)
    rooms = tool["rooms"].Rooms(Portal(lambda: guichet), dossier.numero)
    shown = dict(tool["papers"].campaign_papers(rooms, one))
    points = [
        {(fact.quantity, fact.value) for fact in read.facts if fact.quantity.startswith("points.0")}
        for name, read in shown.items()
        if "deux vœux" in name
    ]
    assert len(points[0]) == 2
    assert points[0] == points[1]
    papers = [read.letter for name, read in shown.items() if "preparation_pdf" in name]
    assert papers
    assert {paper.count(" points") for paper in papers} == {2}


def _noted(tool, **days):
    """Return somebody called to a rendez-vous of the school year, and her portal."""
    place = {"corps": "certifie", "grade": "classe_normale", "date_effet": date(2025, 9, 1)}
    held = people.held("8", date(2025, 9, 1), "anciennete").model_copy(update=place)
    more = {"corps": "certifie", "echelons": (held,), "rendez_vous": (), "positions": ()}
    dossier = people.JEAN.model_copy(update=more)
    one = tool["people"].Drawn(1, dossier, date(2027, 3, 12), {}, "", days)
    guichet = tool["heard"].Guichet(one)
    portal = Portal(lambda: guichet)
    for act in ({"kind": "route"}, {"kind": "intent", "name": "rdv_dates", "values": days,
                                    "changed": "entretien"}):  # fmt: skip
        portal.handle({"path": tool["papers"].MEETING, **act})
    return one, portal


def test_p02_what_is_taken_away_of_a_meeting_is_heard(tool):
    one, portal = _noted(tool, entretien="19/01/2027", compte_rendu="05/03/2027")
    rooms = tool["rooms"].Rooms(portal, one.dossier.numero)
    taken = tool["papers"].meeting_agenda(rooms, one)
    told = {fact.quantity.rpartition(".")[2]: fact.value for fact in taken.facts}
    assert told["observations"] == "2027-03-20"
    printed = dict(tool["papers"].meeting_letters(rooms, one))
    (letter,) = (read for name, read in printed.items() if "observations" in name)
    assert "soit jusqu’au 20 mars 2027" in letter.letter
    assert "20 mars 2027" in letter.text


def test_p02_a_day_of_the_agenda_that_its_screen_does_not_say_is_found(tool):
    heard, page = tool["heard"].Heard(), tool["page"]
    screen = page.Fact("U1", "meeting.observations", "", (), "2027-03-20")
    event = page.Fact("U1", "coming.rendez-vous.2.2026.observations", "", (), "2027-03-21")
    heard.by |= {"écran": page.Read(facts=[screen]), "agenda": page.Read(facts=[event])}
    (found,) = tool["compared"].disagreements(heard)
    assert found.quantity == "meeting.observations"


def test_a_gap_of_pension_that_is_one_amount_is_written_as_one():
    assert pension_gap((364.2,)) == "+\u00a0364\u00a0€"
    assert pension_gap((364.2, 413.9)) == "+\u00a0364 à 414\u00a0€"


@pytest.mark.parametrize("corps", ["pe", "instituteur"])
def test_the_active_category_of_a_file_opens_the_right_on_one_day_everywhere(tool, corps):
    held = people.held("9", date(2022, 9, 1), "anciennete")
    place = {"corps": corps} | ({"grade": "grade_unique"} if corps == "instituteur" else {})
    dossier = people.JEAN.model_copy(
        update={
            "corps": corps,
            "categorie_retraite": "active_sans_option" if corps == "pe" else "sedentaire",
            "identite": people.JEAN.identite.model_copy(
                update={"date_naissance": date(1974, 3, 9)}
            ),
            "entree_corps": date(1996, 9, 1),
            "titularisation": date(1997, 9, 1),
            "echelons": (held.model_copy(update=place),),
        }
    )
    portal = Portal(lambda: people.FakeGuichet(dossier))
    days = set()
    for path in ("/perspectives/promotions", "/perspectives/retraite"):
        read = tool["page"].read_page(portal.handle({"kind": "route", "path": path}).html)
        days |= {one.value for one in read.facts if one.quantity == "departure.opens"}
    assert days == {"2033-03-09"}


@pytest.mark.parametrize(
    ("category", "entered", "opens", "limit"),
    [
        ("sedentaire", date(2014, 2, 10), "2031-02-10", "2037-03-09"),
        ("active", date(2016, 9, 1), "2033-09-01", "2037-03-09"),
        ("active", date(2019, 9, 1), "2034-03-09", "2037-03-09"),
    ],
)
def test_p02_who_became_an_instituteur_late_reads_one_day_on_every_screen(
    tool, category, entered, opens, limit
):
    """The right opens with the seventeenth year of services (CPCMR L24), not before."""
    held = people.held("9", date(2022, 9, 1), "anciennete")
    place = {"corps": "instituteur", "grade": "grade_unique"}
    dossier = people.JEAN.model_copy(
        update={
            "corps": "instituteur",
            "categorie_retraite": category,
            "identite": people.JEAN.identite.model_copy(
                update={"date_naissance": date(1970, 3, 9)}
            ),
            "entree_corps": entered,
            "titularisation": entered,
            "echelons": (held.model_copy(update=place),),
        }
    )
    portal = Portal(lambda: people.FakeGuichet(dossier))
    said: dict[str, set[str]] = {}
    for path in ("/accueil", "/perspectives/promotions", "/perspectives/retraite"):
        for one in (
            tool["page"].read_page(portal.handle({"kind": "route", "path": path}).html).facts
        ):
            if one.quantity.startswith("departure.") and not one.moment:
                said.setdefault(one.quantity, set()).add(one.value)
    assert said["departure.opens"] == {opens}
    assert said["departure.limit"] == {limit}


def test_p02_et_si_and_other_paths_count_the_services_that_retraite_counts():
    held = people.held("9", date(2022, 9, 1), "anciennete")
    changed = {"categorie_retraite": "active", "echelons": (held,)}
    former = OwnSituation(people.JEAN.model_copy(update=changed), people.TODAY, {}, {})
    asked = former.supposing([ScenarioEtSi()])
    assert asked.instituteur.option_limite_age
    assert asked.instituteur.services_mois == 204
    place = {"corps": "instituteur", "grade": "grade_unique"}
    late = {"corps": "instituteur", "entree_corps": date(2014, 2, 10)}
    still = people.JEAN.model_copy(update=late | {"echelons": (held.model_copy(update=place),)})
    asked = OwnSituation(still, people.TODAY, {}, {}).supposing([ScenarioEtSi()])
    assert asked.instituteur.depuis == date(2014, 2, 10)
    fields = from_file(still, people.TODAY).fields
    names = ("jour", "date_naissance", "categorie_retraite", "instituteur_depuis")
    paths = EligibilityQuestion(**{name: fields[name] for name in names})
    assert opening_day(paths, date(1970, 3, 9)) == date(2031, 2, 10)


def test_who_could_leave_before_her_first_echelon_has_her_first_screen():
    born = people.JEAN.identite.model_copy(update={"date_naissance": date(1963, 10, 5)})
    dossier = people.JEAN.model_copy(
        update={
            "identite": born,
            "entree_corps": date(1990, 9, 1),
            "titularisation": date(1991, 9, 1),
            "echelons": (people.held("11", date(2026, 9, 1), "anciennete"),),
        }
    )
    portal = Portal(lambda: people.FakeGuichet(dossier))
    html = portal.handle({"kind": "route", "path": "/accueil"}).html
    assert UNAVAILABLE not in html
    assert "Votre carrière" in html


@pytest.mark.parametrize("path", ["/accueil", "/services/demandes"])
def test_who_never_served_since_she_entered_has_every_screen(path):
    away = people.JEAN.positions[1].model_copy(
        update={"debut": date(2021, 9, 1), "fin": date(2026, 1, 30)}
    )
    after = away.model_copy(update={"debut": date(2026, 1, 31), "fin": None})
    dossier = people.JEAN.model_copy(
        update={
            "entree_corps": date(2021, 9, 1),
            "titularisation": date(2022, 9, 1),
            "positions": (away, after),
        }
    )
    portal = Portal(lambda: people.FakeGuichet(dossier))
    html = portal.handle({"kind": "route", "path": path}).html
    assert UNAVAILABLE not in html


@pytest.mark.parametrize("path", ["/accueil", "/services/demandes", "/services/siac"])
def test_a_stagiaire_whose_titularisation_is_to_come_has_every_screen(path):
    coming = people.TODAY + timedelta(280)
    dossier = people.JEAN.model_copy(
        update={"entree_corps": date(2026, 9, 1), "titularisation": coming}
    )
    portal = Portal(lambda: people.FakeGuichet(dossier))
    html = portal.handle({"kind": "route", "path": path}).html
    assert UNAVAILABLE not in html


def _facts(tool, dossier, paths):
    """Return every value of each quantity and moment that some screens say, by both names."""
    portal = Portal(lambda: people.FakeGuichet(dossier))
    said: dict[tuple[str, str, tuple[str, ...]], set[str]] = {}
    for path in paths:
        html = portal.handle({"kind": "route", "path": path}).html
        assert UNAVAILABLE not in html, path
        for one in tool["page"].read_page(html).facts:
            said.setdefault((one.quantity, one.moment, one.given), set()).add(one.value)
    return said


PAID = ("/perspectives/ma-paie", "/perspectives/et-si")


def _ended(quotite=100, last=None, modalite="Temps partiel"):
    now = people.JEAN.positions[-1]
    share = {"quotite": quotite, "modalite": modalite, "fin": last}
    return {"positions": (*people.JEAN.positions[:-1], now.model_copy(update=share))}


@pytest.mark.parametrize(
    "changed",
    [
        {"echelons": (people.held("5", date(2024, 5, 4), "anciennete"),
                      people.held("6", date(2026, 11, 12), "anciennete"))},
        _ended(70, date(2026, 3, 14)),
    ],
    ids=["a step begun within the month", "a last position that is past"],
)  # fmt: skip
def test_p02_the_pay_of_this_month_is_read_on_one_day(tool, changed):
    said = _facts(tool, people.JEAN.model_copy(update=changed), PAID)
    nets = [values for (what, when, given), values in said.items()
            if (what, when) == ("net", "2026-11") and given == ("mois moyen",)]  # fmt: skip
    assert [len(values) for values in nets] == [1]


def test_p02_a_last_position_that_is_past_is_said_to_go_on():
    dossier = people.JEAN.model_copy(update=_ended(70, date(2026, 3, 14)))
    said = past_note(dossier, people.TODAY)
    assert "14 mars 2026" in said
    assert not past_note(people.JEAN, people.TODAY)


@pytest.mark.parametrize(("quotite", "modalite"), [(97, "Temps partiel"), (90, "de droit")])
def test_p02_a_quotite_that_no_table_pays_closes_no_perspective(tool, quotite, modalite):
    dossier = people.JEAN.model_copy(update=_ended(quotite, None, modalite))
    asked = ("/perspectives/promotions", "/perspectives/retraite", *PAID)
    said = _facts(tool, dossier, asked)
    assert not [key for key in said if key[:2] == ("net", "2026-11")]
    assert position_of_today(dossier, people.TODAY).paie == "non_calculee"


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (date(1958, 2, 3), "3 février 2028"),  # seventy years: loi 2023-270, art. 10
        (date(1953, 2, 3), "31 août 2027"),  # past them, and of no generation of the tables
    ],
)
def test_p02_the_pay_of_who_is_past_the_age_limit_ends_where_she_may_be_kept(tool, born, until):
    identity = people.JEAN.identite.model_copy(update={"date_naissance": born})
    dossier = people.JEAN.model_copy(update={"identite": identity})
    _facts(tool, dossier, ("/accueil", "/perspectives/promotions", *PAID))
    asked = OwnSituation(dossier, people.TODAY, {}, {}).supposing([ScenarioEtSi()])
    answered = et_si(asked)
    ends = answered.scenarios[0].depart
    assert f"{ends.day} " in until
    assert any(f"supposé jusqu’au {until}" in line for line in answered.non_calcules)


def test_p02_a_network_that_a_corps_is_not_paid_for_closes_no_perspective(tool):
    held = people.held("5", date(2024, 5, 4), "anciennete")
    place = {"corps": "chaire_sup", "grade": "grade_unique", "echelon": "3"}
    post = people.JEAN.affectations[-1].model_copy(
        update={"etablissement": "Lycée fictif REP", "fin": None}
    )
    dossier = people.JEAN.model_copy(
        update={
            "corps": "chaire_sup",
            "echelons": (held.model_copy(update=place),),
            "affectations": (post,),
        }
    )
    said = _facts(tool, dossier, PAID)
    assert [key for key in said if key[:2] == ("net", "2026-11")]


PROJECTED = ("/perspectives/promotions", "/perspectives/retraite", *PAID)


def test_p02_an_echelon_without_index_closes_no_perspective(tool):
    """No table holds the index of the first échelons of instituteurs: her ages are told."""
    held = people.held("2", date(2026, 6, 1), "anciennete")
    place = {"corps": "instituteur", "grade": "grade_unique"}
    dossier = people.JEAN.model_copy(
        update={
            "corps": "instituteur",
            "echelons": (held.model_copy(update=place),),
            "entree_corps": date(2025, 9, 1),
        }
    )
    said = _facts(tool, dossier, ("/accueil", *PROJECTED))
    assert said["departure.opens", "", ()] == {"2050-05-20"}  # fifty-nine: the active category
    assert said["departure.limit", "", ()] == {"2058-05-20"}
    assert said["echelon.next", "", ()] == {"2027-03-01"}  # nine months
    # its day is the same where the pay is not calculated
    assert said["coming.echelon.instituteur.grade_unique.3.", "", ()] == {"2027-03-01"}
    # pay begins with the first month whose index is known
    assert {key[1] for key in said if key[0] in ("net", "gross")} == {"2027-03"}
    portal = Portal(lambda: people.FakeGuichet(dossier))
    for path in PROJECTED:
        html = portal.handle({"kind": "route", "path": path}).html
        assert "L’indice de cette position n’est pas connu" in html
        begins_later = path in ("/perspectives/retraite", "/perspectives/ma-paie")
        assert ("non calculés" in html) is not begins_later


def test_p02_a_pension_is_read_on_the_echelon_of_the_departure(tool):
    """No grid says the index of the first one: the last one, held long before, has its own."""
    held = people.held("1", date(2026, 9, 1), "nomination")
    place = {"corps": "instituteur", "grade": "grade_unique"}
    changed = {"corps": "instituteur", "entree_corps": date(2026, 9, 1)}
    pensions = []
    for echelon in ("1", "3"):
        there = held.model_copy(update=place | {"echelon": echelon})
        dossier = people.JEAN.model_copy(update=changed | {"echelons": (there,)})
        said = _facts(tool, dossier, ("/perspectives/retraite",))
        pensions.append({key: v for key, v in said.items() if key[0] == "pension.gross"})
    assert pensions[0]
    assert pensions[0] == pensions[1]


def test_p02_services_told_by_who_has_no_index_yet_open_the_right_on_one_day(tool):
    """She types fewer than the seventeen years of active services: the right opens at its age."""
    held = people.held("1", date(2026, 9, 1), "nomination")
    place = {"corps": "instituteur", "grade": "grade_unique"}
    dossier = people.JEAN.model_copy(
        update={
            "corps": "instituteur",
            "entree_corps": date(2026, 9, 1),
            "echelons": (held.model_copy(update=place),),
        }
    )
    guichet = people.FakeGuichet(dossier)
    portal = Portal(lambda: guichet)
    retraite = "/perspectives/retraite"
    portal.handle({"kind": "route", "path": retraite})
    typed = {"kind": "intent", "name": "retraite", "path": retraite, "changed": "instituteur_mois",
             "values": {"instituteur_mois": "96"}}  # fmt: skip
    portal.handle(typed)
    opens = set()
    for path in ("/perspectives/promotions", retraite):
        html = portal.handle({"kind": "route", "path": path}).html
        facts = tool["page"].read_page(html).facts
        opens |= {one.value for one in facts if one.quantity == "departure.opens"}
    assert opens == {"2055-05-20"}  # sixty-four


def test_p02_a_file_is_brought_up_to_an_echelon_whatever_the_index_of_the_last_one(tool):
    held = people.held("1", date(2022, 9, 1), "nomination")
    place = {"corps": "instituteur", "grade": "grade_unique"}
    changed = {"corps": "instituteur", "echelons": (held.model_copy(update=place),)}
    said = _facts(tool, people.JEAN.model_copy(update=changed), ("/accueil", *PAID))
    # nine months twice, twelve at the third, eighteen at the fourth and at the fifth
    assert said["echelon.next", "", ()] == {"2028-03-01"}
    assert [key for key in said if key[0] == "net"]


def test_p02_a_file_without_its_departement_still_shows_the_movement(tool):
    _facts(tool, people.JEAN.model_copy(update={"departement": None}),
           ("/perspectives/autres-affectations",))  # fmt: skip


@pytest.mark.parametrize(
    ("position", "modalite", "quotite", "nature", "resumed"),
    [
        ("Disponibilité", "Aucun service", 0, "hors_services", date(2026, 12, 1)),
        ("Congé de longue durée", "Aucun service", 100, "activite", date(2026, 12, 1)),
        ("En activité", "Temps partiel", 97, "activite", date(2026, 12, 1)),
        ("En activité", "Temps complet", 100, "activite", date(2026, 11, 26)),
    ],
)
def test_p02_a_last_position_that_is_past_goes_on_for_the_pension_as_for_the_pay(
    position, modalite, quotite, nature, resumed
):
    now = people.JEAN.positions[-1].model_copy(
        update={
            "position": position, "motif": None, "modalite": modalite, "quotite": quotite,
            "fin": date(2026, 3, 14),
        }
    )  # fmt: skip
    dossier = people.JEAN.model_copy(update={"positions": (now,)})
    services = OwnSituation(dossier, people.TODAY, {}, {}).services()
    held, later = services.periods[-2:]
    assert (held.nature, held.fin, later.debut) == (nature, resumed - timedelta(1), resumed)
    assert any("14 mars 2026" in line for line in services.supposed)


def test_p02_two_echelons_that_share_a_day_have_each_their_facts(tool):
    """One ends and another begins today; two begin on one day, by a promotion and its échelon."""
    rows = [("3", date(2022, 4, 1), 0), ("4", date(2024, 6, 1), 45), ("5", date(2024, 6, 1), 120),
            ("6", people.TODAY, 0)]  # fmt: skip
    held = tuple(
        people.held(echelon, day, "anciennete").model_copy(update={"reliquat_jours": kept})
        for echelon, day, kept in rows
    )
    said = _facts(tool, people.JEAN.model_copy(update={"echelons": held}), ("/dossier/carriere",))
    of_echelons = {key: values for key, values in said.items() if key[0].startswith("echelon.")}
    assert [key for key, values in of_echelons.items() if len(values) > 1] == []
    lasted = [values for key, values in of_echelons.items() if key[0].startswith("echelon.held")]
    assert len(lasted) == len(rows)
    assert said["echelon.since", "", ()] == {people.TODAY.isoformat()}
