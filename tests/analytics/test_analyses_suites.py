"""Analyses 28 to 30, on dates counted by hand and on lists few enough to be ranked by hand."""

from datetime import date

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.analytics.analyses.model import REGISTRY, Reponse, analyse
from iprof_kit.analytics.columns import needed_for
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.law.promotion.statistics import last_day_of_appeal

AUGUST = date(2026, 8, 20)


def appeals(**columns):
    frame = pd.DataFrame(
        {
            "numero": ["a", "b", "c", "d"],
            "date_publication": pd.to_datetime(["2026-06-30"] * 4),
            "date_recours": pd.to_datetime(["2026-08-31", "2026-09-01", None, "2026-07-01"]),
            "issue": ["", "", "", "rejet"],
            "motif": ["rang", "barème", "", "rang"],
        }
    )
    return frame.assign(**columns)


def teachers():
    """Make five people of one list; by barème p1 is first, then p2."""
    return pd.DataFrame(
        {
            "numero": ["p1", "p2", "p3", "p4", "p5"],
            "corps": "pe",
            "grade": "classe_normale",
            "echelon": ["11", "11", "10", "10", "9"],
            "anciennete_jours": [1440, 1080, 720, 360, 900],
            "appreciation": ["excellent", "excellent", "satisfaisant", "satisfaisant", "excellent"],
            "entree_corps": pd.to_datetime(["1999-09-01"] * 5),
        }
    )


@pytest.mark.parametrize(
    ("published", "last"),
    [
        ("2022-06-23", "2022-08-24"),  # as CE, 3 décembre 2018, n° 417292: 23 August, 24 October
        ("2026-06-12", "2026-08-13"),  # two months francs
        ("2026-03-13", "2026-05-15"),  # after Ascension Day, 14 May: CE, 19 septembre 2014
        ("2026-06-14", "2026-08-17"),  # Saturday 15 August is put off to Monday
    ],
)
@pytest.mark.parametrize("way", ["administratif", "tribunal"])
def test_an_appeal_is_open_two_months_francs(published, last, way):
    assert last_day_of_appeal(date.fromisoformat(published), way) == date.fromisoformat(last)


def test_an_appeal_is_in_time_until_its_last_day():
    table = iprof_kit.analyser(28, appeals(), au=AUGUST).table.set_index("numero")
    assert table["etat"].to_dict() == {
        "a": "dans le délai",
        "b": "hors délai",
        "c": "dans le délai",
        "d": "tranché",
    }
    assert table.loc["c", "jours_restants"] == 11
    assert table["jours_restants"].isna().tolist() == [True, True, False, True]
    assert table["date_limite"].unique().tolist() == [pd.Timestamp("2026-08-31")]


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [(date(2026, 8, 31), "dans le délai", 0), (date(2026, 9, 1), "hors délai", pd.NA)],
)
def test_the_last_day_is_one_of_the_days_left(day, state, left):
    table = iprof_kit.analyser(28, appeals(), au=day).table.set_index("numero")
    assert table.loc["c", "etat"] == state
    assert table.loc["c", "jours_restants"] is left or table.loc["c", "jours_restants"] == left


def test_states_and_motives_are_counted():
    answer = iprof_kit.analyser(28, appeals(), au=AUGUST)
    states = answer.details["etats"].set_index("etat")
    assert states["nombre"].to_dict() == {"dans le délai": 2, "hors délai": 1, "tranché": 1}
    assert states.loc["tranché", "part"] == 25
    motives = answer.details["motifs"].set_index("motif")["nombre"]
    assert motives.to_dict() == {"rang": 2, "barème": 1, "non renseigné": 1}


def test_what_is_odd_in_the_dates_is_counted():
    odd = appeals(
        date_publication=pd.to_datetime(["2026-06-30", None, "2020-01-15", "2026-06-30"]),
        date_recours=["2026-06-01", "2026-07-01", "2020-01-15", "30 août"],
    )
    answer = iprof_kit.analyser(28, odd, au=AUGUST)
    assert answer.table["numero"].tolist() == ["a", "d"]
    assert answer.avertissements == (
        "1 recours sans date de publication lisible, laissés de côté",
        "1 dates de recours illisibles",
        "1 recours datés d’avant la publication",
        "1 recours sans délai connu à leur date, laissés de côté",
    )


