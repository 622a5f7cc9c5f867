"""The official texts of a source: what a person's screen names of where a rule comes from."""

from __future__ import annotations

import re

from iprof_kit.ui.shared import text

_OFFICIAL = re.compile(
    r"^(lois?|décrets?|arrêtés?|ordonnances?|ord\.|codes?|circulaires?|notes? de service|"
    r"accord interministériel)\b",
    re.IGNORECASE,
)
_WRITTEN = (
    (re.compile(r"^Circulaire"), "circulaire"),
    (re.compile(r"^Loi"), "loi"),
    (re.compile(r"\b[Dd]ecret\b"), "décret"),
    (re.compile(r"\b[Aa]rrete\b"), "arrêté"),
    (re.compile(r"\bmodifie\b"), "modifié"),
    (re.compile(r"\b[Aa]ccord interministeriel\b"), "accord interministériel"),
    (re.compile(r"^ord\. "), "ordonnance "),
    (re.compile(r"^CSS "), "code de la sécurité sociale, art. "),
    (re.compile(r"^CPCMR (?:art\. )?"), "code des pensions civiles et militaires, art. "),
    (re.compile(r"^CGFP,? (?:art\. )?"), "code général de la fonction publique, art. "),
)
_PARTS = re.compile(r"\s;\s")
_ASIDE = re.compile(r"\s*\(.*|,? (?:cité par|applicable au|puis|publie au|effet au|consolide)\b.*")
"""What follows the name of a text: versions, files, sites that quote it."""


def official_papers(source: str) -> tuple[str, ...]:
    """Return the laws, décrets and arrêtés that a source names, as a person reads them.

    Sites, files and calculation notes are left to « Règles et sources ».
    """
    named = (_written(_ASIDE.sub("", part.strip())) for part in _PARTS.split(source))
    return tuple(dict.fromkeys(text.french(part) for part in named if _OFFICIAL.match(part)))


def _written(part: str) -> str:
    for pattern, words in _WRITTEN:
        part = pattern.sub(words, part)
    return part
