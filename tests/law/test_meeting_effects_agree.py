"""What a rendez-vous leads to is written in words: its quantities are those of the other rows."""

import re

import pytest

from iprof_kit.law.tables.loading import at, table

WORDS = re.compile(
    r"bonification de (?P<gained>\d+) mois au (?P<of>\d+)e échelon "
    r"\((?P<share>\d+) % de la liste\) : passage au (?P<next>\d+)e après (?P<after>\d+) mois"
)
MEETINGS = table("rendez_vous_carriere").to_dict("records")


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda row: f"{row['corps']}-{row['rdv']}")
def test_the_bonification_in_words_is_that_of_the_durations_and_of_the_share(meeting):
    words = meeting["effet"].replace("\u00a0", " ")
    written = WORDS.fullmatch(words)
    if written is None:
        assert re.findall(r"\d", words) == []
        return
    day = meeting["valide_du"].date()
    lengths = at("durees_echelon", day)
    (length,) = lengths[
        (lengths["corps"] == meeting["corps"])
        & (lengths["grade"] == "classe_normale")
        & (lengths["echelon"] == str(meeting["echelon"]))
    ].to_dict("records")
    shares = at("parametres_carriere", day)
    (share,) = shares[shares["cle"] == "bonification_part_liste"]["valeur"]
    assert int(written["of"]) == int(meeting["echelon"]) == int(written["next"]) - 1
    assert int(written["after"]) == int(length["duree_acceleree_mois"])
    assert int(written["gained"]) == int(length["duree_mois"]) - int(length["duree_acceleree_mois"])
    assert int(written["share"]) == int(float(share))
