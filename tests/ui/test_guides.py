"""The guides say what the tables say, for the person's corps; the search finds; help is whole."""

import csv
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd
import pytest
import ui_people as people
from ui_html import check

from iprof_kit.base.errors import BadTable
from iprof_kit.calculate.guides.law.pages import CHAPTERS, chapters, every_rule
from iprof_kit.calculate.guides.law.pages import places as law_places
from iprof_kit.calculate.interface.why import explain_result
from iprof_kit.law.career.traitement import point_value
from iprof_kit.law.tables.loading import at, load_reference
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.parts import why_of
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.autres_affectations.choices import own_points
from iprof_kit.ui.screens.guides.aide import aide
from iprof_kit.ui.screens.guides.entries import KINDS, entries, helps
from iprof_kit.ui.screens.guides.fact_forms import value_words
from iprof_kit.ui.screens.guides.search import Reader, Search, missing_word, search
from iprof_kit.ui.screens.guides.view import guide
from iprof_kit.ui.shared.menu import FEET, HELP, other_pages, places
from iprof_kit.ui.texts import Help, PartText, checked, guide_texts, texts_of

NAMES = [one.nom for one in guide_texts()]
TODAY = people.TODAY


def portal(person=people.JEAN, **more):
    return Portal(lambda: people.FakeGuichet(person, **more), people.answer)


def open_(screens, path):
    return check(screens.handle({"kind": "route", "path": path}))


def searched(screens, path, words):
    return check(
        screens.handle({"kind": "intent", "name": "chercher", "values": {"q": words}, "path": path})
    )


def part(name, title, corps="pe", on=TODAY):
    return next(one for one in guide(name, corps, on).parts if one.title == title)


def test_each_guide_and_each_text_has_its_place_in_the_menu():
    assert [p for p in places() if p.count("/") == 2 and p.startswith("/guides/")] == [
        "/guides/themes",
        *(f"/guides/{name}" for name in NAMES),
        "/guides/glossaire",
        "/guides/textes",
    ]
    assert {p.split("/")[-1] for p in places() if p.startswith("/guides/textes/")} == set(CHAPTERS)


def test_no_figure_of_the_law_is_written_in_the_guides():
    for one in guide_texts():
        said = [one.phrase]
        for each in one.parties:
            said += [*each.texte, each.titre]
            said += [] if "V2026" in str(each.ou) else [each.legende]
        assert not [words for words in said if re.search(r"\d", words)], one.nom


@pytest.mark.parametrize(
    ("kind", "written", "where"),
    [
        (dict[str, Help], {"/x": {"titre": "X", "montre": "x", "faire": []}}, "/x.acte"),
        (tuple[PartText, ...], [{"titre": "X", "regle": ["grid"]}], "0.regle"),
        (tuple[PartText, ...], [{"titre": "X", "colonnes": [["a", "A"]]}], "0.colonnes.0"),
    ],
)
def test_k08_a_help_or_a_guide_that_nothing_would_read_is_refused_where_it_is(kind, written, where):
    with pytest.raises(BadTable) as refused:
        checked(kind, written, "x.fr.yml")
    assert refused.value.where == f"x.fr.yml, {where}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("corps", [None, "pe", "agrege", "psyen"])
def test_each_part_of_each_guide_says_something_with_its_source(name, corps):
    whole, used = guide(name, corps, TODAY), set()
    for each in whole.parts:
        assert each.rules or each.texts or each.sentences or each.values or each.grid
        rows = each.grid.rows if each.grid else ()
        used |= {one.note for one in (*each.rules, *each.sentences, *each.values, *rows)}
    assert all(whole.notes)
    assert used == set(range(1, len(whole.notes) + 1))


