"""A file of procedure: what it may hold, and where it is wrong."""

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REFERENCE
from iprof_kit.commands.law import procedures_csv
from iprof_kit.law.promotion.contingent import rounded_contingent
from iprof_kit.law.promotion.procedures.files import known_procedures, read_procedure

GOOD = """\
id: essai
titre: Essai
autorite: DSDEN d’essai
operation: hors_classe
corps: [pe]
campagnes: {du: 2026}
source: note de service d’essai
confiance: D
classement: [bareme, anciennete_corps]
etapes:
  - etape: quota
    parts: {excellent: 60, tres_satisfaisant: 30}
  - etape: rang
"""


def written(tmp_path, text):
    file = tmp_path / "essai.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_becomes_a_procedure(tmp_path):
    procedure = read_procedure(written(tmp_path, GOOD))
    assert procedure.criteria == ("bareme", "anciennete_corps")
    assert procedure.steps[0].parts == {"excellent": 60, "tres_satisfaisant": 30}
    assert procedure.source.confidence == "D"
    assert procedure.used_in("pe", "hors_classe", 2030)
    assert not procedure.used_in("certifie", "hors_classe", 2030)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[bareme, anciennete_corps]", "[bareme, bareme]",
         "ligne 9, colonne 22 : « bareme » est nommé deux fois"),
        ("[bareme, anciennete_corps]", "[bareme, anciennete_cors]",
         ("ligne 9, colonne 22 : valeur inconnue « anciennete_cors ». Vouliez-vous "
         "« anciennete_corps »")),
        ("classement:", "clasement:", ("ligne 9, colonne 1 : clé inconnue « clasement ». "
         "Vouliez-vous « classement »")),
        ("classement:", "clasement:", "il manque la clé « classement »"),
        ("excellent: 60", "excellent: 160",
         "ligne 12, colonne 24 : 160 n’est pas possible : au plus 100"),
        ("excellent: 60", "excellent: 80", "la somme des quotas est de 110 %"),
        ("excellent: 60", "exelent: 60", "ligne 12, colonne 13 : clé inconnue « exelent »"),
        ("{du: 2026}", "{du: deux}", "ligne 6, colonne 17 : un nombre entier est attendu"),
        ("{du: 2026}", "{du: 2026, au: 2020}", "colonne 27 : la dernière campagne précède"),
        ("[pe]", "[pz]", "ligne 5, colonne 9 : corps inconnu « pz »"),
        ("confiance: D", "confiance: Z", "ligne 8, colonne 12 : valeur inconnue « Z »"),
        ("source: note", "source: x\nsource: note", "ligne 8, colonne 1 : la clé « source »"),
        ("[pe]", "[pe", "l’écriture YAML n’est pas correcte"),
        ("  - etape: rang", "  - etape: reserve", "il manque la clé « parmi »"),
        ("  - etape: rang", "  - etape: rang\n    mode: egalite",
         "ligne 14, colonne 5 : la clé « mode » n’est pas d’une étape « rang »"),
        ("id: essai", "id: Essai 1", "ligne 1, colonne 5 : « Essai 1 » n’est pas un identifiant"),
    ],
)  # fmt: skip
def test_a_typing_error_is_told_with_its_line_and_column(tmp_path, old, new, words):
    with pytest.raises(InputError) as found:
        read_procedure(written(tmp_path, GOOD.replace(old, new)))
    assert words in str(found.value).replace("\u00a0", " ")
    assert found.value.where == "essai.yml"


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [("inferieur", (149, 4_200)), ("proche", (149, 0)), ("superieur", (150, 0))],
)
def test_the_law_rounds_down_and_carries_the_decimal_other_roundings_carry_nothing(
    rounding, expected
):
    # 648 × 23 % is 149.04, and 0.38 carried: 149.42
    assert rounded_contingent(648, 2_300, 3_800, rounding) == expected


def test_the_rounding_of_a_file_is_read(tmp_path):
    text = GOOD.replace("etapes:", "contingent: {arrondi: proche}\netapes:")
    assert read_procedure(written(tmp_path, text)).contingent.rounding == "proche"


def test_every_error_of_a_file_is_told(tmp_path):
    text = GOOD.replace("confiance: D", "confiance: Z").replace("[bareme,", "[baremme,")
    with pytest.raises(InputError, match=r"ligne 8.*ligne 9"):
        read_procedure(written(tmp_path, text))


@pytest.mark.parametrize("text", ["", "\n", "- un\n- deux\n"])
def test_a_file_that_is_no_procedure_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="ligne 1, colonne 1"):
        read_procedure(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(InputError, match="ne peut pas être lu"):
        read_procedure(tmp_path / "absent.yml")
    (tmp_path / "latin.yml").write_bytes("titre: é".encode("latin-1"))
    with pytest.raises(InputError, match="UTF-8"):
        read_procedure(tmp_path / "latin.yml")


def test_the_flat_table_is_written_from_the_files():
    held = (REFERENCE / "procedures_classement.csv").read_text(encoding="utf-8")
    assert held == procedures_csv(), "lancez : iprof law procedures"
    assert len(held.splitlines()) == 1 + len(known_procedures())
