"""Tableaux et listes: the list, a tableau, a list, a replay, a result and its appeals."""

import re
from datetime import date, datetime

import pytest
import ui_people as people
from ui_reasons import link_of, result_of
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.services.contract.carnet import CarnetLu
from iprof_kit.services.contract.dossier import EchelonTenu
from iprof_kit.ui.screens.avancement.ahead import First, firsts, lanes_of

LIST = "/services/avancement"
CE, VIVIERS = "classe_exceptionnelle_2027", "classe_exceptionnelle_viviers_2019"
HEADS, AGREGES = "liste_directeurs_2027", "?campagne=liste_agreges_2026"


def plain(text):
    return text.replace("\u00a0", " ")


def placed(corps, grade, echelon, since, chevron=None, **more):
    """Return Jean in another corps or échelon."""
    line = EchelonTenu(corps=corps, grade=grade, echelon=echelon, chevron=chevron,
                       date_effet=date.fromisoformat(since), mode="anciennete", source="AGAPE",
                       lu_le=people.READ)  # fmt: skip
    return people.JEAN.model_copy(update={"corps": corps, "echelons": (line,), **more})


HORS_CLASSE = placed("pe", "hors_classe", "5", "2025-03-01")
CERTIFIE = placed("certifie", "classe_normale", "9", "2024-09-01")


class Promotions(Visitor):
    path = LIST

    def __init__(self, query="", dossier=people.JEAN, at=None, carnets=None):
        guichet = people.FakeGuichet(dossier)
        guichet.services["lu_a"] = at or datetime(2026, 11, 25, 11, 59, tzinfo=PARIS)
        guichet.carnets |= carnets or {}
        self.query = query
        super().__init__(guichet=guichet)

    def shown(self, message):
        return super().shown({**message, "query": self.query})

    @property
    def seen(self):
        return plain(self.page.text)


def typed(**fields):
    named = {name.replace("__", "."): value for name, value in fields.items()}
    kept = {"champs": named}
    return {"services": CarnetLu(sujet="services", contenu=kept, revision=1)}


def test_who_may_be_promoted_is_told_that_no_act_is_expected():
    seen = Promotions(dossier=HORS_CLASSE).seen
    assert "Vous êtes promouvable au tableau 2027 : classe exceptionnelle." in seen
    assert "Aucun acte n’est requis" in seen
    assert "serez promu" not in seen.replace("Quand serai-je promu", "")


def test_who_may_not_yet_is_told_from_when_and_what_asks_for_an_act():
    seen = Promotions().seen
    assert "Au plus tôt : hors classe, dès 2033." in seen
    assert "Une liste d’aptitude demande une candidature." in seen
    assert "Date inconnue ; d’ordinaire : du" in seen
    assert "à partir de 2033" in seen


def test_the_list_of_the_agreges_is_for_certifies_and_says_to_apply_again():
    assert "Liste d’aptitude des agrégés" in Promotions(dossier=CERTIFIE).seen
    assert "Liste d’aptitude des agrégés" not in Promotions().seen
    page = Promotions("?campagne=liste_agreges_2027", CERTIFIE)
    assert "Une candidature est nécessaire." in page.seen
    assert 'href="/cv/edition/lettre"' in page.html
    assert (
        "même après une proposition l’an dernier"
        in Promotions(
            "?campagne=liste_agreges_2026", CERTIFIE, datetime(2026, 2, 1, tzinfo=PARIS)
        ).seen
    )


def test_in_its_weeks_the_list_of_the_agreges_gives_the_last_day():
    at = datetime(2026, 2, 20, 23, 59, tzinfo=PARIS)
    assert "et valider la lettre d’ici au 20 février 2026" in Promotions(AGREGES, CERTIFIE, at).seen
    after = Promotions(AGREGES, CERTIFIE, datetime(2026, 2, 21, tzinfo=PARIS))
    assert "d’ici au 20" not in after.seen


def test_each_condition_of_the_heads_of_schools_is_on_its_line_with_its_two_ways():
    seen = Promotions(f"?campagne={HEADS}").seen
    assert "Services effectifs en école." in seen
    assert "Avoir fait fonction de directeur une année scolaire" in seen
    assert seen.count("une des conditions de ce groupe suffit") == 2
    assert "/services/demandes?demande=direction_ecole" in Promotions(f"?campagne={HEADS}").html


