"""Edits keep the former facts; two writings put together lose nothing of either."""

import pytest
from hypothesis import given, settings
from strategies import cvs, facts

from iprof_kit.cv import edits
from iprof_kit.cv.merge import merge
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.person import Contact
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction

A, B, C = (Diplome(id=one, intitule=one.upper()) for one in "abc")
BASE = Cv(faits=Faits(diplomes=(A, B)), cibles=(Cible(id="t", titre="Un"),))


def cv(*diplomes, cible="Un", **more):
    return Cv(faits=Faits(diplomes=diplomes, **more), cibles=(Cible(id="t", titre=cible),))


def ids(found):
    return [one.id for one in found.faits.diplomes]


@pytest.mark.parametrize(
    ("start", "by", "after"),
    [("a", 1, "bac"), ("a", 9, "bca"), ("c", -1, "acb"), ("c", -9, "cab"), ("x", 1, "abc")],
)
def test_a_line_moves_by_some_places_and_no_further_than_an_end(start, by, after):
    moved = edits.move(Faits(diplomes=(A, B, C)), "diplomes", start, by)
    assert "".join(one.id for one in moved.diplomes) == after


def test_a_copy_stands_just_after_under_a_name_of_its_own():
    copied, identifier = edits.duplicate(Faits(diplomes=(A, B)), "diplomes", "a")
    assert [one.id for one in copied.diplomes] == ["a", identifier, "b"]
    assert copied.diplomes[1].intitule == "A"


def test_a_changed_line_of_the_dossier_becomes_the_person_s():
    held = Diplome(id="dossier-1", source="dossier", intitule="Licence")
    (changed,) = edits.change(Faits(diplomes=(held,)), "diplomes", held.id, annee="2006").diplomes
    assert (changed.id, changed.source, changed.annee) == ("dossier-1", "saisie", "2006")


def test_a_removed_line_is_noted_only_if_it_came_from_the_dossier():
    held = Diplome(id="dossier-1", source="dossier")
    faits = Faits(diplomes=(A, held))
    for _twice in range(2):
        faits = edits.remove(edits.remove(faits, "diplomes", "a"), "diplomes", "dossier-1")
    assert faits.diplomes == ()
    assert faits.ecartes == ("dossier-1",)


@given(faits=facts())
@settings(max_examples=30)
def test_adding_then_removing_gives_the_former_facts(faits):
    for section, kind in ITEMS.items():
        item = kind(id="nouveau-un")
        added = edits.add(faits, section, item, at=0)
        assert getattr(added, section)[0] == item
        assert edits.remove(added, section, item.id) == faits


def test_what_one_side_added_changed_or_removed_is_taken():
    changed = B.model_copy(update={"annee": "2006"})
    found = merge(BASE, cv(A, B, C), cv(changed, contact=Contact(ville="Lille"), cible="Deux"))
    assert found.faits.diplomes == (changed, C)
    assert found.faits.contact.ville == "Lille"
    assert found.cibles[0].titre == "Deux"


def test_a_line_that_both_changed_is_kept_twice_mine_first():
    mine, theirs = (A.model_copy(update={"annee": year}) for year in ("2006", "2007"))
    found = merge(BASE, cv(mine, B), cv(theirs, B)).faits.diplomes
    assert [one.annee for one in found] == ["2006", "2007", ""]
    assert found[0].id == "a"
    assert len({one.id for one in found}) == 3


def test_what_one_deleted_and_the_other_changed_is_kept():
    changed = A.model_copy(update={"annee": "2006"})
    assert ids(merge(BASE, cv(B), cv(changed, B))) == ["b", "a"]
    assert ids(merge(BASE, cv(changed, B), cv(B))) == ["a", "b"]


def test_a_single_field_that_both_changed_is_mine_and_what_was_set_aside_is_of_both():
    mine = cv(A, B, contact=Contact(ville="Nice"), ecartes=("dossier-1",))
    theirs = cv(A, B, contact=Contact(ville="Lille", pays="France"), ecartes=("dossier-2",))
    found = merge(BASE, mine, theirs).faits
    assert (found.contact.ville, found.contact.pays) == ("Nice", "France")
    assert found.ecartes == ("dossier-1", "dossier-2")


@given(base=cvs(), one=cvs())
@settings(max_examples=30)
def test_a_side_that_did_nothing_changes_nothing(base, one):
    assert merge(base, base, base) == base
    found = merge(base, one, base)
    assert found.faits.diplomes == one.faits.diplomes
    assert found.faits.contact == one.faits.contact
    assert found.cibles == one.cibles


MISSION = Fonction(id="m", nature="mission", intitule="Tutrice", debut="2019-09")
OLD = Fonction(id="o", intitule="Jury", debut="2010-09", fin="2012-06")
RECENT = Fonction(id="r", intitule="Formatrice", debut="2013-09", fin="2018-06")


def placed(item, *others):
    faits = Faits(fonctions=(item, *others))
    return [one.id for one in edits.place(faits, "fonctions", item.id).fonctions]


def test_what_lasts_comes_first_then_the_latest():
    assert placed(OLD, MISSION, RECENT) == ["m", "r", "o"]
    assert placed(RECENT, MISSION, OLD) == ["m", "r", "o"]
    assert placed(MISSION, RECENT, OLD) == ["m", "r", "o"]


def test_a_line_put_in_its_place_leaves_the_others_in_theirs():
    assert placed(MISSION, OLD, RECENT) == ["m", "o", "r"]  # the order that she chose
    assert placed(Fonction(id="x", debut="un jour"), OLD, RECENT) == ["x", "o", "r"]
