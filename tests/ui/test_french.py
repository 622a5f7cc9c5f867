"""What people read is French: accents, plurals, apostrophes, spaces, on every screen.

The whole reading is done by somebody, on what `tools/sentences.py` writes; these are the kinds of
faults that it found, looked for on the screens of four different people.
"""

import ast
import re
from pathlib import Path

import pytest
from ui_html import Page

import iprof_kit
from iprof_kit.base.clock import paris_today
from iprof_kit.base.words import NBSP, counted
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.shared.menu import answered

PEOPLE = {one.numero: one for one in sample_dossiers()}
ASKED = ("D0001", "D0005", "D0017", "D0042")
"""A teacher, a CPE (rules by analogy), an institutrice, an agent without corps."""
FAULTS = {
    "a plural after one": r"\b1 (?:an|mois|jour|trimestre|point) ont\b|\b1 (?:ans|jours|points)\b",
    "a missing accent": r"\b(?:decrets?|arretes?|departements?|academies?|annees?|durees?|echelons?"
    r"|education|anciennetes?|memoire|interministeriel|indemnites?|eleves|modifie par)\b"
    r"(?!\.(?:gouv|csv))",
    "a sign in place of words": r"[<>]=|->",
    "an ASCII apostrophe": r"[a-zà-ÿ]'[a-zà-ÿ]",
    "parentheses inside parentheses": r"\([^()]*\([^()]*\)\)",
    "a source that says « idem »": r"\b[Ii]dem\b",
    "a breaking space before a sign": r"[ \u202f][;:!?%€»]|« ",
    "no space before a sign": r"[^\s\u00a0;!?.…»][;!?](?=\s|$)",
    "two colons": r"\u00a0: [^.:]{0,40} : non calcul",
    "« le hors classe »": r"\b[Ll]e hors classe\b",
}
KIT = Path(iprof_kit.__file__).parent
TO_PEOPLE = {"InputError", "Refused", "Conflict", "Unavailable"}
REFUSALS = TO_PEOPLE | {"BadBackup", "BadTable", "KitError", "LawError", "PeriodNotCovered"}
OF_THE_KIT_ITSELF = {
    "base/errors.py",
    "calculate/interface/reading.py",
    "careers/agents.py",
    "ui/rehearsal.py",
    "ui/screens/cv/state.py",
}
"""What only our own code can meet, and the reading of a question: its message says what is
expected."""
PLURAL = re.compile(r"\w\((?:s|es|x)\)")
BREAKING = re.compile(r" [;:!?%€»](?=\s|[.,)]|$)|« ")
TEXTS = ("/aide", "/accessibilite", "/guides")
RAW = "/guides/textes/"
"""Whole tables of the law, as they are typed: for who checks them."""


def screens(numero):
    portal = Portal(lambda: Understudy(addressed(PEOPLE[numero]), paris_today()))
    for path in answered():
        if not path.startswith((RAW,) if numero == "D0001" else TEXTS):
            yield path, Page(portal.handle({"kind": "route", "path": path}).html).text


@pytest.mark.parametrize("numero", ASKED)
def test_no_screen_has_a_fault_of_french(numero):
    met = [
        f"{path}: {fault}: …{words[max(0, hit.start() - 40) : hit.end() + 20]}…"
        for path, words in screens(numero)
        for fault, pattern in FAULTS.items()
        for hit in list(re.finditer(pattern, words))[:2]
    ]
    assert not met, "\n".join(met)


def test_an_echelon_that_months_bring_forward_is_due_on_its_own_day_with_an_earlier_effect():
    """The head of a school: nothing is late before the day on which the échelon is pronounced."""
    words = dict(screens("D0014"))
    due = "De plein droit à partir du 1er mars 2027, avec effet au 1er juin 2026"
    assert due in words["/perspectives/ma-paie"]
    assert "pas encore enregistré" not in words["/dossier/carriere"]
    assert "vient de plein droit le 1er mars 2027" in words["/accueil"]


def test_an_institutrice_has_one_opening_of_her_right_and_dates_after_it():
    """Services of an instituteur are those of her file: Promotions and Retraite agree."""
    words = dict(screens("D0017"))
    assert "est ouvert depuis le 30 mai 2025, à 57 ans 6 mois" in words["/perspectives/retraite"]
    assert "à 57 ans 6 mois" in words["/perspectives/promotions"]
    assert "droit non ouvert" not in words["/perspectives/retraite"]
    assert "avant l’âge d’ouverture du droit" not in words["/perspectives/et-si"]


def sentences_of_the_code():
    """Yield each text of our code: its file, its line, its words, « {} » for what is filled in."""
    for file in sorted(KIT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inside = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr)
                  for part in ast.walk(one) if part is not one}  # fmt: skip
        for one in ast.walk(tree):
            words = words_of(one)
            if id(one) not in inside and words:
                yield f"{file.relative_to(KIT)}:{one.lineno}", words


def words_of(node):
    """Return a text as it is written, its non-breaking spaces themselves, « {} » for the rest."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant)
            else NBSP if ast.unparse(part.value) == "NBSP" else "{}"
            for part in node.values
        )  # fmt: skip
    return ""


def errors_of_the_code():
    """Yield each error that the kit refuses with: where it is raised, its class, its arguments."""
    for file in sorted(KIT.rglob("*.py")):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(one.func, "id", "") if isinstance(one, ast.Call) else ""
            if name in REFUSALS:
                given = {key.arg: key.value for key in one.keywords}
                yield f"{file.relative_to(KIT)}:{one.lineno}", name, one.args, given


def test_a_plural_is_never_left_to_the_reader():
    """« 3 lignes », never « 3 ligne(s) »: `base.words.counted` writes it."""
    met = [f"{at}: {words}" for at, words in sentences_of_the_code() if PLURAL.search(words)]
    assert not met, "\n".join(met)


def test_an_error_says_what_to_do():
    silent = [at for at, name, _, given in errors_of_the_code()
              if name in TO_PEOPLE and "remedy" not in given
              and at.partition(":")[0] not in OF_THE_KIT_ITSELF]  # fmt: skip
    assert not silent, "\n".join(silent)


def test_an_error_follows_its_place_in_one_sentence():
    """« table.csv : la table ne peut pas être lue. »: what follows the colon has no capital."""
    met = [f"{at}: {words}" for at, _, args, given in errors_of_the_code()
           if args and "where" in given and (words := words_of(args[0]))[:1].isupper()]  # fmt: skip
    assert not met, "\n".join(met)


def test_an_error_has_the_spaces_of_french():
    met = [f"{at}: {words}" for at, _, args, given in errors_of_the_code()
           for part in (*args, given.get("remedy"))
           if (words := words_of(part)) and BREAKING.search(words)]  # fmt: skip
    assert not met, "\n".join(met)


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, "ligne relue", "0 ligne relue"),
        (1, "ligne relue", "1 ligne relue"),
        (2, "ligne relue", "2 lignes relues"),
        (3, "avis manquant", "3 avis manquants"),
    ],
)
def test_each_word_takes_the_number(number, words, told):
    assert counted(number, words) == told
