"""Autres affectations: scores of published cases, wishes in any order, what is kept or not."""

import cProfile
import pstats
import re
from datetime import date

import pytest
import ui_people as people
from hypothesis import given, settings
from hypothesis import strategies as st
from ui_html import check
from ui_visitor import Visitor

from iprof_kit.base.errors import Unavailable
from iprof_kit.services.contract.bars import BarreLue
from iprof_kit.services.contract.dossier import EchelonTenu

PATH = "/perspectives/autres-affectations"
NBSP = "\u00a0"


def held(corps, grade, echelon, day, mode="anciennete"):
    return EchelonTenu(
        corps=corps,
        grade=grade,
        echelon=echelon,
        date_effet=day,
        mode=mode,
        source="AGAPE",
        lu_le=people.READ,
    )


PE_93 = people.JEAN.model_copy(
    update={
        "academie": "24",
        "departement": "093",
        "echelons": (held("pe", "hors_classe", "4", date(2023, 9, 1)),),
        "positions": (),
        "affectations": (),
    }
)
CERTIFIE_LILLE = people.JEAN.model_copy(
    update={
        "corps": "certifie",
        "libelle_corps": "Professeur certifié",
        "academie": "09",
        "departement": "059",
        "echelons": (held("certifie", "classe_normale", "7", date(2022, 9, 1)),),
        "positions": (),
        "affectations": (),
    }
)
CHAIRE = people.JEAN.model_copy(update={"corps": "chaire_sup", "libelle_corps": "Chaire"})


class Screen(Visitor):
    path = PATH

    def add(self, *keys):
        for key in keys:
            self.do("voeu_ajouter", of=key)
        return self

    @property
    def kept(self):
        carnet = self.guichet.carnets.get("voeux")
        return carnet.contenu if carnet else None

    def reason(self, key):
        """Open the « Pourquoi ? » of a wish, and return its lines."""
        self.do("pourquoi", of=key)
        row = self.html.split("<h3>Pourquoi ")[-1].split("</td>")[0]
        lines = re.findall(r"<dt>([^<]+).*?</dt><dd>([^<]+)</dd>", row)
        return [(label.strip(), value.replace(NBSP, " ")) for label, value in lines]

    @property
    def ranks(self):
        """The wishes as they are read, rank first."""
        return re.findall(r"<strong>(\d+)\. ([^<]+)</strong>", self.html)


def test_a_published_case_of_the_first_degree_reads_the_same():
    """MVT28: hors classe 4, 17 years 6 months in the 93, REP+ 5 years, BOE, campaign 2025: 281."""
    screen = Screen(PE_93)
    screen.do("campagne", campagne="2025")
    screen.add("37")
    screen.do(
        "reponses", departement_depuis="01/03/2008", label="rep_plus", label_depuis="01/09/2020"
    )
    page = screen.do("priorite", sensible_priorite="boe")
    assert f"Vœu 1, Indre-et-Loire{NBSP}: 281 points" in page.text
    reason = screen.reason("37")
    assert {("Échelon", "42 points"), ("Éducation prioritaire", "90 points")} <= set(reason)
    assert reason[-1] == ("Barème du vœu", "281 points")
    # barres_mouvement.csv: entry 704 in 2024, exit of the 93 485 in 2024
    assert "restait la même, un barème de 281 points serait 423 points au-dessous" in page.text
    assert "serait 204 points au-dessous" in page.text


def test_a_calculated_case_of_the_second_degree_reads_the_same():
    """Like MVT20: 49 + 5 × 20 + 50 + 150,2 + 2 × 100 + 325 + 100 = 974,2."""
    screen = Screen(CERTIFIE_LILLE)
    screen.do("campagne", campagne="2026")
    screen.add("Rennes", "Nantes")
    page = screen.do(
        "reponses",
        poste_annees="5",
        demande="rapprochement_conjoints",
        conjoint_lieu="Rennes",
        conjoint_departement="35",
        lien="mariage",
        lien_depuis="07/07/2018",
        **{
            "enfant-1": "01/03/2019",
            "enfant-2": "20/05/2021",
            "separation-2025": "12",
            "separation-2024": "12",
        },
    )
    assert f"Vœu 1, Rennes{NBSP}: 974,2 points" in page.text
    assert page.text.count("974,2 points") >= 2
    assert "Barre d’entrée : aucune n’est publiée" in page.text.replace(NBSP, " ")
    assert "Si la barre" not in page.text


