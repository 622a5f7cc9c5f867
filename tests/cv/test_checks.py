"""Each kind of bad entry is told, at its field, with what to do; nothing is refused."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from strategies import cvs

from iprof_kit.cv.model import Choix, Cible, Cv, Faits
from iprof_kit.cv.person import Contact, Identite, Profil
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.publications import Publication
from iprof_kit.cv.sections.references import Recommandation
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
ONE_TYPED = re.compile(r"«\s.*?\s»", re.S)
CAMILLE = Identite(prenom="Camille", nom="Martin", date_naissance="1984-05-20")


def remarks(cibles=(), identite=CAMILLE, **facts):
    return check(Cv(faits=Faits(identite=identite, **facts), cibles=cibles), TODAY)


def only(**facts):
    found = remarks(**facts)
    assert len(found) == 1, found
    return found[0]


def test_a_complete_cv_has_no_remark():
    licence = Diplome(intitule="Licence d’anglais", annee="2006", niveau="6")
    poste = Fonction(nature="affectation", intitule="Professeure", debut="2011-09", quotite="80 %")
    anglais = Competence(nature="langue", intitule="Anglais", niveau="C2")
    contact = Contact(
        courriel="camille@exemple.fr",
        telephone="+33 6 39 98 00 00",
        code_postal="63000",
        site="https://exemple.fr",
    )
    assert (
        remarks(diplomes=(licence,), fonctions=(poste,), competences=(anglais,), contact=contact)
        == ()
    )


@pytest.mark.parametrize(
    "written", ["2014-13", "31/02/2014", "hier", "2014-02-30", "20014", "٢٠١٤"]
)
def test_a_date_that_does_not_exist_is_an_error_at_its_field(written):
    found = only(fonctions=(Fonction(id="f1", intitule="Tutrice", debut=written),))
    assert (found.ou, found.gravite) == ("faits.fonctions.f1.debut", "erreur")
    assert "2014-09-01" in found.remede


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2015", "2014", True),
        ("2014-09-02", "2014-09-01", True),
        ("2014-09", "2014", False),
        ("2014", "2014", False),
        ("2014-09-01", "", False),
    ],
)
def test_an_end_before_its_start_is_an_error_and_a_doubt_is_not(start, end, wrong):
    found = remarks(fonctions=(Fonction(id="f1", intitule="Tutrice", debut=start, fin=end),))
    assert [one.ou for one in found] == ["faits.fonctions.f1.fin"] * wrong


@pytest.mark.parametrize(
    ("year", "state", "where"),
    [
        ("2027", "obtenu", ["annee"]),
        ("2026-12", "obtenu", ["annee"]),
        ("2026", "obtenu", []),
        ("2027", "en_cours", []),
        ("2025", "en_cours", ["etat"]),
        ("", "obtenu", ["annee"]),
    ],
)
def test_a_diploma_obtained_in_the_future_or_late_is_told(year, state, where):
    found = remarks(diplomes=(Diplome(id="d1", intitule="Master", annee=year, etat=state),))
    assert [one.ou for one in found] == [f"faits.diplomes.d1.{name}" for name in where]


def test_a_diploma_before_the_birth_is_an_error():
    found = only(diplomes=(Diplome(id="d1", intitule="Licence", annee="1983"),))
    assert found.gravite == "erreur"
    assert "naissance" in found.message


@pytest.mark.parametrize(
    ("birth", "where"),
    [("1984", "n’est pas complète"), ("2030-01-01", "dans l’avenir"), ("1884-01-01", "ancienne")],
)
def test_a_birth_date_must_be_a_possible_day(birth, where):
    found = remarks(identite=CAMILLE.model_copy(update={"date_naissance": birth}))
    assert any(where in one.message for one in found), found


def test_a_titularisation_before_the_entry_is_an_error():
    situation = Situation(entree_corps="2011-09-01", titularisation="2010-09-01")
    assert only(situation=situation).ou == "faits.situation.titularisation"


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (Contact(courriel="camille"), "courriel"),
        (Contact(telephone="appelez-moi"), "telephone"),
        (Contact(code_postal="6300"), "code_postal"),
        (Contact(site="javascript:alert(1)"), "site"),
        (Contact(profils=(Profil(adresse="exemple.fr"),)), "profils.0.adresse"),
    ],
)
def test_a_way_to_reach_the_person_that_cannot_work_is_told(contact, field):
    assert only(contact=contact).ou == f"faits.contact.{field}"


def test_a_foreign_postcode_is_not_a_fault():
    assert remarks(contact=Contact(code_postal="1000", pays="Belgique")) == ()


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"diplomes": (Diplome(id="x", intitule="M", annee="2000", niveau="9"),)},
         "diplomes.x.niveau"),
        ({"competences": (Competence(id="x", nature="langue", intitule="Anglais", niveau="D1"),)},
         "competences.x.niveau"),
        ({"formations": (Formation(id="x", intitule="F", debut="2020", heures="trois"),)},
         "formations.x.heures"),
        ({"fonctions": (Fonction(id="x", intitule="F", debut="2020", quotite="150"),)},
         "fonctions.x.quotite"),
        ({"publications": (Publication(id="x", titre="T", adresse="file:///etc/passwd"),)},
         "publications.x.adresse"),
        ({"diplomes": (Diplome(id="x", annee="2000"),)}, "diplomes.x.intitule"),
        ({"references": (Recommandation(id="x", fonction="Proviseure"),)}, "references.x.nom"),
    ],
)  # fmt: skip
def test_a_code_or_a_number_out_of_its_list_is_told_at_its_field(facts, where):
    assert only(**facts).ou == f"faits.{where}"


def test_a_union_mandate_is_said_sensitive_and_kept():
    mandate = Engagement(id="e1", nature="syndical", intitule="Déléguée")
    found = only(engagements=(mandate,))
    assert (found.ou, found.gravite) == ("faits.engagements.e1.nature", "avertissement")
    assert "donnée sensible" in found.message


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("x" * 5_000, "caractères"),
        ("\u202eretourné", "invisibles"),
        ("NUMEN 06E0854321LMN", "NUMEN"),
        ("n° 1 84 05 63 113 001 42", "sécurité sociale"),
    ],
)
def test_a_text_that_should_not_go_out_as_it_is_is_told(text, word):
    item = Fonction(id="f1", intitule="Tutrice", debut="2020", description=text)
    found = only(fonctions=(item,))
    assert found.ou == "faits.fonctions.f1.description"
    assert word in found.message


def test_two_lines_that_say_the_same_are_pointed_out():
    both = tuple(Diplome(id=one, intitule="Licence", annee="2006") for one in ("a", "b"))
    assert only(diplomes=both).ou == "faits.diplomes.b"


def test_a_target_that_names_a_deleted_line_or_a_missing_photo_is_told():
    cible = Cible(id="c", titre="", photo=True, sections=(Choix(section="diplomes", items=("x",)),))
    found = {one.ou for one in remarks(cibles=(cible,))}
    assert found == {"cibles.c.titre", "cibles.c.photo", "cibles.c.sections.diplomes"}


def test_errors_come_first():
    found = remarks(contact=Contact(telephone="?"), diplomes=(Diplome(intitule="L", annee="?"),))
    assert [one.gravite for one in found] == ["erreur", "avertissement"]


def _at(cv, path):
    """Return what a path of a remark names."""
    here = cv
    for part in path.split("."):
        if isinstance(here, tuple):
            found = [
                one
                for one in here
                if getattr(one, "id", None) == part or getattr(one, "section", None) == part
            ]
            here = found[0] if found else here[int(part)]
        else:
            here = getattr(here, part)
    return here


@given(cv=cvs())
@settings(max_examples=40)
def test_any_cv_can_be_checked_and_each_remark_names_a_field_and_says_what_to_do(cv):
    for one in check(cv, TODAY):
        _at(cv, one.ou)
        assert one.message
        assert one.remede
        assert "'" not in ONE_TYPED.sub("", one.message) + one.remede


@pytest.mark.parametrize(
    ("text", "named"),
    [("Élève de 中村", "« 中 », « 村 »"), ("un œil 𓂀", "« 𓂀 »")],
)  # fmt: skip
def test_a_character_that_pages_cannot_draw_is_named_at_its_field(text, named):
    one = only(formations=(Formation(id="f", intitule="Stage", debut="2020", description=text),))
    assert one.ou == "faits.formations.f.description"
    assert named in one.message.replace("\u00a0", " ")
    assert "�" in one.message
    assert "DOCX" in one.remede


def test_what_pages_draw_is_not_named():
    text = "Ωμέγα Дом 🎓 → œuvre مدرسة"
    assert remarks(formations=(Formation(intitule="S", debut="2020", description=text),)) == ()
