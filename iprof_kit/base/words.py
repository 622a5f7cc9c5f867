"""The words that people read: typography, amounts, corps, grades, échelons, appréciations.

One writer a word, for every layer; and one folding of words that are compared, not read. Months
and amounts are our own though Babel writes them too: importing it costs every command a tenth of a
second, and it parts thousands with a narrow space (U+202F) where the kit writes U+00A0.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache

from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
MINUS = "\u2212"
NOT_CALCULATED = "non calculé"
SPECIAL = "special"
_FIRST_GRADES = ("classe_normale", "grade_unique")
_SPACE = rf"[ {NARROW_NBSP}](?:(?=[;:!?%€»])|(?<=«.)|(?<=\bn°.)(?=\d))"
_HARD_SPACES = re.compile(_SPACE)
_HARD_SPACES_READ = re.compile(rf"{_SPACE}(?=[^<>]*<(?!/(?:script|style)))")
_READ_ATTRIBUTES = "alt|aria-description|aria-label|aria-valuetext|data-banner|placeholder|title"
_ATTRIBUTES_READ = re.compile(rf'(?<=\s)((?:{_READ_ATTRIBUTES})=")([^"]* [^"]*)(?=")')
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
    }
)
"""Letters that Unicode does not take apart."""
_APPRECIATIONS = {
    "tres_satisfaisant": "très satisfaisant",
    "a_consolider": "à consolider",
    "tres_favorable": "très favorable",
    "defavorable": "défavorable",
}
_CENTS = 100
_KILO = 1_000
_DECIMALS = 6
_SHARES = {Fraction(1, 2): "la moitié", Fraction(1, 3): "un tiers", Fraction(1, 4): "un quart"}


def hard_spaces(text: str) -> str:
    """Return the text with non-breaking spaces where French wants them, nothing else changed.

    Called where words leave, and nowhere before (docs/architecture.md): literal French is written
    with « ’ » at its source, and what a person typed keeps its apostrophes.
    """
    return _HARD_SPACES.sub(NBSP, text)


def hard_spaces_read(html: str) -> str:
    """Return HTML with non-breaking spaces in what is read: between its tags, in labels and titles.

    Fields, addresses and `data-` attributes stay as they are, the banner apart: it is read.

    Examples
    --------
    >>> hard_spaces_read('<b id="a : b" title="a : b">a : b</b>').replace(NBSP, "_")
    '<b id="a : b" title="a_: b">a_: b</b>'
    """
    html = _HARD_SPACES_READ.sub(NBSP, html)
    return _ATTRIBUTES_READ.sub(lambda it: it[1] + hard_spaces(it[2]), html)


def unaccented(text: str) -> str:
    """Return a text without accents, its ligatures taken apart."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text).translate(_LIGATURES)
    return "".join(one for one in letters if not unicodedata.combining(one))


def folded(text: str) -> str:
    """Return a text to compare with what others wrote: no accents, case, typography."""
    return " ".join(unaccented(text.replace("’", "'")).casefold().split())


def folded_words(before: str, *texts: str, longest: int = 100_000) -> str:
    """Return words to look among: those of `before`, then each new one of some texts, once.

    Parameters
    ----------
    before : str
        What this function returned for the texts that came earlier.
    *texts : str
        In any case, with or without accents.
    longest : int
        Characters beyond which no word is added.

    Examples
    --------
    >>> folded_words("arrete", "L’arrêté du 3 juillet")
    "arrete l'arrete du 3 juillet"
    """
    known = dict.fromkeys(before.split())
    room = longest - len(before)
    for word in folded(" ".join(texts)).split():
        if word not in known and len(word) < room:
            known[word] = None
            room -= len(word) + 1
    return " ".join(known)


def plain_letters(text: str) -> str:
    """Return what a text keeps in ASCII, its accents alone lost."""
    letters = unicodedata.normalize("NFKD", text).translate(_LIGATURES)
    return letters.encode("ascii", "ignore").decode()  # accents apart are no ASCII