def test_without_wish_nothing_is_calculated_and_one_can_be_added():
    page = Screen().page
    assert "Aucun vœu encore." in page.text
    assert "Si la barre" not in page.text
    assert "SIAM" in page.text
    assert "règles locales" in page.text


def test_the_file_gives_the_echelon_of_the_reference_day_and_the_arrival():
    screen = Screen()
    screen.add("37")
    # Jean: 7e since 1 September 2024 (36 points in the 2027 rows); in the 63 since 2019.
    assert "31 août 2026" in screen.page.text
    assert "8 ans dans le département" in screen.page.text
    assert ("Échelon", "36 points") in screen.reason("37")


def test_what_the_file_fills_in_can_be_emptied_and_is_not_kept_as_an_answer():
    screen = Screen().add("37")
    assert screen.kept["1d"]["reponses"] == {}
    screen.do("reponses", departement_depuis="")
    assert screen.kept["1d"]["reponses"] == {"departement_depuis": ""}
    assert "au moins" in screen.page.text
    again = Screen(guichet=screen.guichet)
    assert "au moins" in again.page.text


def test_wishes_and_answers_come_back_after_a_reload():
    screen = Screen().add("37", "44")
    screen.do(
        "reponses",
        demande="rapprochement_conjoints",
        conjoint_lieu="44",
        lien="pacs",
        lien_depuis="01/06/2020",
        departement_depuis="01/09/2019",
    )
    again = Screen(guichet=screen.guichet)
    assert [name for _, name in again.ranks] == ["37 Indre-et-Loire", "44 Loire-Atlantique"]
    assert "Enregistré dans ce kit le 25 novembre 2026 à 14" in again.page.text
    kept = {i["name"]: i["value"] for i in again.page.all("input") if "value" in i}
    assert kept["lien_depuis"] == "01/06/2020"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31/06/2020", "Le 31/06/2020 n’existe pas."), ("hier", "La date n’est pas lisible."),
     ("01/01/2040", "est dans l’avenir")],
)  # fmt: skip
def test_a_wrong_answer_is_said_beside_its_field_kept_and_not_counted(typed, said):
    screen = Screen().add("44")
    page = screen.do(
        "reponses",
        demande="rapprochement_conjoints",
        conjoint_lieu="44",
        lien="mariage",
        lien_depuis=typed,
    )
    assert said in page.text
    assert "n’est pas compté tant qu’il n’est pas corrigé" in page.text
    kept = next(i for i in page.all("input") if i["name"] == "lien_depuis")
    assert (kept["value"], kept["aria-invalid"]) == (typed, "true")
    assert any("sa date manquant" in value for _, value in screen.reason("44"))


def test_p01_a_recognised_priority_is_held_while_the_page_is_open_and_never_kept():
    screen = Screen().add("37", "44")
    page = screen.do("priorite", sensible_priorite="dossier", **{"sensible_pour-37": "oui"})
    assert "Handicap, dossier" in page.text
    assert "priorite" not in screen.kept["1d"]
    assert "dossier" not in str(screen.kept)
    assert "Handicap" not in Screen(guichet=screen.guichet).page.text
    screen.do("voeu_monter", of="44")
    assert "Handicap, dossier" in screen.page.text


def test_the_priority_asks_neither_why_nor_for_whom():
    page = Screen().add("37").do("priorite", sensible_priorite="dossier")
    for word in ("maladie", "conjoint handicapé", "RQTH", "certificat médical"):
        assert word not in page.text


