"""The wishes of a campaign on its page: their order, what a closing keeps, the acknowledgements."""

from datetime import datetime
from pathlib import Path

import pytest
import ui_people as people
import yaml

from iprof_kit.base.clock import PARIS
from iprof_kit.services.contract.carnet import CarnetLu
from iprof_kit.ui.screens.campaigns import taken_away

from .test_services import INTER, PAGE, Services, plain

LOCAL, SECOND = "intra_departemental_1d_2027", "interacademique_2d_2027"
HERE = {"portee": "63", "source": "circulaire d’essai", "confiance": "A"}
MVT1D = {
    "id": LOCAL,
    "service": "intra_departemental_1d",
    "annee": 2027,
    "etapes": [
        {"etape": "saisie_voeux_siam", "du": "2026-11-02", "au": "2026-11-25", "heure_au": "12:00",
         **HERE},
        {"etape": "ar_sans_bareme", "du": "2026-11-26", **HERE},
        {"etape": "correction_voeux", "au": "2026-11-30", **HERE},
        {"etape": "ar_avec_bareme", "du": "2026-12-01", "au": "2026-12-10", **HERE},
        {"etape": "ar_definitif", "du": "2026-12-14", **HERE},
        {"etape": "resultats", "du": "2026-12-16", **HERE},
    ],
}  # fmt: skip
NORD, SUD, GROUPE = "École Nord, adjoint", "École Sud, adjoint", "Secteur est"


def at(day, hour="11:59"):
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=PARIS)


class Local(Services):
    """The departmental movement, whose wishes are typed."""

    def __init__(self, day="2026-11-25", hour="11:59", more="", given=MVT1D, **others):
        super().__init__(f"?campagne={LOCAL}{more}", at(day, hour), given=(given,), **others)

    def clock(self, day, hour):
        self.guichet.services["lu_a"] = at(day, hour)

    def look(self, more):
        self.query = f"?campagne={LOCAL}{more}"
        self.shown({"kind": "route", "path": PAGE})

    def add(self, *names, kind="precis"):
        for name in names:
            self.do("voeu_ajouter", nom=name, nature=kind)
        return self

    @property
    def listed(self):
        return names_of(self.html, 'class="vx"')

    @property
    def key(self):
        """The key of each wish kept, by its name."""
        kept = self.guichet.carnets["voeux"].contenu["mouvements"][LOCAL]
        return {one["nom"]: one["id"] for one in kept}

    def copy(self, **points):
        """Copy what is shown of the wish looked at: a field by its label."""
        self.do("bareme_siam", **{field(self.html, name): value for name, value in points.items()})


def names_of(html, start):
    part = html.partition(start)[2].partition("</ol>")[0]
    return [plain(one.partition("</span>")[0]) for one in part.split('class="nm" data-own>')[1:]]


def field(html, name):
    """Return the name of a field whose middle is `name`; « own_x » is her own count of x."""
    names = [one.partition('"')[0] for one in html.split('name="2027.')[1:]]
    own = name.startswith("own_")
    line = name.removeprefix("own_")
    (one,) = {n for n in names if line in n.split("@")[0].split(".") and ("@propre" in n) == own}
    return f"2027.{one}"


# The list, in its order.


def test_wishes_are_typed_with_their_kind_and_moved_on_the_page():
    screen = Local().add(NORD, SUD).add(GROUPE, kind="groupe")
    assert screen.listed == [NORD, SUD, GROUPE]
    assert "vœu de groupe" in screen.seen
    screen.do("voeu_monter", of=screen.key[SUD])
    assert screen.listed == [SUD, NORD, GROUPE]
    screen.do("voeu_placer", of=screen.key[GROUPE], by="-2")
    assert screen.listed == [GROUPE, SUD, NORD]
    screen.do("voeu_descendre", of=screen.key[GROUPE])
    assert screen.listed == [SUD, GROUPE, NORD]
    again = Local(carnets=screen.guichet.carnets)
    assert again.listed == [SUD, GROUPE, NORD]


