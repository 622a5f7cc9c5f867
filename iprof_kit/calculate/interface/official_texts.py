"""Sources as a teacher's screen says them: the official texts, else the pages read, « à vérifier ».

Where a text is named, sites, files, notes of calculation and the letter of our confidence are left
to « Règles et sources ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from iprof_kit.calculate.interface.in_full import days_in_words, in_full

_OFFICIAL = re.compile(
    r"^(par analogie,? )?(lois?|décrets?|arrêtés?|ordonnances?|codes?|circulaires?|"
    r"notes? de service|instructions?|règlements?|lignes directrices|accord interministériel)\b",
    re.IGNORECASE,
)
_CODES = {
    "CSS": "code de la sécurité sociale",
    "CGI": "code général des impôts",
    "CGFP": "code général de la fonction publique",
    "CPCMR": "code des pensions civiles et militaires",
    "CJA": "code de justice administrative",
    "CRPA": "code des relations entre le public et l’administration",
    "C. éduc.": "code de l’éducation",
}
_CODE = "|".join(map(re.escape, _CODES))
_CODE_FIRST = re.compile(rf"^({_CODE}),? (?:art\.\s)?(?=[A-Z]?\.?\s?\d)")
_CODE_LAST = re.compile(rf"^(?:art\.\s)?(.+?) ({_CODE})$")
_WRITTEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^Circulaire"), "circulaire"),
    (re.compile(r"^(Loi|Décret|Arrêté)"), lambda match: match[1].lower()),
    (re.compile(r"^ord\. "), "ordonnance "),
    (re.compile(r"^LDG\b"), "lignes directrices de gestion"),
    (_CODE_FIRST, lambda match: f"{_CODES[match[1]]}, art. "),
    (_CODE_LAST, lambda match: f"{_CODES[match[2]]}, art. {match[1]}"),
    (re.compile(r"(?<=\d) art\. "), ", art. "),
)
_FILE = re.compile(r"\s*(?:\(voir [^()]*\.csv[^()]*\)|; voir [\w-]+\.csv[\w ]*)")
_UNIONS = re.compile(r"\s*\((?:SNES|FSU|SNUipp|SE-UNSA|UNSA|Sgen|SNALC|SNUEP)\b[^()]*\)")
_TAIL = re.compile(r"(, en vigueur [^()]*)?\s*(?:\(confiance\s[A-D]\))?$")
_PARTS = re.compile(r"\s;\s")
_ASIDE = re.compile(
    r"\s*\(.*|,? (?:cité par|applicable au|puis|publié au|effet au|consolidé)\b.*"
    r"|\s:\s.*\.(?:fr|com|org|net|eu|info)\b.*"
)
"""What follows the name of a text: versions, files, sites that quote it."""
TO_VERIFY = "à vérifier"
"""What is said in place of a text that is not official."""
_BESIDE = f" ({TO_VERIFY})"
_SITE = re.compile(r"\b(?:[\w-]+\.)+(?:fr|com|org|net|eu|info|edu)\b|\bservice-public F\d+")
_OF_THE_STATE = re.compile(r"\.gouv\.fr$|^service-public\b|(?:^|\.)ac-[\w-]+\.fr$")
_UNION_PAGE = re.compile(
    r"^(?:FSU|SNES|SNEP|SNUipp|SNUEP|SNUDI|SNFOLC|SNCL|SNALC|SE-UNSA|SE-Unsa|UNSA|Sgen|CGT|"
    r"(?:Barème |Calculateur )?Sud éducation|Spelc|FO)\b[^,;:(]*"
)
_MOST_PAGES = 2


@lru_cache(maxsize=2048)
def official_texts(source: str) -> tuple[str, ...]:
    """Return the laws, décrets and arrêtés that a source names, as a person reads them."""
    read = (part for part in _PARTS.split(source) if "de mémoire" not in part)
    named = (_written(_ASIDE.sub("", part.strip())) for part in read)
    return tuple(dict.fromkeys(in_full(part) for part in named if _OFFICIAL.match(part)))


@lru_cache(maxsize=2048)
def official(source: str) -> str:
    """Return the official texts of a citation and since when they hold; "" for none."""
    tail = _TAIL.search(source)
    head = source[: tail.start()] if tail else source
    named = official_texts(head)
    in_force = (tail[1] or "").rstrip() if tail else ""
    return " ; ".join(named) + in_force if named else ""


def officials(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the official texts among sources, each once.

    Where there is none, the first pages read, « à vérifier » beside those that are of no
    administration; that mark alone where no page is named.

    Examples
    --------
    >>> officials(["décret 90-680, art. 24 ; nice.snes.edu"])
    ('décret 90-680, art. 24',)
    >>> officials(["nice.snes.edu 2024 (confiance C)"])
    ('nice.snes.edu (à vérifier)',)
    >>> officials(["notes de calcul"])
    ('à vérifier',)
    """
    given = tuple(sources)
    named = tuple(dict.fromkeys(words for words in map(official, given) if words))
    return named or pages(given) or ((TO_VERIFY,) if given else ())


def pages(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the first pages that sources name, those of no administration « à vérifier »."""
    named = dict.fromkeys(page for source in sources for page in _pages(source))
    return tuple(named)[:_MOST_PAGES]


def named_text(words: str) -> bool:
    """Tell whether what `officials` returned is a text, no page nor its absence."""
    return bool(_OFFICIAL.match(words))


def _pages(source: str) -> Iterator[str]:
    for part in _PARTS.split(source):
        union = _UNION_PAGE.match(part)
        if union and not _SITE.search(union[0]):
            yield union[0].strip() + _BESIDE
        for site in _SITE.findall(part):
            yield site if _OF_THE_STATE.search(site) else site + _BESIDE


def plainly(words: str) -> str:
    """Return a note of the tables without the names of files and unions, its days in words."""
    words = _UNIONS.sub("", _FILE.sub("", words))
    return days_in_words(words).replace("de mémoire", TO_VERIFY)


def _written(part: str) -> str:
    for pattern, words in _WRITTEN:
        part = pattern.sub(words, part)
    return part