def test_a_removed_wish_can_be_put_back_at_its_rank():
    screen = Screen().add("37", "44", "75")
    page = screen.do("voeu_retirer", of="44")
    assert f"Vœu retiré{NBSP}: Loire-Atlantique." in page.text
    screen.do("voeu_remettre", of="44")
    assert [name for _, name in screen.ranks][1] == "44 Loire-Atlantique"


def test_the_seventh_wish_is_not_offered_and_the_reason_is_said():
    # mouvement_interdepartemental_1d.csv: nb_voeux_max 6
    screen = Screen().add("37", "44", "75", "92", "93", "94")
    assert "Vous avez 6 vœux, le maximum." in screen.page.text
    screen.add("95")
    assert len(screen.ranks) == 6


@pytest.mark.parametrize("key", ["63", "37", "999", "", people.HOSTILE])
def test_a_wish_that_cannot_be_is_not_added(key):
    screen = Screen().add("37")
    screen.add(key)
    assert [name for _, name in screen.ranks] == ["37 Indre-et-Loire"]


def test_linked_points_follow_the_order_of_the_wishes():
    """The family points need wish 1 on the spouse's département: M1D02."""
    screen = Screen().add("44", "49")
    screen.do(
        "reponses",
        departement_depuis="01/09/2019",
        demande="rapprochement_conjoints",
        conjoint_lieu="44",
        lien="mariage",
        lien_depuis="20/06/2015",
    )
    given = ("Rapprochement de conjoints", "150 points")
    assert given in screen.reason("44")
    screen.do("voeu_descendre", of="44")
    refused = dict(screen.reason("44"))["Rapprochement de conjoints"]
    assert "n’est pas le département" in refused


class Walker(Screen):
    """Reads what she is shown; only the page where the walk ends is checked whole."""

    def shown(self, message):
        self.html = self.portal.handle(message).html


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["voeu_ajouter", "voeu_monter", "voeu_descendre", "voeu_retirer", "voeu_remettre"]
            ),
            st.sampled_from(["37", "44", "75", "2A", "974", "63"]),
        ),
        max_size=9,
    )
)
def test_whatever_is_done_to_the_wishes_they_stay_ranked_kept_and_scored(acts):
    screen, wishes = Walker(), []
    for name, key in acts:
        screen.do(name, voeu=key, of=key)
        wishes = (screen.kept or {"1d": {}}).get("1d", {}).get("voeux", [])
        assert len(set(wishes)) == len(wishes)
        assert "63" not in wishes
        assert [int(rank) for rank, _ in screen.ranks] == list(range(1, len(wishes) + 1))
        assert [name.split()[0] for _, name in screen.ranks] == wishes
    # No family request: whatever the order, each wish has the points of the échelon and seniority.
    for key in wishes:
        screen.do("pourquoi", of=key)
    check(screen.html)
    assert screen.html.count("<dd>36\u00a0points</dd>") == len(wishes)


@settings(max_examples=5, deadline=None)
@given(st.permutations(["Rennes", "Nantes", "Normandie", "Lyon", "Corse"]))
def test_the_sentence_of_the_extension_says_the_numbers_of_its_table(wishes):
    screen = Screen(CERTIFIE_LILLE)
    screen.add(*wishes)
    screen.do(
        "reponses",
        poste_annees="3",
        doit_etre_affecte="oui",
        lien="mariage",
        demande="rapprochement_conjoints",
        conjoint_lieu="Rennes",
        lien_depuis="07/07/2018",
    )
    said = re.findall(
        r"Le vœu (\d) \((\w+)\) abaisse le barème d’extension.: de ([\d,]+) à ([\d,]+) points",
        screen.page.text,
    )
    rows = re.findall(
        r'<tr><th scope="row">(\d) (\w+)</th><td class="r">([\d,]+)</td><td class="r">([\d,]+)',
        screen.html,
    )
    assert [name for _, name, _, _ in rows] == wishes
    least = [number(row[3]) for row in rows]
    assert least == [min(number(row[2]) for row in rows[: k + 1]) for k in range(len(rows))]
    drops = [
        (str(k + 1), wishes[k], rows[k - 1][3], rows[k][3])
        for k in range(1, len(rows))
        if least[k] < least[k - 1]
    ]
    assert said == drops
    assert drops or "Aucun vœu ajouté après le premier n’abaisse" in screen.page.text