def test_the_durations_are_those_of_the_table_for_the_corps():
    rows = at("durees_echelon", TODAY)
    rows = rows[(rows["corps"] == "pe") & (rows["grade"] == "classe_normale")]
    grid = part("avancement", "Combien de temps dure un échelon").grid
    months = ["" if pd.isna(m) else str(m) for m in rows["duree_mois"]]
    wanted = [value_words("mois", m, "dernier échelon", {}) for m in months]
    assert [row.cells[1] for row in grid.rows] == wanted


def test_a_figure_follows_the_date_of_the_law():
    values = load_reference("point_indice").set_index("valide_du")["valeur_annuelle_point"]
    for day in (date(2023, 1, 15), TODAY):
        held_then = values[values.index <= str(day)].iloc[-1]
        grid = part("paie", "Le traitement", on=day).grid
        assert grid.rows[0].cells[0] == f"{str(held_then).replace('.', ',')}\u00a0€ bruts par an"


def test_what_one_source_says_is_to_be_verified():
    rows = at("rendez_vous_grille", TODAY)
    grid = part("rendez-vous", "La grille").grid
    marked = {row.cells[1].removesuffix(".") for row in grid.rows if row.verify}
    assert marked == set(rows[rows["confiance"].isin(["C", "D"])]["libelle"])
    assert open_(portal(), "/guides/rendez-vous").text.count("à vérifier") >= len(marked) > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_names_no_file_site_or_letter_before_its_sources(name):
    screens = portal()
    open_(screens, f"/guides/{name}")
    html = screens.handle({"kind": "route", "path": f"/guides/{name}"}).html
    before, _, after = html.partition('id="sources"')
    words = re.sub(r"<[^>]+>", " ", before)
    assert not re.findall(r"confiance\s[A-D]|[\w-]+\.(?:csv|com|org)\b|de mémoire|>=", words)
    assert 'id="note-1"' in after
    for section in before.split("<section")[1:]:
        assert section.count('class="mark verify"') <= 1


def test_a_guide_of_the_career_says_first_the_persons_own_place_and_dates():
    page = open_(portal(), "/guides/avancement").text
    brief = page.partition("En bref, pour vous")[2].partition("Ce que dit la règle")[0]
    assert "7e échelon" in brief
    assert "1er septembre 2027" in brief
    assert "En bref, pour vous" not in open_(portal(people.SANS_CORPS), "/guides/avancement").text


def test_p28_the_guide_of_a_mutation_answers_with_her_points_and_draws_the_year():
    page = open_(portal(), "/guides/mutation")
    words = page.text.replace("\u00a0", " ")
    assert re.search(r"Guide : Mutation\s+[\d,]+ points?, quel que soit le vœu\.", words)
    assert "Vœux : du" in words  # what the figure says aloud
    assert "Pour la rentrée 2027" in words


def test_p28_who_has_no_movement_reads_in_the_guide_where_she_works():
    contract = people.JEAN.model_copy(update={"corps": None, "echelons": ()})
    page = open_(Portal(lambda: people.FakeGuichet(contract)), "/guides/mutation")
    words = page.text.replace("\u00a0", " ")
    assert "Votre poste : École élémentaire Les Ormeaux, depuis le 1er septembre 2019." in words
    assert "Les mouvements de ce guide sont ceux des titulaires." in words


def test_p28_the_guide_of_a_mutation_opens_with_her_post_her_points_and_her_window():
    page = open_(portal(), "/guides/mutation").text.replace("\u00a0", " ")
    brief = page.partition("En bref, pour vous")[2].partition("Ce qu’une barre dit")[0]
    assert "Votre poste" in brief
    assert people.JEAN.affectations[-1].etablissement in brief
    points = own_points(people.JEAN, {}, TODAY)
    assert f"Vos points, quel que soit le vœu{points:g} points" in brief
    assert "SIAM" in brief or "vœux" in brief


def test_a_guide_is_that_of_the_persons_corps_and_of_every_corps_otherwise():
    assert "votre corps : professeurs des écoles" in open_(portal(), "/guides/paie").text.replace(
        "\u00a0", " "
    )
    every = open_(portal(people.SANS_CORPS), "/guides/paie").text
    assert "Ce guide vaut pour tous les corps" in every
    titles = [p.title for p in guide("mutation", "pe", TODAY).parts]
    assert any(t.startswith("Premier degré") for t in titles)
    assert not any(t.startswith("Second degré") for t in titles)