def test_an_opinion_is_told_apart_from_the_appreciation():
    seen = Promotions(dossier=CERTIFIE).seen
    assert "Un avis : il prépare la décision, et ne se conteste pas seul." in seen
    assert "Une décision, qui se conteste." in seen


def test_the_appreciation_of_the_first_rendez_vous_is_not_that_of_the_hors_classe():
    # rendez_vous_carriere.csv, effet: the first gives a bonification, the third alone counts
    seen = Promotions(dossier=CERTIFIE).seen
    assert "Celle du troisième rendez-vous compte dans le barème de la hors classe." in seen
    assert "très satisfaisant, premier rendez-vous, 2022-2023" in seen
    assert "pas encore connue" in seen


def test_who_has_no_hors_classe_or_no_rendez_vous_is_not_told_of_them():
    seen = Promotions(dossier=placed("instituteur", "grade_unique", "11", "2020-03-01")).seen
    assert "hors classe : " not in seen
    assert "Appréciation" not in seen
    assert "Avis et appréciation" not in seen
    assert "Liste d’aptitude de directeur d’école" in seen
    assert "Appréciation pour la hors classe" not in Promotions(dossier=HORS_CLASSE).seen


def test_an_appreciation_is_in_words_however_the_file_writes_it():
    coded = people.JEAN.rendez_vous[0].model_copy(update={"appreciation": "tres_satisfaisant"})
    seen = Promotions(dossier=people.JEAN.model_copy(update={"rendez_vous": (coded,)})).seen
    assert "très satisfaisant, premier rendez-vous, 2022-2023" in seen
    assert "tres_satisfaisant" not in seen


def test_a_teacher_of_the_first_degree_has_one_opinion():
    # rendez_vous_evaluateurs.csv, cgteduc-versailles.fr: one interview in the first degree
    assert "Avis du chef" not in Promotions().seen
    assert "Avis du chef d’établissement" in Promotions(dossier=CERTIFIE).seen


def test_a_corps_without_a_tableau_has_no_advice_about_its_tableau():
    seen = Promotions(dossier=placed("chaire_sup", "grade_unique", "6", "2025-03-01", "HEA2")).seen
    assert "Aucune campagne de promotion 2027 pour votre situation." in seen
    assert "Je ne suis pas promu" not in seen
    assert "0 texte" not in seen


def test_the_opinion_is_of_whoever_inspects_in_her_position():
    # rendez_vous_evaluateurs.csv: the IEN of her circonscription at school, the IEN-IO in a CIO
    placed_in = people.JEAN.affectations[-1].model_copy(
        update={"type_etablissement": "CIO", "fonction": "Éducation, orientation"}
    )
    psyen = placed("psyen", "classe_normale", "6", "2025-03-01", affectations=(placed_in,))
    assert "(IEN) de circonscription" not in Promotions(dossier=psyen).seen


def test_the_tab_leads_from_the_services_to_the_opinions_and_they_to_their_notes():
    # Accueil, Les services, Promotions, the note: three gestures; a browser counts them too
    class List(Visitor):
        path = "/services"

    tabs = [one["href"] for one in List(guichet=people.FakeGuichet(HORS_CLASSE)).page.all("a")]
    assert LIST in tabs
    page = Promotions(dossier=HORS_CLASSE)
    assert "Avis de l’inspection" in page.seen
    notes = [one["href"] for one in page.page.all("a") if one["href"].endswith("#etapes")]
    assert notes == [f"{LIST}?campagne={CE}#etapes"]
    assert "Avis consultables" in Promotions(f"?campagne={CE}", HORS_CLASSE).seen


def test_an_opinion_that_was_read_is_noted_and_shown_on_the_list():
    page = Promotions(f"?campagne={CE}", HORS_CLASSE)
    page.do("etape_faite", etape="consultation_avis", le="2026-11-24", texte="IEN : très favorable")
    assert "Reçu n° 1" in page.seen
    page.query = ""
    page.shown({"kind": "route", "path": LIST})
    assert "IEN : très favorable" in page.seen


def test_an_unfavourable_result_gives_the_days_of_the_appeals_and_their_letters():
    page = Promotions(f"?campagne={CE}", HORS_CLASSE)
    page.do("resultat_note", etape="resultats", issue="Pas inscrit au tableau", le="2026-11-20")
    # CJA, R421-1: two clear months from 20 November end on 21 January
    assert "Recours administratifjusqu’au 21 janvier 2027" in page.seen.replace("\n", "")
    assert "Tribunal administratifjusqu’au 21 janvier 2027" in page.seen.replace("\n", "")
    assert "/services/demandes?demande=recours_promotion" in page.html
    kept = page.guichet.carnets["demandes"].contenu
    assert kept["recours_promotion"] == {"publication": "20/11/2026"}


