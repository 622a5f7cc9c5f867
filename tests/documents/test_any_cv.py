"""Any CV, in every template, in every format: every fact is there."""

import io
import re

import docx
import pytest
from document_person import TODAY, read, squeezed, target
from hypothesis import HealthCheck, given, settings
from strategies import facts

from iprof_kit.cv import values as printed
from iprof_kit.cv.model import Cv
from iprof_kit.cv.printing import layout
from iprof_kit.cv.sections import LISTS
from iprof_kit.documents import characters, render
from iprof_kit.documents.model import TEMPLATES

NOT_PRINTED = {"id", "source", "nature", "role", "etat", "corps", "civilite", "photo"}
DATES = {"debut", "fin", "annee", "date_echelon", "entree_corps", "titularisation", "annee_acces"}
AS_PRINTED = {
    "quotite": printed.share, "heures": printed.hours, "echelon": printed.rank,
    "date_naissance": printed.day,
}  # fmt: skip
ELSEWHERE_THAN_STATUTORY = {name for name, section in LISTS.items() if section.rubriques is None}
LONG = 40
"""A longer word may go on on the next page, the other column between: its start is looked for."""
FOOT = "\ue000"
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+")


def words_of(faits, modele):
    """Yield every word that a document of these facts must hold."""
    statutory = modele == "statutaire"
    whole = [faits.identite, faits.contact, faits.situation, *faits.contact.profils]
    for section in LISTS:
        if statutory and section in ELSEWHERE_THAN_STATUTORY:
            continue
        for item in getattr(faits, section):
            if not (statutory and getattr(item, "nature", "") == "personnelle"):
                whole.append(item)
    for part in whole:
        for name in set(type(part).model_fields) - NOT_PRINTED:
            value = getattr(part, name)
            if isinstance(value, str) and not (statutory and name == "resume"):
                yield from WORD.findall(said(name, value))


def said(name, value):
    if name in DATES:
        long = {"date_echelon", "entree_corps", "titularisation"}
        return (printed.day if name in long else printed.short)(value)
    return AS_PRINTED.get(name, lambda v: v)(characters.printable(value))


def unpaged(document):
    word = docx.Document(io.BytesIO(render.docx(document)))
    return {
        "text": render.text(document),
        "html": re.sub(r"<[^>]+>", " ", render.html(document)),
        "docx": "\n".join(paragraph.text for paragraph in word.paragraphs),
    }


def without_feet(text, name):
    """Return a text squeezed, without the foot of its pages, which may cut a word in two."""
    marked = re.sub(r", page \d+ sur \d+(?=\n|$)", FOOT, text)
    return squeezed(marked).replace(squeezed(name) + FOOT, "")


def check(faits):
    cv = Cv(faits=faits)
    for modele in TEMPLATES:
        document = layout.document(cv, target(modele, date_naissance=True), TODAY)
        wanted = {squeezed(word)[:LONG].casefold() for word in words_of(faits, modele)}
        outputs = {"pdf": read(render.pdf(document, modele))}
        if modele in ("classique", "statutaire"):  # the other templates say the same
            outputs |= unpaged(document)
        for name, output in outputs.items():
            held = without_feet(output, document.name).casefold()
            lost = [word for word in wanted if word not in held]
            assert not lost, (modele, name, lost)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(faits=facts(most=1))
def test_every_fact_is_printed_in_every_template_and_format(faits):
    check(faits)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(faits=facts(most=3))
def test_every_fact_is_printed_in_five_hundred_cvs(faits):
    check(faits)