def test_a_guide_that_says_nothing_of_the_person_reads_no_file():
    guichet = people.FakeGuichet()
    open_(Portal(lambda: guichet, people.answer), "/guides/temps-partiel-conges")
    assert "dossier.lire" not in guichet.asked


def test_the_texts_show_every_rule_with_its_source_and_dates():
    shown = ""
    for name in CHAPTERS:
        shown += open_(portal(), f"/guides/textes/{name}").text
    for rule in every_rule():
        assert rule.name in shown
    assert len(re.findall("En vigueur (?:depuis le|du|le) ", shown)) == len(every_rule())


@pytest.mark.parametrize(
    ("asked", "path"),
    [("décote", "/guides/retraite#partie-4"), ("DECOTE", "/guides/glossaire#t-decote"),
     ("numen", "/guides/glossaire#t-numen"), ("rendez vous", "/guides/rendez-vous"),
     ("retirer une version", ""), ("valeur point", "/guides/glossaire#t-valeur-du-point"),
     ("versions", "/aide/cv/edition/versions")],
)  # fmt: skip
def test_the_search_finds_whatever_the_accents_and_capitals(asked, path):
    paths = found_by(search(asked))
    assert path in paths if path else not paths


def found_by(found):
    return [hit.path for hit in (found.best, *found.hits)] if found.best else []


with (Path(__file__).parent / "words_people_type.csv").open(encoding="utf-8", newline="") as file:
    WORDS = list(csv.DictReader(file))


def test_p26_two_hundred_words_that_people_type():
    assert len({row["mots"] for row in WORDS}) >= 200
    lost = [
        row["mots"]
        for row in WORDS
        for found in [search(row["mots"])]
        if row["trouve"] not in (found_by(found) or ["demander" if found.knows else ""])
    ]
    assert lost == []


@pytest.mark.parametrize("words", ["congés", "CONGE", "les congés", "un congé ?", "conge"])
def test_p26_plural_accents_and_small_words_do_not_count(words):
    assert found_by(search(words)) == found_by(search("congé"))


def test_p26_the_answer_comes_first_then_screen_request_guide_word_text():
    found = search("retraites")
    assert found.best.path == "/perspectives/retraite"
    kinds = [KINDS.index(hit.kind) for hit in found.hits if hit.path not in OF_RETIREMENT]
    assert kinds == sorted(kinds)
    assert "SRE décide" in found.answer
    assert found.understood


OF_RETIREMENT = next(
    one["adresses"] for one in texts_of("recherche")["sujets"] if "retraite" in one["mots"]
)


def test_p26_between_quotes_the_words_alone_are_found():
    found = search("« arrêt maladie »")
    assert (found.answer, found.understood) == ("", ())
    assert search("arrêt maladie").answer


@pytest.mark.parametrize("words", ["xylophone", "garde d’enfants", "mot de passe"])
def test_p26_a_miss_says_who_knows_and_that_it_is_not_a_no(words):
    page = searched(portal(), "/guides/themes", words)
    assert "Ce kit ne sait rien de" in page.text
    assert words in page.text
    assert "Ce n’est pas un non" in page.text
    assert search(words).knows


def test_p26_words_that_find_nothing_are_read_as_they_were_typed():
    typed = "xylophone n° 39 ; bémol ?"
    page = searched(portal(), "/guides/themes", typed)
    assert page.text.count(f"«\u00a0{typed}\u00a0»") == 2  # what is announced, what is read
    here = Academie(code="", nom="Test", assistance_nom="Test",
                    assistance_courriel="aide@exemple.fr")  # fmt: skip
    body = parse_qs(urlsplit(missing_word(typed, here).link).query)["body"][0]
    assert f"rien\u00a0: «\u00a0{typed}\u00a0»." in body