def dashed(text: str) -> str:
    """Return the letters and digits of a text, a dash for all the rest: for names of files."""
    return re.sub(r"[^A-Za-z0-9]+", "-", plain_letters(text))


def euros_text(amount: float, *, signed: bool = False) -> str:
    """Write an amount in French: « 2 371,37 € », « −12,00 € »; spaces are non-breaking.

    Parameters
    ----------
    amount : float
        Euros.
    signed : bool
        Write « + » before a positive amount (differences).
    """
    cents = round(amount * _CENTS)
    sign = MINUS if cents < 0 else "+" if signed and cents > 0 else ""
    whole, rest = divmod(abs(cents), _CENTS)
    thousands = f"{whole:,}".replace(",", NBSP)
    return f"{sign}{thousands},{rest:02d}{NBSP}€"


def number_text(value: float) -> str:
    """Write a number in French, as precisely as it is known: « 5 125 », « 1,6702 »."""
    whole, _, decimals = f"{round(value, _DECIMALS):,.{_DECIMALS}f}".partition(".")
    thousands, rest = whole.replace(",", NBSP), decimals.rstrip("0")
    return f"{thousands},{rest}" if rest else thousands


def points_text(points: float) -> str:
    """Write points of a score in French: « 1 702 », « 1,83 »."""
    text = f"{points:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", NBSP).replace(".", ",")


def fraction_words(value: float) -> str:
    """Write a share as it is said (« la moitié », « un tiers ») or as a fraction (« 6/7 »)."""
    share = Fraction(value).limit_denominator(_CENTS)
    return _SHARES.get(share, str(share))


def counted(number: int, words: str) -> str:
    """Return « 0 ligne relue », « 1 ligne relue », « 3 lignes relues »: each word in its number.

    Parameters
    ----------
    number : int
        How many.
    words : str
        A noun and its adjectives, in the singular: what follows them is none of theirs.
    """
    if number > 1:
        words = " ".join(one if one[-1] in "sxz" else f"{one}s" for one in words.split(" "))
    return f"{number} {words}"


def corps_label(corps: str, *, plural: bool = False) -> str:
    """Return « Professeur des écoles » (or « Professeurs des écoles ») for `pe`.

    Raises
    ------
    InputError
        Unknown corps; the message lists the known ones.
    """
    return _find(_plural_corps() if plural else _labels("corps"), corps, "corps")


def feminine(name: str) -> str:
    """Return « Professeure certifiée » for « Professeur certifié »; an unknown name as it came."""
    return _feminines().get(name.replace("'", "’"), name)


def grade_label(grade: str) -> str:
    """Return « hors classe » for `hors_classe`."""
    return _find(_labels("grade"), grade, "grade")


def corps_and_grade_label(corps: str, grade: str) -> str:
    """Return « Professeur des écoles de classe normale », « Professeur agrégé hors classe »."""
    name, rank = corps_label(corps), grade_label(grade)
    if grade == "grade_unique":
        return name
    return f"{name} {rank}" if grade == "hors_classe" else f"{name} de {rank}"


def place_in_full(corps: str, grade: str, echelon: str = "", chevron: str | None = None) -> str:
    """Return « professeur certifié hors classe, 7e échelon »; the grade alone without échelon.

    Examples
    --------
    >>> place_in_full("certifie", "hors_classe", "7")
    'professeur certifié hors classe, 7e échelon'
    """
    who = corps_and_grade_label(corps, grade)
    who = f"{who[:1].lower()}{who[1:]}"
    return f"{who}, {echelon_label(echelon, chevron)}" if echelon else who


def grade_words(grade: str) -> str:
    """Return « hors classe »; nothing for a corps of one grade, an unknown one as it came."""
    return "" if grade == "grade_unique" else _labels("grade").get(grade, grade.replace("_", " "))