def test_the_focus_stays_on_the_button_and_goes_to_the_other_one_at_an_end():
    screen = Local().add(NORD, SUD)
    key = screen.key[SUD]
    screen.do("voeu_monter", of=key)
    assert f'data-focus="monter-{key} monter-{key} descendre-{key}"' in screen.html
    assert f'id="descendre-{key}"' in screen.html
    assert f'id="monter-{key}"' not in screen.html
    screen.do("etape_faite", etape="saisie_voeux_siam", le="2026-11-24", texte="")
    assert 'data-focus=""' in screen.html  # another act leaves it where it is


def test_a_wish_that_is_withdrawn_goes_back_to_its_rank():
    screen = Local().add(NORD, SUD)
    screen.do("voeu_retirer", of=screen.key[NORD])
    assert screen.listed == [SUD]
    assert f"Vœu retiré : {NORD}" in screen.seen
    screen.do("voeu_remettre")
    assert screen.listed == [NORD, SUD]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"nom": "  ", "nature": "precis"}, "Ce vœu n’a pas de nom."),
        ({"nom": "x" * 91, "nature": "precis"}, "Ce vœu a 91 caractères, 90 au plus."),
        ({"nom": "École\u202e", "nature": "precis"}, "Ce vœu contient"),
        ({"nom": "École", "nature": "chance"}, "Ce vœu n’a pas de nature."),
        ({"nom": "école  nord, ADJOINT", "nature": "precis"}, "est déjà votre vœu 1."),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_its_words_stay(values, words):
    screen = Local().add(NORD)
    screen.do("voeu_ajouter", **values)
    assert words in screen.seen
    assert screen.listed == [NORD]
    (typed,) = [one for one in screen.page.all("input") if one.get("id") == "voeu-nom"]
    assert typed["value"] == values["nom"]


def test_one_wish_too_many_is_refused_where_the_limit_is_that_of_the_campaign():
    """FSU-SNUipp 83: « 40 vœux au plus » for the campaign of 2024."""
    var = people.JEAN.model_copy(update={"departement": "083", "academie": "23"})
    kept = [{"id": f"v{n}", "nom": f"École {n}", "nature": "precis"} for n in range(40)]
    name = "intra_departemental_1d_2024"
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu={"mouvements": {name: kept}}, revision=1)}
    screen = Services(f"?campagne={name}", at("2024-04-01"), var, given=(), carnets=carnets)
    assert "40 vœux, 40 au plus (campagne 2024)" in screen.seen
    screen.do("voeu_ajouter", nom="École 41", nature="precis")
    assert "Vous avez 40 vœux, et 40 au plus sont admis." in screen.seen
    later = name.replace("2024", "2027")
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu={"mouvements": {later: kept}}, revision=1)}
    screen = Services(f"?campagne={later}", None, var, given=(), carnets=carnets)
    screen.do("voeu_ajouter", nom="École 41", nature="precis")
    assert "41 vœux, 40 au plus (campagne 2024)" in screen.seen  # of another year: told, no refusal


def test_who_must_take_part_reads_how_many_wishes_of_a_group_and_how_many_she_has():
    """FSU-SNUipp 92, 2023: 35 wishes, three of them groups of « mobilité obligatoire »."""
    seine = people.JEAN.model_copy(update={"departement": "092", "academie": "25"})
    screen = Local(dossier=seine).add("Zone 1", kind="groupe_mob")
    assert "3 au moins de nature « vœu de groupe à mobilité obligatoire »" in screen.seen
    assert "vous en avez 1" in screen.seen


def test_where_no_limit_is_known_the_page_says_so():
    assert "le nombre admis est dans la circulaire, ce kit ne l’a pas" in Local().add(NORD).seen


@pytest.mark.parametrize(
    ("place", "words"),
    [("", "Aucun lieu n’est choisi."), ("99", "Aucun lieu n’est choisi."),
     ("63", "est votre lieu d’affectation."), ("69", "69 Rhône est déjà votre vœu 1.")],
)  # fmt: skip
def test_a_place_that_cannot_be_a_wish_is_refused(place, words):
    screen = Services(f"?campagne={INTER}")
    screen.do("voeu_ajouter", lieu="69")
    screen.do("voeu_ajouter", lieu=place)
    assert words in screen.seen
    assert names_of(screen.html, 'class="vx"') == ["69 Rhône"]