def test_the_sheet_gives_bareme_rank_and_the_last_proposed():
    # excellent 120, satisfaisant 80 (rh_usages § 1, 3); 23 % of five people: one place
    answer = iprof_kit.analyser(29, teachers(), numero="p2", annee=2025)
    sheet = answer.table.set_index("rubrique")["valeur"]
    first = iprof_kit.analyser(29, teachers(), numero="p1", annee=2025).table
    first = first.set_index("rubrique")["valeur"]
    assert (sheet["rang"], sheet["promouvables"], sheet["proposés"]) == ("2", "5", "1")
    assert sheet["dont appréciation"] == "120"
    assert int(sheet["barème"]) == 120 + int(sheet["dont plage d’appel"])
    assert (sheet["proposé"], first["proposé"]) == ("non", "oui")
    assert sheet["barème du dernier proposé au rang"] == f"{first['barème']} points"
    assert sheet["situation au 31 août"] == "11e échelon"


def test_the_sheet_says_nothing_of_other_people():
    answer = iprof_kit.analyser(29, teachers(), numero="p2", annee=2025)
    written = " ".join(table.to_string() for table in (answer.table, *answer.details.values()))
    assert not any(other in written for other in ("p1", "p3", "p4", "p5"))
    assert "précède" not in written
    assert list(answer.details["criteres"]) == ["critere", "valeur", "departage"]


def test_the_sheet_is_within_the_list_of_the_agent():
    gens = teachers().assign(departement=["063", "063", "003", "003", "003"])
    answer = iprof_kit.analyser(29, gens, numero="p2", annee=2025, liste="departement")
    sheet = answer.table.set_index("rubrique")["valeur"]
    assert (sheet["liste"], sheet["promouvables"], sheet["proposés"]) == ("063", "2", "0")
    assert sheet["barème du dernier proposé au rang"] == "aucun"


def report(gens, **options):
    return iprof_kit.analyser(30, gens, **options)


def all_but_the_contingent(number):
    """Return what an analysis needs; the contingent (5) needs nothing here."""
    return [] if number == 5 else needed_for(number)


def nominated():
    return pd.DataFrame(
        {
            "numero": list("abcd"),
            "sexe": ["F", "F", "F", "H"],
            "echelon": ["10", "11", "11", "11"],
            "appreciation": ["excellent", "excellent", "satisfaisant", "satisfaisant"],
            "corps": "pe",
            "superieur": 0,
            "promu": [0, 1, 0, 1],
        }
    )


def test_the_report_gives_the_main_shares_and_their_analyses():
    answer = report(nominated())
    lines = answer.table.set_index("analyse")
    assert lines.loc[6, ["indicateur", "valeur", "unite"]].tolist() == [
        "femmes parmi les promus",
        50,
        "%",
    ]
    assert lines.loc[6, "remarque"] == "75,0 % des promouvables ; écart −25,0 pt"
    assert lines.loc[7, ["indicateur", "valeur"]].tolist() == ["11e échelon parmi les promus", 100]
    assert lines.loc[8, "valeur"] == 50
    assert lines.index.tolist() == list(range(5, 16))
    assert set(answer.details) >= {"equilibre_femmes_hommes", "promus_par_echelon"}


def test_the_report_tells_what_it_cannot_calculate():
    lines = report(nominated()).table.set_index("analyse")
    assert lines.loc[9, "remarque"] == "non calculé : colonne discipline absente"
    assert lines.loc[11, "remarque"] == "non calculé : colonne fonction absente"
    assert lines["valeur"].isna()[[9, 11]].all()