def nth(echelon: str) -> str:
    """Return « 1er », « 7e », « spécial »."""
    if echelon == SPECIAL:
        return "spécial"
    return "1er" if echelon == "1" else f"{echelon}e"


def echelon_label(echelon: str, chevron: str | None = None) -> str:
    """Return « 1er échelon », « 7e échelon », « échelon spécial, chevron HEA1 »."""
    name = "échelon spécial" if echelon == SPECIAL else f"{nth(echelon)} échelon"
    return f"{name}, chevron {chevron}" if chevron else name


def position_label(grade: str, echelon: str, chevron: str | None = None) -> str:
    """Return « 7e échelon » in the first grade, « hors classe, 2e échelon » in the others."""
    where = echelon_label(echelon, chevron)
    return where if grade in _FIRST_GRADES else f"{grade_words(grade)}, {where}"


def the_place(grade: str, echelon: str, chevron: str | None = None) -> str:
    """Return « le 9e échelon », « le 5e échelon de la hors classe », « l’échelon spécial de … »."""
    here = echelon_label(echelon, chevron)
    the = f"l’{here}" if here.startswith("é") else f"le {here}"
    if grade in _FIRST_GRADES:
        return the
    return f"{the}{',' if chevron else ''} de la {grade_words(grade)}"


def after_de(noun: str) -> str:
    """Return a noun and its article after « de »: « du recteur », « de l’échelon spécial »."""
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if noun.startswith(article):
            return contracted + noun.removeprefix(article)
    return f"de {noun}"


def at_place(place: str) -> str:
    """Return « au 7e échelon », « à l’échelon spécial », « en hors classe, 2e échelon »."""
    if place.startswith("échelon"):
        return f"à l’{place}"
    return f"au {place}" if place[:1].isdigit() else f"en {place}"


def at_echelon(echelon: str, chevron: str | None = None) -> str:
    """Return « au 7e échelon », « à l’échelon spécial »."""
    return at_place(echelon_label(echelon, chevron))


def appreciation_label(code: str) -> str:
    """Return « très satisfaisant » for `tres_satisfaisant`; an unknown one as it came."""
    return _APPRECIATIONS.get(code, code)


def weight_text(size: int) -> str:
    """Return « 240 octets », « 24 Ko », « 1,2 Mo » for a number of bytes."""
    if size < _KILO:
        return f"{size} octets"
    if size < _KILO**2:
        return f"{round(size / _KILO)} Ko"
    return f"{size / _KILO**2:.1f} Mo".replace(".", ",")


def uncapitalised(name: str) -> str:
    """Return a name in the middle of a sentence: « psychologue de l’Éducation nationale »."""
    return name[:1].lower() + name[1:]


def known_corps() -> tuple[str, ...]:
    """Return the codes of the corps that the kit knows, in the order of corps.csv."""
    return tuple(_plural_corps())


def label(nomenclature: str, code: str) -> str:
    """Return the label of a code in one of the lists of nomenclatures.csv.

    Raises
    ------
    InputError
        Unknown list or code.
    """
    return _find(_nomenclatures().get(nomenclature, {}), code, nomenclature)


def _find(labels: dict[str, str], code: str, kind: str) -> str:
    if code not in labels:
        raise InputError(
            f"«\u00a0{code}\u00a0» n’est pas connu.",
            where=kind,
            remedy=f"Valeurs connues{NBSP}: {', '.join(labels)}.",
        )
    return labels[code]


@cache
def _labels(kind: str) -> dict[str, str]:
    return {row["code"]: row["libelle"] for row in written_rows("libelles") if row["type"] == kind}


@cache
def _plural_corps() -> dict[str, str]:
    return {row["corps"]: row["libelle"] for row in written_rows("corps")}


@cache
def _feminines() -> dict[str, str]:
    return {row["masculin"]: row["feminin"] for row in written_rows("feminins")}


@cache
def _nomenclatures() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for row in written_rows("nomenclatures"):
        lists.setdefault(row["liste"], {})[row["code"]] = row["libelle"]
    return lists