def test_p26_a_word_that_is_missing_is_said_by_a_message_that_only_she_sends():
    guichet = people.FakeGuichet(people.JEAN)
    screens = Portal(lambda: guichet)
    open_(screens, "/guides/themes")
    guichet.asked.clear()
    words = "cure à Vichy & <b>?"
    page = searched(screens, "/guides/themes", words)
    assert "Rien n’est envoyé ni gardé par ce kit" in page.text
    assert "Dire que ce mot manque" in page.text
    (area,) = [tag for tag in page.all("textarea") if tag["id"] == "mot-a-copier"]
    assert "readonly" in area
    assert set(guichet.asked) <= {"session.qui"}  # nothing that is typed leaves the session
    assert "mot-manquant" not in page_of_a_hit(screens).ids


def page_of_a_hit(screens):
    return searched(screens, "/guides/themes", "retraite")


def test_p26_where_the_academy_gives_an_address_the_message_opens_in_her_own_mail():
    here = Academie(code="", nom="Test", assistance_nom="Guichet de Test",
                    assistance_courriel="aide@exemple.fr")  # fmt: skip
    link = urlsplit(missing_word("cure & repos ?\n\nBcc: x", here).link)
    asked = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "aide@exemple.fr")
    assert set(asked) == {"subject", "body"}
    assert "« cure & repos ? Bcc: x »" in asked["body"][0].replace("\u00a0", " ")
    alone = here.model_copy(update={"assistance_courriel": None})
    assert missing_word("cure", alone).link == ""


@pytest.mark.parametrize("one", texts_of("recherche")["sujets"], ids=lambda one: one["mots"][0])
def test_p26_each_address_of_a_subject_is_a_page_of_the_search(one):
    known = {entry.hit.path for entry in entries()}
    assert set(one["adresses"]) <= known
    assert len(one["reponse"].split()) <= 25
    assert set(one.get("parler", ())) <= texts_of("recherche")["qui"].keys()


def test_p26_who_has_no_file_is_sent_to_no_screen_of_one():
    for words in ("retraite", "trop-perçu", "gestionnaire"):
        found = search(words, Reader(teacher=False))
        pages = [path.partition("?")[0] for path in found_by(found)]
        assert not [path for path in pages if path in places() and places()[path].of_a_file]
        assert not any(one.path for one in found.knows)
    for words in ("absences", "fils en attente"):
        assert not [path for path in found_by(search(words)) if path.startswith("/bureau")]


def test_p12_every_word_of_titles_of_requests_services_help_and_guides_is_found():
    titles = [entry.hit for entry in entries() if entry.hit.kind in ("Demande", "Service", "Aide")]
    titles += [entry.hit for entry in entries() if entry.hit.where == "Guide"]
    lost = [hit.title for hit in titles if Reader().reaches(hit) and not search(hit.title).best]
    assert lost == []


def test_every_answer_of_the_search_leads_to_a_part_that_exists():
    screens = portal()
    seen = {}
    for words in ("pension", "avancement", "points", "csg", "demande", "acte"):
        for found in found_by(search(words, Reader(("1",)))):
            path, _, part_ = found.partition("#")
            seen.setdefault(path, set()).update({part_} if part_ else set())
    assert len(seen) > 5
    for path, parts in seen.items():
        assert parts <= set(open_(screens, path).ids), path


def test_what_is_searched_is_kept_on_its_page_and_told():
    screens = portal()
    open_(screens, "/guides/themes")
    found = searched(screens, "/guides/themes", "surcote")
    assert "résultats" in found.text
    assert "/guides/glossaire#t-surcote" in [a["href"] for a in found.all("a")]
    assert next(i for i in found.all("input") if i["name"] == "q")["value"] == "surcote"
    assert not open_(screens, "/guides/glossaire").all("ol")
    assert open_(screens, "/guides/themes").all("ol")