def test_one_place_too_many_is_refused():
    """mouvement_interdepartemental_1d.csv: six wishes."""
    kept = {"1d": {"campagne": 2027, "voeux": ["69", "42", "03", "38", "01", "07"]}}
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1)}
    screen = Services(f"?campagne={INTER}", carnets=carnets)
    screen.do("voeu_ajouter", lieu="26")
    assert "Vous avez 6 vœux, et 6 au plus sont admis." in screen.seen


def test_places_moved_here_are_those_of_the_map_and_their_answers_stay():
    kept = {"1d": {"campagne": 2027, "voeux": ["69", "42"], "reponses": {"lien": "mariage"}}}
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1)}
    screen = Services(f"?campagne={INTER}", carnets=carnets)
    screen.do("voeu_descendre", of="69")
    own = screen.guichet.carnets["voeux"].contenu["1d"]
    assert (own["voeux"], own["reponses"]) == (["42", "69"], {"lien": "mariage"})


def test_two_tabs_are_told_and_neither_list_is_lost():
    screen = Local().add(NORD)
    other = Local(carnets=screen.guichet.carnets)
    other.guichet.carnets = screen.guichet.carnets
    other.add(SUD)
    screen.add(GROUPE)
    assert "Vos essais ont aussi été modifiés ailleurs" in screen.seen
    assert f"Autre mouvement, 2027 : 1 {NORD}, 2 {GROUPE}" in screen.seen
    assert f"Autre mouvement, 2027 : 1 {NORD}, 2 {SUD}" in screen.seen
    screen.do("carnet_prendre_autre")
    assert screen.listed == [NORD, SUD]


# A closing.


def test_what_was_kept_before_a_closing_counts_and_what_is_changed_after_is_aside():
    screen = Local("2026-11-25", "11:58").add(NORD, SUD)
    key = screen.key[SUD]
    screen.clock("2026-11-25", "11:59")
    screen.do("voeu_monter", of=key)
    assert screen.listed == [SUD, NORD]
    screen.clock("2026-11-25", "12:00")  # the page was open before
    screen.do("voeu_descendre", of=key)
    assert "ce que vous venez de changer est gardé à part" in screen.seen
    assert screen.listed == [SUD, NORD]
    assert names_of(screen.html, 'id="essai-voeux"') == [NORD, SUD]
    again = Local("2026-11-26", carnets=screen.guichet.carnets)
    assert again.listed == [SUD, NORD]
    assert "La saisie est close depuis le 25 novembre 2026" in again.seen


def test_a_list_seen_at_its_closing_is_not_changed_by_the_map_afterwards():
    screen = Services(f"?campagne={INTER}", at("2026-11-25", "11:00"))
    screen.do("voeu_ajouter", lieu="69")
    screen.guichet.services["lu_a"] = at("2026-11-26")
    screen.shown({"kind": "route", "path": PAGE})
    screen.path, screen.query = "/perspectives/autres-affectations", ""
    screen.shown({"kind": "route", "path": screen.path})
    screen.do("voeu_ajouter", of="42")
    screen.path, screen.query = PAGE, f"?campagne={INTER}"
    screen.shown({"kind": "route", "path": PAGE})
    assert names_of(screen.html, 'class="vx"') == ["69 Rhône"]
    assert names_of(screen.html, 'id="essai-voeux"') == ["69 Rhône", "42 Loire"]


def test_what_was_written_after_the_closing_is_not_taken_for_what_was_there_before():
    kept = {"1d": {"campagne": 2027, "voeux": ["69"], "reponses": {}}}
    late = CarnetLu(sujet="voeux", contenu=kept, revision=1, enregistre_le=at("2026-11-26"))
    seen = Services(f"?campagne={INTER}", at("2026-11-27"), carnets={"voeux": late})
    assert "La liste gardée ici à la clôture" not in seen.seen
    assert "clotures" not in seen.guichet.carnets["voeux"].contenu


def test_a_closing_is_the_same_moment_overseas():
    """Noon in Paris is 15 h in La Réunion, where the last minute is 14 h 59."""
    there = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    steps = [{**one, "portee": "974"} for one in MVT1D["etapes"]]
    given = {**MVT1D, "etapes": steps}
    screen = Local("2026-11-25", "11:59", given=given, dossier=there).add(NORD)
    assert "12 h, heure de Paris (15 h à La Réunion)" in screen.seen
    assert 'id="essai-voeux"' not in screen.html
    screen.clock("2026-11-25", "12:00")
    screen.do("voeu_ajouter", nom=SUD, nature="precis")
    assert screen.listed == [NORD]
    assert names_of(screen.html, 'id="essai-voeux"') == [NORD, SUD]