def number(written):
    return float(written.replace(",", "."))


def test_a_holder_of_a_post_is_told_that_the_extension_is_not_for_her():
    screen = Screen(CERTIFIE_LILLE)
    screen.add("Rennes")
    assert "un titulaire garde son poste" in screen.page.text
    assert "abaisse" not in screen.page.text


def tiles(html):
    """Return, by place, the kind of each tile, what it shows, what is read of it."""
    found = re.findall(
        r'<label for="[^"]+" class="(\w+) [^"]*"><input [^>]*value="([^"]+)"[^>]*'
        r'aria-label="([^"]+)"[^>]*><b[^>]*>[^<]*</b><i[^>]*>([^<]*)</i>',
        html,
    )
    return {key: (kind, shown, read.replace(NBSP, " ")) for kind, key, read, shown in found}


def test_each_tile_says_the_points_minus_the_last_published_bar():
    """Jean has 56 points (36 + 10 + 10); barres_mouvement.csv gives the bars."""
    shown = tiles(Screen().html)
    assert len(shown) == 101
    assert shown["59"] == ("over", "+34", "59 Nord : 34 points au-dessus de la barre de 2021")
    assert shown["33"][:2] == ("below", "−311")
    assert "de la barre de 2021" in shown["33"][2]
    assert shown["29"] == (
        "below", "−1459", "29 Finistère : 1 459 points au-dessous de la barre de 2024"
    )  # fmt: skip
    assert shown["06"][:2] == ("near", "−16")
    assert shown["95"] == ("unknown", "", "95 Val-d’Oise : 56 points, barre non publiée")
    assert shown["63"] == ("own", "ici", "63 Puy-de-Dôme : votre poste actuel")


def test_a_gap_between_two_whole_numbers_is_never_written_kinder_than_it_is():
    # 30,41 points in the Cher in 2021, 184,5 in the Gard
    shown = tiles(Screen().html)
    assert (shown["18"][1], shown["30"][1]) == ("+25", "−129")


def test_a_touch_gives_the_sentence_of_the_place_with_its_year_and_the_exit():
    screen = Screen()
    page = screen.do("lieu", lieu="33")
    assert "311 points au-dessous" in page.text.replace(NBSP, " ")
    assert "Si la barre d’entrée de 2021 pour Gironde" in page.text
    assert "Barre de sortie, Puy-de-Dôme" in page.text.replace(NBSP, " ")
    assert "Ajouter en vœu 1" in page.text
    answer = screen.html.split('id="reponse"')[1].split("</section>")[0]
    assert not re.search("chance|probab", answer)


def test_the_exit_bar_stands_beside_where_it_is_published():
    """barres_mouvement.csv: exit of Paris 874 points in 2024."""
    parisian = people.JEAN.model_copy(update={"departement": "075", "academie": "01"})
    page = Screen(parisian).do("lieu", lieu="59")
    assert "mais votre sortie demandait 874 points en 2024" in page.text.replace(NBSP, " ")
    assert "Si la barre de sortie de 2024 pour Paris" in page.text
    assert "Si la barre d’entrée de 2021 pour Nord" in page.text


@pytest.mark.parametrize(
    ("act", "values", "most"),
    [("lieu", {"lieu": "33"}, 65_000), ("voeu_ajouter", {"of": "44"}, 85_000)],
)
def test_an_act_asks_for_few_calls(act, values, most):
    """Calls of functions, which no load changes: 105,000 and 120,000 before each was counted."""
    screen = Screen().add("37")
    screen.do("lieu", lieu="59")
    profile = cProfile.Profile()
    message = {"kind": "intent", "name": act, "values": values, "changed": "", "path": PATH}
    profile.runcall(screen.portal.handle, message)
    assert pstats.Stats(profile).total_calls <= most


def test_a_place_is_looked_at_without_keeping_anything():
    screen = Screen()
    screen.do("lieu", lieu="33")
    assert screen.kept is None
    for wrong in ("", "999", people.HOSTILE):
        assert "Touchez un département" in screen.do("lieu", lieu=wrong).text