@pytest.mark.parametrize(
    "words", ["", "   ", "zzzz", "<script>alert(1)</script>", "a" * 5000, "’'"]
)
def test_any_question_is_answered(words):
    page = searched(portal(), "/guides/themes", words)
    assert not page.all("script")
    assert ("Ce kit ne sait rien" in page.text) is bool(words.strip())


def test_every_screen_of_the_menu_has_its_help_and_the_header_leads_to_it():
    screens = portal()
    for path, place in places().items():
        assert HELP + path in other_pages()
        help_page = open_(screens, HELP + path)
        assert "Où se fait l’acte" in help_page.text
        assert "n’est pas encore écrite" not in help_page.text, f"aide.fr.yml of its screen: {path}"
        if place.notebook == "portail.ipynb":
            html = screens.handle({"kind": "route", "path": path}).html
            assert f'data-help="{HELP}{place.path}"' in html


def test_the_help_of_all_screens_lists_each_of_them():
    links = {a["href"] for a in open_(portal(), HELP).all("a")}
    assert links >= {HELP + path for path in helps()}


def test_the_statement_of_accessibility_claims_no_audit():
    text = open_(portal(), "/accessibilite").text
    assert "Non audité." in text
    assert not re.search(
        r"\d+\s*% (des critères|conforme)|(totalement|partiellement) conforme", text
    )


@pytest.mark.parametrize(
    ("form", "value", "words"),
    [("mois", "30", "2 ans 6 mois"), ("mois", "12 (première année)", "1 an (première année)"),
     ("mois", "", "non trouvé"), ("texte", "tres_favorable|favorable", "très favorable, favorable"),
     ("age", "747", "62 ans 3 mois"), ("fraction", "0.0125", "1,25\u00a0%"),
     ("enfants", "par_enfant_au_dela_de_3", "par enfant au-delà de 3"), ("annees", "1", "1 an")],
)  # fmt: skip
def test_a_value_of_a_table_is_written_as_a_person_reads_it(form, value, words):
    assert value_words(form, value, "non trouvé", {}) == words


def test_the_glossary_tells_its_sources_in_their_fold_alone():
    entries, _, sources = open_(portal(), "/guides/glossaire").text.partition("Règles et sources")
    assert "table nomenclatures" in sources
    assert "à vérifier" in sources
    assert "surcote" in entries
    assert not [words for words in ("confiance", ".csv", "de mémoire") if words in entries]


def test_the_address_may_ask_the_question_and_what_is_typed_then_stands_above_it():
    screens = portal()
    route = {"kind": "route", "path": "/guides", "query": "?q=surcote"}
    asked = check(screens.handle(route))
    assert "/guides/glossaire#t-surcote" in [a["href"] for a in asked.all("a")]
    assert next(i for i in asked.all("input") if i["name"] == "q")["value"] == "surcote"
    typed = searched(screens, "/guides", "numen")
    assert "/guides/glossaire#t-numen" in [a["href"] for a in typed.all("a")]
    hostile = check(screens.handle(route | {"query": "?q=%3Cscript%3E"}))
    assert not hostile.all("script")


def test_the_help_answers_eight_questions_whose_screens_exist():
    academie = people.FakeGuichet().ask("session.qui").academie
    asked = aide(HELP, academie, Search()).asked
    assert len(asked) == 8
    assert {one["chemin"] for one in asked} <= {*places(), *FEET}
    others = aide(HELP, academie, Search(), teacher=False).asked
    assert 0 < len(others) < 8
    assert not any(places()[one["chemin"]].of_a_file for one in others)


def test_a_reason_leads_to_its_rules_and_a_rule_to_its_rows():
    reason = why_of(explain_result("Pourquoi ?", lambda: point_value(725760)))
    ((number, path),) = reason.rules[0].links
    address, _, anchor = path.partition("#")
    page = portal().handle({"kind": "route", "path": address}).html
    rule = page.split(f'id="{anchor}"')[1].split("</details>")[0]
    assert number == int(anchor.removeprefix("regle-"))
    assert 'href="#table-point_indice"' in rule
    rows = page.split('id="table-point_indice"')[1].split("</details>")[0]
    assert "<code>confiance</code>" in rows