def test_who_comes_after_the_closing_may_still_copy_what_she_asked_for():
    screen = Local("2026-12-02")
    assert "recopiez ceux que vous avez faits dans MVT1D" in screen.seen
    screen.add(NORD)
    assert screen.listed == [NORD]


# The acknowledgements.


def test_the_first_acknowledgement_is_compared_by_rank():
    screen = Local("2026-11-27").add(NORD, SUD, GROUPE)
    assert "Vos vœux sur l’accusé" in screen.seen  # the last one that can be read by then
    assert "À contester d’ici au 30 novembre 2026" in screen.seen
    read = {NORD: "2", SUD: "0", GROUPE: "troisième"}
    ranks = {f"2027.{screen.key[name]}.rang@sans_bareme": rank for name, rank in read.items()}
    screen.do("bareme_siam", **ranks)
    assert "Sur l’accusé de MVT1D, 2 vœux ne sont pas au rang de votre liste." in screen.seen
    assert "rang 2" in screen.seen
    assert "absent" in screen.seen
    assert "Écrivez le rang lu" in screen.seen


def test_points_typed_are_compared_to_her_count_and_say_that_the_kit_has_no_table():
    screen = Local("2026-12-02").add(NORD)
    assert "Ce kit n’a pas le barème de votre département" in screen.seen
    assert "Votre préparation, vœu 1" not in screen.seen  # nothing is counted yet
    screen.copy(own_anciennete="14", own_conjoints="5")
    assert "pièces 1 et 2 à joindre" in screen.seen  # those of the spouses’ line
    screen.copy(anciennete="12", conjoints="5")
    assert "MVT1D affiche 2 points de moins que votre préparation." in screen.seen
    assert "À contester : ancienneté" in screen.seen


def test_what_moved_between_two_acknowledgements_is_said_line_by_line():
    screen = Local("2026-12-15", more="&accuse=initial").add(NORD)
    screen.copy(anciennete="12", conjoints="5")
    screen.look("&accuse=definitif")
    screen.copy(anciennete="14", conjoints="5")
    assert "Ce qui a bougé depuis « Barème initial » : Ancienneté : de 12 à 14." in screen.seen
    assert "Aucune contestation de cet accusé n’est connue de ce kit." in screen.seen


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [("2026-12-10", "23:59", "À contester d’ici au 10 décembre 2026"),
     ("2026-12-11", "00:00", "Contester n’est plus à temps depuis le 10 décembre 2026")],
)  # fmt: skip
def test_the_page_says_until_when_an_acknowledgement_is_contested(day, hour, words):
    assert words in Local(day, hour, "&accuse=initial").add(NORD).seen


def test_an_acknowledgement_is_kept_with_its_day_and_a_receipt():
    screen = Local("2026-12-02").add(NORD)
    screen.do("accuse_garder", le="2026-11-25")
    assert "Rien de cet accusé n’est encore recopié." in screen.seen
    screen.copy(own_anciennete="14", anciennete="12")
    screen.do("accuse_garder", le="2026-11-25")
    (note,) = screen.guichet.services["notes"]
    assert (note.nature, note.etape) == ("accuse", "ar_avec_bareme")
    assert plain(note.texte) == f"Barème initial, vœu 1, {NORD} : Ancienneté 12 ; total 12"
    assert "Accusé gardé. Reçu n° 1, 2 décembre 2026" in screen.seen
    assert f"lu le 25 novembre 2026 : {plain(note.texte)}" in screen.seen


def test_a_long_first_acknowledgement_is_kept_whole_in_several_notes():
    screen = Local("2026-11-27").add(
        *(f"École élémentaire numéro {n} du quartier" for n in range(20))
    )
    keys = screen.key.values()
    ranks = {f"2027.{key}.rang@sans_bareme": str(n) for n, key in enumerate(keys, 1)}
    screen.do("bareme_siam", **ranks)
    screen.do("accuse_garder", le="2026-11-25")
    notes = screen.guichet.services["notes"]
    assert len(notes) > 1
    whole = " ".join(note.texte for note in notes)
    assert all(f"numéro {n} du quartier {n + 1}" in whole for n in range(20))