def test_a_favourable_result_opens_no_appeal():
    page = Promotions(f"?campagne={CE}", HORS_CLASSE)
    page.do("resultat_note", etape="resultats", issue="Inscrit au tableau", le="2026-11-20")
    assert "Vos recours" not in page.seen
    assert "demandes" not in page.guichet.carnets


@pytest.mark.parametrize("day", ["2026-11-26", "31/11/2026", "hier"])
def test_a_day_that_cannot_be_is_refused_and_keeps_the_words(day):
    page = Promotions(f"?campagne={CE}", HORS_CLASSE)
    page.do("resultat_note", etape="resultats", issue="Pas inscrit au tableau", le=day, texte="lu")
    assert page.guichet.services["notes"] == []
    assert 'role="alert"' in page.html
    assert "lu" in plain(page.html)


def test_a_past_campaign_is_replayed_with_the_functions_that_she_types():
    fields = typed(
        vivier__2019__echelon="3", vivier__2019__candidature="oui",
        vivier__1__fonction="direction_ecole", vivier__1__debut="01/09/2011",
        vivier__1__fin="31/08/2019",
    )  # fmt: skip
    seen = Promotions(f"?campagne={VIVIERS}", HORS_CLASSE, carnets=fields).seen
    assert "situation examinée au premier vivier (8 années de fonctions sur 8)" in seen
    assert "8 années, années scolaires complètes" in seen


def test_a_past_campaign_says_why_when_it_is_opened():
    fields = typed(
        vivier__2019__echelon="3",
        vivier__2019__candidature="oui",
        vivier__1__fonction="direction_ecole",
        vivier__1__debut="01/09/2011",
        vivier__1__fin="31/08/2019",
    )
    page = Promotions(f"?campagne={VIVIERS}", HORS_CLASSE, carnets=fields)
    assert "La raison se calcule" in page.seen
    page.do("pourquoi", of=f"{VIVIERS}.reponse")
    assert link_of(page.html, "regle").endswith(result_of(page.html, "regle"))
    assert result_of(page.html, "regle") == "au premier vivier"


@pytest.mark.parametrize(
    ("campaign", "dossier", "result"),
    [
        (CE, HORS_CLASSE, "promouvable"),
        ("hors_classe_2027", people.JEAN, "à partir de 2033"),
        ("hors_classe_2027", HORS_CLASSE, "autre grade"),
        (HEADS, people.JEAN, None),
    ],
)
def test_the_answer_of_each_tableau_and_list_says_why_when_it_is_opened(campaign, dossier, result):
    page = Promotions(f"?campagne={campaign}", dossier)
    assert "La raison se calcule" in page.seen
    page.do("pourquoi", of=f"{campaign}.reponse")
    last = result_of(page.html, "conditions-de-fond")
    if result is not None:  # a list answers in two ways: its state, and since when
        assert last == result
        assert link_of(page.html, "conditions-de-fond").endswith(last)
    assert "Pourquoi cette réponse ?" in page.seen


def test_functions_are_kept_as_they_are_typed():
    page = Promotions(f"?campagne={VIVIERS}", HORS_CLASSE)
    page.do("fonctions_vivier", **{"vivier.1.fonction": "ddfpt", "vivier.1.debut": "31/02/2015",
                                   "vivier.1.fin": "31/08/2019", "autre": "x"})  # fmt: skip
    assert "Le 31/02/2015 n’existe pas." in page.seen
    kept = page.guichet.carnets["services"].contenu["champs"]
    assert kept["vivier.1.debut"] == "31/02/2015"
    assert "autre" not in kept


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"vivier.1.debut": "01/09/2015", "vivier.1.fin": "31/08/2014"}, "précède le début"),
        ({"vivier.1.part": "140"}, "100"),
        ({"vivier.1.fonction": "centre_ferme"}, "ne comptait pas encore cette fonction"),
        ({"vivier.1.fonction": ""}, "La fonction n’est pas choisie."),
    ],
)
def test_what_cannot_be_counted_is_said_in_its_field_and_left_out(fields, words):
    whole = {"vivier.2019.echelon": "3", "vivier.1.fonction": "ddfpt",
             "vivier.1.debut": "01/09/2015", "vivier.1.fin": "31/08/2019"} | fields  # fmt: skip
    page = Promotions(f"?campagne={VIVIERS}", HORS_CLASSE, carnets=typed(**whole))
    assert words in page.seen
    assert "0 sur 8" in page.seen


