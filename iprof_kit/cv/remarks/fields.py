"""Fields of a CV that do not have the form expected: addresses, levels, numbers, long texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import BaseModel

from iprof_kit.cv import lists
from iprof_kit.cv.form import LONGEST_TEXT
from iprof_kit.cv.person import Contact, Photo
from iprof_kit.cv.plain_text import has_invisible
from iprof_kit.cv.remarks.limits import limit_of
from iprof_kit.cv.remarks.remark import Remarque, remark, short
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.publications import Publication
from iprof_kit.documents.characters import not_printed, undrawn

_LONG_LINE, _LONG_TEXT = 300, 4_000
_WHOLE_YEAR_HOURS, _FULL_TIME = 8_784, 100
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[\d\s.\-()/\u00a0\u202f]{6,25}")
_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_NUMEN = re.compile(r"\b\d{2}[A-Z]\d{7}[A-Z]{3}\b", re.ASCII)
_NIR = re.compile(r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?\b")
_FRANCE = ("", "france")


def texts(part: BaseModel, where: str) -> Iterator[Remarque]:
    """Return the remarks on the texts of one object, whatever its fields are."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if not isinstance(value, str) or isinstance(part, Photo):
            continue
        limit = limit_of(part, name, f"{where}.{name}")
        if excess := limit.passed_by(value):
            yield remark(excess.where, "erreur", excess.message, excess.remedy)
            continue  # nor is it looked through
        readable = _LONG_TEXT if limit.most == LONGEST_TEXT else _LONG_LINE
        if len(value) > readable:
            yield remark(
                f"{where}.{name}",
                "avertissement",
                f"Ce texte a {len(value)} caractères ; au-delà de {readable}, un CV se lit mal.",
                "Raccourcissez-le ; rien n’est coupé.",
            )
        if has_invisible(value):
            yield remark(
                f"{where}.{name}",
                "avertissement",
                "Ce texte contient des caractères invisibles, qui peuvent changer l’ordre "
                "des mots.",
                "Effacez-le et tapez-le de nouveau.",
            )
        if lost := undrawn(value):
            yield remark(
                f"{where}.{name}",
                "avertissement",
                not_printed(lost),
                "Écrivez-le autrement : le DOCX et le texte le gardent, les pages et le PDF non.",
            )
        if _NUMEN.search(value) or _NIR.search(value):
            yield remark(
                f"{where}.{name}",
                "avertissement",
                "Ce texte semble contenir un NUMEN ou un numéro de sécurité sociale.",
                "Retirez-le : un CV circule.",
            )


def contact(one: Contact) -> Iterator[Remarque]:
    """Return the remarks on how to reach the person."""
    where = "faits.contact"
    if one.courriel.strip() and not _EMAIL.fullmatch(one.courriel.strip()):
        yield remark(
            f"{where}.courriel",
            "erreur",
            f"{short(one.courriel)} n’est pas une adresse de courriel.",
            "Exemple : camille.martin@exemple.fr.",
        )
    if one.telephone.strip() and not _PHONE.fullmatch(one.telephone.strip()):
        yield remark(
            f"{where}.telephone",
            "avertissement",
            f"{short(one.telephone)} ne ressemble pas à un numéro de téléphone.",
            "Exemple : 06 39 98 00 00.",
        )
    postcode = one.code_postal.strip()
    if postcode and one.pays.strip().casefold() in _FRANCE and not _POSTCODE.fullmatch(postcode):
        yield remark(
            f"{where}.code_postal",
            "avertissement",
            f"{short(postcode)} n’est pas un code postal français.",
            "Donnez cinq chiffres, ou précisez le pays.",
        )
    yield from web_address(f"{where}.site", one.site)
    for number, profile in enumerate(one.profils):
        yield from web_address(f"{where}.profils.{number}.adresse", profile.adresse)


def web_address(where: str, value: str) -> Iterator[Remarque]:
    """Return a remark where an address is not one of the web; it is then printed, not linked."""
    if value.strip() and not is_web_address(value):
        yield remark(
            where,
            "avertissement",
            f"{short(value)} n’est pas une adresse du web.",
            "Commencez par https://. Telle quelle, elle est imprimée sans lien.",
        )


def is_web_address(value: str) -> bool:
    """Tell whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(value.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in value
    except ValueError:
        return False


def of_item(item: Item, where: str) -> Iterator[Remarque]:
    """Return the remarks on the codes and the numbers of one line."""
    if isinstance(item, Diplome) and item.niveau and item.niveau not in lists.NIVEAUX_DIPLOME:
        known = ", ".join(lists.NIVEAUX_DIPLOME)
        yield remark(
            f"{where}.niveau",
            "avertissement",
            f"Le niveau {short(item.niveau)} n’est pas dans la liste.",
            f"Niveaux connus : {known}.",
        )
    if isinstance(item, Competence) and item.nature == "langue":
        yield from _language(item, where)
    if isinstance(item, Formation):
        yield from _number(f"{where}.heures", item.heures, _WHOLE_YEAR_HOURS, "heures")
    if isinstance(item, Fonction):
        yield from share(f"{where}.quotite", item.quotite)
    if isinstance(item, Publication):
        yield from web_address(f"{where}.adresse", item.adresse)


def share(where: str, value: str) -> Iterator[Remarque]:
    """Return a remark where a quotité is not a percentage."""
    yield from _number(where, value.replace("%", ""), _FULL_TIME, "pour cent")


def _language(item: Competence, where: str) -> Iterator[Remarque]:
    known = (*lists.CECRL, lists.MATERNELLE)
    if item.niveau and item.niveau not in known:
        yield remark(
            f"{where}.niveau",
            "avertissement",
            f"{short(item.niveau)} n’est pas un niveau du CECRL.",
            f"Niveaux connus : {', '.join(known)}.",
        )


def _number(where: str, value: str, most: int, unit: str) -> Iterator[Remarque]:
    if not value.strip():
        return
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        yield remark(
            where,
            "erreur",
            f"{short(value)} n’est pas un nombre.",
            "Écrivez un nombre seul : 12 ou 7,5.",
        )
        return
    if not 0 < number <= most:
        yield remark(
            where,
            "erreur",
            f"{short(value)} n’est pas possible.",
            f"Donnez un nombre entre 0 et {most}, en {unit}.",
        )