def test_the_definitive_score_of_siam_is_compared_to_the_first_and_to_the_rules():
    kept = {"1d": {"campagne": 2027, "voeux": ["69"], "reponses": {}}}
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1)}
    screen = Services(f"?campagne={INTER}&accuse=definitif", carnets=carnets)
    first = field(screen.html, "echelon").removesuffix("@definitif")
    screen.do("bareme_siam", **{first: "30"})
    screen.do("bareme_siam", **{f"{first}@definitif": "36"})
    assert "Échelon : de 30 à 36" in screen.seen
    assert "égal" in screen.seen  # 36 is what the rules give for the 7th échelon of a PE


def test_the_second_degree_compares_with_the_same_instrument():
    dossier = people.JEAN.model_copy(update={"corps": "certifie"})
    kept = {"2d": {"campagne": 2027, "voeux": ["Rennes"], "reponses": {}}}
    carnets = {"voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1)}
    screen = Services(f"?campagne={SECOND}", None, dossier, given=(), carnets=carnets)
    assert "Barème après contestation" in screen.seen
    assert "Barème du vœu 1, Rennes" in screen.seen


# What is taken away.


@pytest.fixture
def bodies(monkeypatch):
    kept, real = [], taken_away.body
    monkeypatch.setattr(taken_away, "body", lambda *a: kept.append(real(*a)) or kept[-1])
    return kept


def test_the_letter_of_the_departmental_movement_names_the_article(bodies):
    screen = Local("2026-12-02").add(NORD)
    screen.copy(own_anciennete="14", anciennete="12")
    screen.do("lettre_bareme")
    seen = plain(bodies[-1])
    assert f"Le barème que MVT1D affiche pour mon vœu 1, {NORD}" in seen
    assert "- Ancienneté : 12 affiché, 14 selon ma préparation" in seen
    assert "article L216-1" in seen
    assert "SIAM" not in seen


def test_the_letter_of_the_first_acknowledgement_asks_for_the_order(bodies):
    screen = Local("2026-11-27").add(NORD, SUD)
    screen.do("bareme_siam", **{f"2027.{screen.key[SUD]}.rang@sans_bareme": "0"})
    screen.do("lettre_bareme")
    assert f"- {SUD} : absent de l’accusé, rang 2 selon ma saisie" in plain(bodies[-1])
    assert "article L216-1" in bodies[-1]


def test_the_pdf_is_a_preparation_and_needs_a_wish(monkeypatch):
    made, real = [], taken_away.prepared_document
    monkeypatch.setattr(
        taken_away, "prepared_document", lambda *a: made.append(real(*a)) or made[-1]
    )
    screen = Local()
    screen.do("preparation_pdf")
    assert "Vous n’avez aucun vœu, et il en faut au moins un pour participer." in screen.seen
    screen.add(NORD)
    answered = screen.portal.handle(
        {"kind": "intent", "name": "preparation_pdf", "values": {}, "changed": "", "path": PAGE}
    )
    assert answered.download.content.startswith(b"%PDF")
    (document,) = made
    assert document.headline.startswith("Préparation")
    assert "qui n’a rien transmis" in document.notice
    assert "confirmation" not in str(document).lower()


def test_erasing_the_wishes_of_the_map_erases_those_of_its_closing():
    screen = Services(f"?campagne={INTER}", at("2026-11-25", "11:00"))
    screen.do("voeu_ajouter", lieu="69")
    screen.guichet.services["lu_a"] = at("2026-11-26")
    screen.do("voeu_ajouter", lieu="42")
    assert INTER in screen.guichet.carnets["voeux"].contenu["clotures"]
    screen.path, screen.query = "/perspectives/autres-affectations", ""
    screen.shown({"kind": "route", "path": screen.path})
    screen.do("tout_effacer")
    kept = screen.guichet.carnets["voeux"].contenu
    assert (kept["1d"], kept["clotures"]) == ({}, {})


def test_no_line_and_no_paper_of_the_movements_is_about_health():
    for file in sorted(Path("data/campagnes/services").glob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        words = str(content.get("lignes", "")) + str(content.get("pieces", ""))
        assert not any(one in words.lower() for one in ("handicap", "santé", "médic", "rqth"))