def test_the_list_says_what_the_map_shows_and_always_has_something_chosen():
    screen = Screen()
    for act in (None, ("lieu", {"lieu": "33"}), ("voeu_ajouter", {"of": "33"})):
        if act:
            screen.do(act[0], **act[1])
        listed = re.search(r'<select id="lieu-choisi".*?</select>', screen.html, re.S)[0]
        assert listed.count(" selected") == 1
        assert listed.index('value=""') < listed.index('value="01"')
        assert "33 Gironde (−311)" in listed


def test_every_place_has_a_line_in_the_table_with_its_borders_and_its_rank():
    screen = Screen().add("37", "03")
    table = re.search(r"all-places.*?</table>", screen.html, re.S)[0].replace(NBSP, " ")
    assert table.count("<tr>") == 1 + 101
    for words in ("Ici : votre poste", "vœu 1", "vœu 2, limitrophe du vôtre", "793 en 2021",
                  "704 en 2024", "739 en 2024", "non publiée"):  # fmt: skip
        assert words in table


def test_the_second_degree_has_points_everywhere_and_says_which_bars_are_missing():
    screen = Screen(CERTIFIE_LILLE)
    screen.do("campagne", campagne="2026")
    shown = tiles(screen.html)
    assert {kind for kind, _, _ in shown.values()} == {"own", "unknown"}
    assert {said for kind, said, _ in shown.values() if kind == "unknown"} == {""}
    assert "iprof import barres" in screen.page.text
    assert "Aucune barre du second degré" in screen.page.text


def test_p12_a_map_without_bar_says_why_and_what_can_be_read_and_repeats_no_number():
    paris = CERTIFIE_LILLE.model_copy(update={"academie": "01", "departement": "075"})
    screen = Screen(paris)
    screen.do("campagne", campagne="2026")
    shown = tiles(screen.html)
    assert {said for kind, said, _ in shown.values() if kind == "unknown"} == {""}
    figure = " ".join(screen.page.text.split())
    assert "pour chaque académie, sans barre à comparer" in figure
    assert "Pourquoi aucune couleur ?" in figure
    assert "À lire en attendant" in figure
    assert "Pourquoi aucune couleur" not in Screen(PE_93).page.text


def given(**values):
    """A bar that this installation was given."""
    usual = {"sens": "entree", "annee": 2025, "source": "SNES Rennes", "confiance": "C"}
    return BarreLue(**{**usual, **values})


def test_a_given_bar_colours_its_academy_and_tells_its_year():
    guichet = people.FakeGuichet(CERTIFIE_LILLE)
    guichet.barres = (given(lieu="14", bareme=40), given(lieu="10", bareme=500.5))
    screen = Screen(guichet=guichet)
    screen.do("campagne", campagne="2026")
    shown = tiles(screen.html)  # 49 points: échelon 7
    assert (shown["Rennes"][:2], shown["Lyon"][:2]) == (("over", "+9"), ("below", "−452"))
    page = screen.do("lieu", lieu="Lyon")
    assert "Si la barre d’entrée de 2025 pour l’académie de Lyon" in page.text.replace(NBSP, " ")
    assert "SNES Rennes (confiance C)" in page.text.replace(NBSP, " ")
    assert "Avec vos 49 points, 1 académie s’ouvrait" in page.text.replace(NBSP, " ")
    assert "Aucune barre du second degré" not in page.text


def test_a_given_bar_of_the_same_year_stands_before_that_of_the_tables():
    """barres_mouvement.csv: Gironde 367 in 2021; an older one given changes nothing."""
    guichet = people.FakeGuichet(people.JEAN)
    guichet.barres = (
        given(lieu="33", annee=2021, bareme=50),
        given(lieu="59", annee=2019, bareme=999),
    )
    shown = tiles(Screen(guichet=guichet).html)
    assert (shown["33"][:2], shown["59"][:2]) == (("over", "+6"), ("over", "+34"))