def test_the_report_copes_with_an_analysis_that_is_not_there(monkeypatch):
    monkeypatch.setattr("iprof_kit.analytics.analyses.bilan.needed_for", all_but_the_contingent)
    iprof_kit.analyse_de(30)
    monkeypatch.delitem(REGISTRY, 5, raising=False)
    told = report(nominated()).table.set_index("analyse").loc[5, "remarque"]
    assert "pas encore dans le kit" in told


@pytest.mark.parametrize(
    ("given", "value", "unit"),
    [
        ({"nom": ["Dijon", "Ensemble"], "contingent": [2, 3]}, 3, "promotions"),
        ({"echelon": ["6", "8"], "proposes": [4, 5]}, 9, "personnes"),
        ({"numero": ["a", "b"]}, 2, "personnes"),
    ],
    ids=["contingent", "proposed", "list of names"],
)
def test_the_report_counts_places_proposed_or_rows(monkeypatch, given, value, unit):
    def contingent(gens, /, *, suppose: str = "refuser"):
        return Reponse(pd.DataFrame(given), lambda: None, hypotheses=(f"taux : {suppose}",))

    iprof_kit.analyse_de(30)
    monkeypatch.setattr("iprof_kit.analytics.analyses.bilan.needed_for", all_but_the_contingent)
    monkeypatch.setattr("iprof_kit.analytics.analyses.model.needed_for", all_but_the_contingent)
    monkeypatch.setitem(REGISTRY, 5, REGISTRY.get(5))
    analyse(contingent)
    answer = report(nominated(), suppose="dernier_connu")
    line = answer.table.set_index("analyse").loc[5]
    assert (line["valeur"], line["unite"]) == (value, unit)
    assert "taux : dernier_connu" in answer.hypotheses


def test_each_answers_and_draws_on_fictitious_people():
    gens = iprof_kit.exemple_promouvables(200)
    options = {"annee": 2027, "suppose": "dernier_connu"}
    answers = [
        iprof_kit.analyser(28, appeals(), au=AUGUST),
        iprof_kit.analyser(29, gens, numero=gens["numero"][0], **options),
        report(gens, **options),
    ]
    assert "femmes parmi les proposés" in set(answers[-1].table["indicateur"])
    for answer in answers:
        assert iprof_kit.legende(answer.table).startswith("PROJET. ")
        assert answer.figure().get_suptitle().endswith("PROJET")


def test_row_order_has_no_effect():
    gens = iprof_kit.exemple_promouvables(50)
    options = {"annee": 2027, "suppose": "dernier_connu"}
    asked = [
        (28, appeals(), {"au": AUGUST}),
        (29, gens, {"numero": gens["numero"][0], **options}),
        (30, gens, options),
    ]
    for number, people, given in asked:
        one = iprof_kit.analyser(number, people, **given).table
        other = iprof_kit.analyser(number, people.iloc[::-1], **given).table
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: iprof_kit.analyser(28, appeals()), "date d’observation"),
        (lambda: iprof_kit.analyser(28, appeals(), au=AUGUST, voie="amiable"), "amiable.*tribunal"),
        (lambda: iprof_kit.analyser(28, appeals().drop(columns="motif"), au=AUGUST), "motif"),
        (lambda: iprof_kit.analyser(28, appeals(date_publication=pd.NaT), au=AUGUST), "vide"),
        (lambda: iprof_kit.analyser(29, teachers(), annee=2025), "numéro manque"),
        (lambda: iprof_kit.analyser(29, teachers(), numero="z", annee=2025), "numéro.*z"),
        (lambda: iprof_kit.analyser(29, teachers(), numero="p1"), "année.*pas connue"),
        (lambda: iprof_kit.analyser(29, teachers().assign(grade="classe_exceptionnelle"),
                                    numero="p1", annee=2025), "aucun grade ne suit"),
        (lambda: report(teachers()[["numero"]]), "aucun indicateur.*absente"),
    ],
    ids=["day", "way", "column", "no date", "no number", "number", "year", "grade", "nothing"],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(asked, said):
    with pytest.raises((InputError, LawError), match=said):
        asked()
