"""A lesson's file: what is wrong in it is said with its line, and nothing hostile gets further."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import LESSONS
from iprof_kit.calculate.lessons.files import check_lesson, check_lesson_text
from iprof_kit.calculate.lessons.played import MOST_SCREENS
from tests.calculate.lesson_case import guide, refused

HEAD, _, SCREENS = guide().partition("\n## ")
_ROW = "code: QUOTITE, type_temps_partiel: sur_autorisation, quotite_travaillee_pct"
_READ = "lit: quotite_remuneree_pct, en: pour_cent"
CHOICES = f"""---
id: essai
titre: Essai
enseigne: Essai.
jour: 2026-11-01
valeurs:
  moitie: {{table: temps_partiel, ou: {{{_ROW}: 50}}, {_READ}}}
  cinquieme: {{table: temps_partiel, ou: {{{_ROW}: 80}}, {_READ}}}
---

## Combien ?

```yaml
BLOCK
```
"""


def changed(before, after):
    assert guide().count(before) == 1
    return guide().replace(before, after)


def block(text):
    return CHOICES.replace("BLOCK", text)


def test_the_example_of_the_guide_is_a_lesson():
    assert [screen.forme for screen in check_lesson_text(guide(), "guide.md").ecrans] == [
        "estimation", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("minutes: 3", "minute: 3", "ligne 5, colonne 1 : clé inconnue"),
        ("minutes: 3", "minute: 3", "Vouliez-vous « minutes »"),
        ("minutes: 3", "minutes: dix", "ligne 5, colonne 10 : un nombre entier est attendu"),
        ("minutes: 3", "minutes: 3\nminutes: 4", "est écrite deux fois"),
        ("minutes: 3", "\tminutes: 3", "l’écriture YAML n’est pas correcte"),
        ("minutes: 3", "minutes: &x 3\nrang: *x", "les alias YAML"),
        ("jour: 2026-11-01", "jour: 2026-02-30", "« 2026-02-30 » n’existe pas"),
        ("jour: 2026-11-01", "jour:", "un texte est attendu, et rien n’est écrit"),
        ("jour: 2026-11-01", "jour: demain", "une date s’écrit AAAA-MM-JJ"),
        ("table: temps_partiel", "table: temps_partiels", "vouliez-vous « temps_partiel"),
        ("table: temps_partiel", "tabel: temps_partiel", "ligne 9, colonne 5 : clé inconnue"),
        ("travaillee_pct: 80}", "travaillee_pct: 81}", "donne 0 valeur pour ce choix"),
        ("lit: quotite_remuneree_pct", "lit: quotite_remunere_pct", "colonne inconnue"),
        ("forme: estimation", "forme: estimations", "Vouliez-vous « estimation »"),
        ("reponse: paye", "reponse: paie", "vouliez-vous « paye »"),
        ("curseur: {minimum: 50, maximum: 100, pas: 1}", "secondes: 30",
         "la forme « estimation » demande « curseur »"),
        ("minimum: 50, maximum: 100", "minimum: 50, maximum: 80",
         "la réponse, 85,71\u00a0%, est hors du curseur (50 à 80)"),
        ('revele: "{paye}"', "revele: six septièmes", "rien ne vérifie cette réponse"),
        ('revele: "{paye}"', 'revele: "85,71 %"', "est écrit à la main"),
        ("regles: [part_time_fraction]", "regles: [part_time_fractions]",
         "vouliez-vous « part_time_fraction »"),
        ("regles: [part_time_fraction]", 'verifie: ["paye < 80"]',
         "l’écran affirme « paye < 80 », le calcul donne paye = 85,71\u00a0%"),
        ("regles: [part_time_fraction]", 'verifie: ["paye plus"]', "n’est pas une comparaison"),
        ("Placez le curseur.", "Placez le curseur sur 80.", "est écrit à la main"),
        ("Placez le curseur.", "Placez <b>le curseur</b>.", "du HTML"),
        ("Placez le curseur.", "Voyez [ici](https://example.org).", "un lien ou une image"),
        ("Placez le curseur.", "Voyez {paie}.", "vouliez-vous « paye »"),
        ("Placez le curseur.", "Voyez {paye.", "une accolade n’est pas fermée"),
        ("minimum: 50, maximum: 100", "minimum: .nan, maximum: 100", "n’est pas possible"),
        ("minimum: 50, maximum: 100", "minimum: 50, maximum: .inf", "n’est pas possible"),
        ("jour: 2026-11-01", "jour: 1900-01-01", "donne 0 valeur"),
        ("## À retenir", "### À retenir", "une liste, un titre ou un tableau"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_what_is_allowed_and_the_nearest_name(
    before, after, expected
):
    message = refused(changed(before, after))
    assert expected in message
    assert "ligne " in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('forme: choix\nreponse: moitie\nchoix: ["{moitie}", "50 %"]', "deux choix sont égaux"),
        ('forme: choix\nreponse: moitie\nchoix: ["60 %", "70 %"]', "le calcul en donne 0"),
        ('forme: choix\nreponse: moitie\nchoix: ["{moitie}", "soit {moitie}"]',
         "le calcul en donne 2"),
        ("forme: choix\nreponse: moitie\nchoix: [~, '{moitie}']", "valeur refusée"),
        ("forme: choix\nchoix: [un, deux]", "rien ne dit si ce choix est juste"),
        ("forme: plusieurs\nchoix: [{texte: a, si: moitie > 0}, {texte: b, si: moitie > 1}]",
         "tous les choix sont justes"),
        ("forme: plusieurs\nchoix: [{texte: a, si: moitie < 0}, {texte: b, si: moitie < 1}]",
         "aucun choix n’est juste"),
        ("forme: ordre\nchoix: [un, deux]", "il manque « rang »"),
        ("forme: ordre\nchoix: [{texte: a, rang: moitie}, {texte: b, rang: cinquieme}]",
         "déjà dans l’ordre"),
        ("forme: ordre\nchoix:\n  - {texte: un, rang: moitie}\n  - {texte: deux, rang: moitie}",
         "à la même place"),
        ("choix: [un, deux]", "demande une question"),
        ("forme: estimation\nreponse: moitie\ncurseur: {minimum: 90, maximum: 10}",
         "une estimation demande minimum, maximum et pas"),
    ],
)  # fmt: skip
def test_a_question_whose_answer_the_engine_does_not_give_is_refused(text, expected):
    message = refused(block(text))
    assert expected in message
    assert "ligne 1" in message  # the screen begins on line 11, its block on line 14


def test_a_lesson_without_a_question_is_refused():
    assert "n’a pas de question" in refused(f"{HEAD}\n## À retenir\n\nDes mots.\n")
    assert "n’a pas de question" in refused(HEAD)


def test_more_screens_than_a_lesson_may_have_are_refused_at_the_first_too_many():
    many = HEAD + "## Un écran\n" * (MOST_SCREENS + 1)
    line = many.splitlines().index("## Un écran") + 1 + MOST_SCREENS
    assert f"ligne {line}, colonne 1 : une leçon a {MOST_SCREENS} écrans au plus" in refused(many)


@pytest.mark.parametrize(
    "text",
    [
        "", "id: essai", "---\nid: essai\n", "---\n" + "[" * 3_000 + "\n---\n## Un\n",
        "---\na: &a [x]\nb: *a\n---\n## Un\n", "---\nx: \x00\n---\n## Un\n",
        "---\n- 1\n---\n## Un\n",
        "---\njour: !!python/name:os\n---\n## Un\n", HEAD + "\n## Un\n```yaml\nforme: choix\n",
        HEAD + "\n## Un\n```python\nimport os\n```\n", HEAD + "\n## Un\n```yaml\n```\n",
        HEAD + "\nDes mots avant tout écran.\n",
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_french(text):
    assert "ligne " in refused(text)


def test_a_value_that_calculates_itself_is_refused():
    loop = block("forme: choix\nreponse: un\nchoix: ['{un}', deux]").replace(
        "valeurs:\n", "valeurs:\n  un: {de: deux, plus: moitie}\n  deux: {de: un, moins: moitie}\n"
    )
    assert "se calcule à partir d’elle-même" in refused(loop)


@pytest.mark.parametrize("given", ["!!binary aGk=", "[1, 2]", "{a: 1}", "~", ".nan"])
def test_a_question_of_wrong_types_is_refused_with_the_value_that_asks_it(given):
    asked = block("forme: choix\nreponse: brut\nchoix: ['{brut}', rien]").replace(
        "valeurs:\n",
        "demandes:\n"
        f"  paie: {{sujet: pay, question: {{corps: {given}, zone: 3, date: '{{jour}}'}}}}\n"
        "valeurs:\n  brut: {demande: paie, lit: totaux.brut}\n",
    )
    assert "ligne 9, colonne 9" in refused(asked)


def test_a_number_that_no_calculation_holds_is_refused_in_french():
    file = (LESSONS / "reclassement.md").read_text(encoding="utf-8")
    huge = file.replace("anciennete_jours: 900", "anciennete_jours: 99999999999999999999")
    assert "la valeur doit être au plus 36000" in refused(huge).replace("\u00a0", " ")


def test_fifty_megabytes_are_refused_unread(tmp_path):
    file = tmp_path / "grand.md"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(InputError, match="dépasse 1 Mo"):
        check_lesson(file)


def test_a_file_full_of_errors_tells_the_first_ones_and_counts_the_others():
    message = refused(HEAD + "\n## Un\n" + "Il y en a 12.\n" * 100)
    assert message.count("est écrit à la main") == 20
    assert "Et 81 autres erreurs." in message


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text):
    with pytest.raises(InputError):
        check_lesson_text(text, "essai.md")
    with pytest.raises(InputError):
        check_lesson_text(f"{HEAD}\n## Un\n```yaml\n{text}\n```\n", "essai.md")