def test_every_rule_has_the_number_of_its_page():
    assert set(law_places()) == {one.name for one in every_rule()}
    for name, (chapter, number) in law_places().items():
        assert chapters()[chapter].rules[number - 1].name == name


def test_a_reason_leads_to_the_very_row_with_its_days_and_its_confidence():
    reason = why_of(explain_result("Pourquoi ?", lambda: point_value(725760)))
    (label, path), *_ = reason.rows
    assert label == "Valeur annuelle du point"
    address, _, query = path.partition("?")
    shown = portal().handle({"kind": "route", "path": address, "query": f"?{query}"}).html
    page = check(portal().handle({"kind": "route", "path": address, "query": f"?{query}"})).text
    row = load_reference("point_indice").iloc[int(query.rpartition("=")[2]) - 2]
    letter = {"A": "A, texte lu", "B": "B, sources concordantes"}[row["confiance"]]
    for told_by_it in (row["valeur_annuelle_point"], row["valide_du"].date(), letter):
        assert str(told_by_it) in page
    assert "/guides/textes/paie#regle-" in shown


@pytest.mark.parametrize("name", ["grilles", "durees_echelon", "cotisations", "parametres_paie"])
def test_every_row_of_a_long_table_is_reached_by_its_groups(name):
    screens, reached, asked = portal(), set(), [f"?table={name}"]
    while asked:
        html = (
            screens.handle({"kind": "route", "path": "/guides/textes", "query": asked.pop()})
            .html.partition('id="ligne"')[2]
            .partition("</section>")[0]
        )
        links = [link.replace("&amp;", "&") for link in re.findall(r'textes(\?[^"]+)"', html)]
        reached |= {int(link.rpartition("=")[2]) for link in links if "&ligne=" in link}
        asked += [unquote(link) for link in links if "&groupe=" in link]
    assert reached == set(range(2, len(load_reference(name)) + 2))


@pytest.mark.parametrize(
    "query", ["?table=aucune", "?table=sft&ligne=1", "?table=sft&ligne=x", "?table=sft&groupe=x;;",
              "?table=<b>&ligne=2", "?table=sft&ligne=999999999"],
)  # fmt: skip
def test_an_address_of_no_row_says_so_and_gives_the_subjects(query):
    page = check(portal().handle({"kind": "route", "path": "/guides/textes", "query": query})).text
    assert "Aucune ligne à cette adresse" in page
    assert "Par sujet" in page


@pytest.mark.parametrize("corps", ["cpe", "psyen"])
def test_p21_the_guide_gives_no_corps_the_grid_of_another(corps):
    grid = part("rendez-vous", "La grille", corps).grid
    assert grid.rows == ()
    assert "d’autres mots, inconnus de ce kit" in grid.remark.replace("\u00a0", " ")
    assert len(part("rendez-vous", "La grille", "plp").grid.rows) == 11


def test_p21_an_adoption_keeps_the_post_in_the_guide():
    grids = [one.grid for one in guide("temps-partiel-conges", "pe", TODAY).parts if one.grid]
    rows = [row for grid in grids for row in grid.rows if "adoption" in row.cells[0].lower()]
    assert any("conservé" in cell for row in rows for cell in row.cells)
    assert not any("perte" in cell for row in rows for cell in row.cells)


def test_p14_who_has_no_corps_is_led_to_no_screen_of_those_who_have_one():
    def addresses(name, **known):
        return [one.path for one in guide(name, None, TODAY, **known).links]

    assert addresses("mutation") == ["/perspectives/autres-affectations", "/services"]
    assert addresses("mutation", without=True) == ["/services"]
    assert addresses("avancement", without=True) == ["/dossier/carriere"]