def test_bars_that_cannot_be_read_stop_nothing(monkeypatch):
    guichet = people.FakeGuichet(people.JEAN)
    real = guichet.ask

    def ask(op, **args):
        if op == "barres_lire":
            raise Unavailable("la base de données ne répond pas.")
        return real(op, **args)

    monkeypatch.setattr(guichet, "ask", ask)
    screen = Screen(guichet=guichet)
    assert tiles(screen.html)["33"][1] == "−311"
    assert "La base de données ne répond pas" in screen.page.text


def test_without_echelon_the_bars_stay_and_the_reason_is_said():
    """A side answer never stops a main one."""
    screen = Screen(people.JEAN.model_copy(update={"echelons": ()}))
    assert "ne dit pas l’échelon" in screen.page.text
    assert tiles(screen.html)["33"][1:] == ("367", "33 Gironde : barre de 367 points en 2021")


def test_what_was_answered_is_forgotten_and_the_wishes_stay():
    screen = Screen().add("37")
    screen.do("reponses", departement_depuis="01/09/2010", demande="rapprochement_conjoints")
    screen.do("reponses_dossier")
    assert screen.kept["1d"]["reponses"] == {}
    assert screen.kept["1d"]["voeux"] == ["37"]


def test_the_dates_of_a_known_campaign_and_the_last_known_ones_of_the_next():
    screen = Screen()
    assert "aucune date trouvée" in screen.page.text.lower()
    assert "Pour repère, les dates de la campagne 2026" in screen.page.text
    page = screen.do("campagne", campagne="2026")
    assert "du 5 novembre 2025 au 26 novembre 2025, 12" in page.text


def test_every_score_says_its_texts_and_since_which_campaign():
    page = Screen().add("37").page
    assert "valeur connue de nos tables depuis la campagne" in page.text
    assert "à vérifier" in page.text


def test_who_has_no_movement_is_told_why():
    assert "Pas de corps, donc pas de mouvement." in Screen(people.SANS_CORPS).page.text
    assert "Mouvement non couvert." in Screen(CHAIRE).page.text


def test_nothing_is_kept_for_who_has_no_movement():
    screen = Screen(people.SANS_CORPS)
    screen.add("37")
    assert screen.kept is None


def test_erasing_leaves_nothing_of_this_movement():
    screen = Screen().add("37")
    screen.do("priorite", sensible_priorite="boe")
    screen.do("tout_effacer")
    assert screen.kept["1d"] == {}
    assert "Aucun vœu encore." in screen.page.text


def test_two_tabs_never_lose_what_the_other_wrote():
    guichet = people.FakeGuichet()
    first, second = Screen(guichet=guichet), Screen(guichet=guichet)
    first.add("37")
    second.add("44")
    assert "Vos essais ont aussi été modifiés ailleurs" in second.page.text
    assert f"Vœux{NBSP}: 1 Indre-et-Loire" in second.page.text
    assert f"Vœux{NBSP}: 1 Loire-Atlantique" in second.page.text
    second.do("carnet_garder_ici")
    assert second.kept["1d"]["voeux"] == ["44"]


@pytest.mark.parametrize("content", [{"1d": []}, {"1d": {"voeux": [1, "zz", "37"]}}, {"1d": {
    "campagne": "2026", "reponses": {"lien": 4}, "priorite": {"nature": "x"}}}])  # fmt: skip
def test_a_document_that_is_not_what_it_should_be_breaks_nothing(content):
    guichet = people.FakeGuichet()
    guichet.carnets["voeux"] = people.CarnetLu(sujet="voeux", contenu=content, revision=3)
    assert "Autres affectations" in Screen(guichet=guichet).page.text


def test_a_stagiaire_of_the_first_degree_is_told_what_the_tables_do_not_say():
    trainee = people.JEAN.model_copy(
        update={"statut": "Fonctionnaire stagiaire", "titularisation": None}
    )
    page = Screen(trainee).add("37").page
    assert "nos tables ne disent pas si vous pouvez participer" in page.text
    assert "au moins" in page.text