def test_an_unknown_campaign_or_a_movement_leads_to_the_list():
    for name in ("hors_classe_2031", "interdepartemental_1d_2027", "<script>"):
        seen = Promotions(f"?campagne={name}").seen
        assert "Cette campagne n’est pas connue de ce kit." in seen


def test_who_has_no_corps_is_told_that_nobody_promotes_a_contract():
    nobody = people.JEAN.model_copy(update={"corps": None, "echelons": ()})
    assert "Pas de corps, donc pas de tableau d’avancement." in Promotions(dossier=nobody).seen


def test_guides_lead_to_the_service_and_the_service_to_its_guide():
    for guide in ("hors-classe", "classe-exceptionnelle", "concours-parcours"):
        screen = Promotions()
        screen.shown({"kind": "route", "path": f"/guides/{guide}"})
        assert LIST in {one["href"] for one in screen.page.all("a")}
    for name, guide in ((CE, "classe-exceptionnelle"), (HEADS, "concours-parcours")):
        assert f'href="/guides/{guide}"' in Promotions(f"?campagne={name}").html


def test_no_quantity_of_the_law_is_written_in_the_files_of_these_services():
    from iprof_kit.base.paths import CAMPAIGNS

    quantity = re.compile(r"\b\d+\s*(?:mois|jours|ans|années|%)")
    for file in (CAMPAIGNS / "services").glob("*.yml"):
        text = file.read_text(encoding="utf-8")
        if "promotion:" in text:
            words = [line for line in text.splitlines() if not line.startswith(("#", "source"))]
            assert not quantity.search("\n".join(words)), file.name


def test_p28_the_first_years_stand_on_one_axis_soonest_first():
    html = Promotions(dossier=CERTIFIE).html
    figure = html[html.index('<figure class="in-time') : html.index("</figure>")]
    assert "vous, aujourd’hui" in figure
    first = firsts(CERTIFIE, [], {}, date(2026, 11, 25))
    years = [one.year for one in first if one.year is not None]
    assert years == sorted(years)
    assert all(f">{year}</data></span>" in figure for year in years)


def test_p28_a_grade_after_another_has_no_year_and_says_so():
    (later,) = [one for one in firsts(people.JEAN, [], {}, date(2026, 11, 25)) if one.year is None]
    assert (later.name, later.unknown) == ("Classe exceptionnelle", "pas avant un autre grade")
    assert lanes_of([later], 2027, date(2026, 11, 25)) is None


def test_p28_the_slider_reads_each_campaign_in_words_and_says_who_decides():
    first = First("Hors classe", 2031, ""), First("Liste des agrégés", 2029, "", act=True)
    lanes = lanes_of(first, 2027, date(2026, 12, 1))
    words = {year: words for year, _, words in lanes.reading}
    assert "rien à faire" in words[2028]
    assert plain(words[2030]) == "En 2030, sur décision : liste des agrégés, si vous candidatez."
    assert "hors classe, sans acte de vous" in words[2031]
    assert [at for _, at, _ in lanes.reading] == sorted(at for _, at, _ in lanes.reading)


def test_p28_a_list_that_waits_for_an_answer_is_not_nothing_to_do():
    first = First("Hors classe", 2031, ""), First("Liste des agrégés", None, "", act=True)
    words = plain(lanes_of(first, 2027, date(2026, 12, 1)).reading[0][2])
    assert words.endswith("à préciser : liste des agrégés.")
    assert "rien à faire" not in words


def test_p28_the_slider_stands_under_the_figure_with_one_sentence_in_sight():
    html = Promotions(dossier=CERTIFIE).html
    figure, reader = html.index('<figure class="in-time read-at"'), html.index("data-reads")
    assert figure < reader
    opened = html[figure:].split(">", 1)[0]
    first = re.search(r'data-places="\d+ ([\d.]+)', opened)[1]
    assert f'data-w="{first}"' in opened  # drawn where it reads, before any script
    assert len(re.findall(r'<span data-at="\d+">', html)) == 1


def test_p28_a_year_of_the_past_has_no_figure_of_what_is_to_come():
    assert '<figure class="in-time">' not in Promotions("?annee=2025").html
