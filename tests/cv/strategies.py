"""CVs of every shape, for Hypothesis: any text a person may type, any date written badly."""

from typing import get_args

from hypothesis import strategies as st

from iprof_kit.cv import lists
from iprof_kit.cv.model import (
    ITEMS,
    TITLES,
    Activite,
    Choix,
    Cible,
    Competence,
    Contact,
    Cv,
    Diplome,
    Engagement,
    Faits,
    Fonction,
    Formation,
    Identite,
    Lettre,
    Modele,
    Profil,
    Publication,
    Recommandation,
    Situation,
    Usage,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "#set page(width: 1pt)",
    "$ x^2 $ *gras* _oui_ `code` @ref",
    "=cmd|' /C calc'!A0",
    "\u202eécrit à l’envers",
    "🎓 👩‍🏫",
    "\\u0000 \\input{/etc/passwd}",
    "ligne un\nligne deux\n\n- une puce",
    "« déjà » : ici ; là ! « oui ? »",
    "{{ 7 * 7 }} {% if %}",
    "مدرسة العلوم",
    "é" * 300,
)
_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"))
lines = st.text(_LETTERS, max_size=30) | st.sampled_from(HOSTILE)
paragraphs = st.lists(lines, max_size=3).map("\n".join)
_years = st.integers(1950, 2040).map(str)
_months = st.builds("{}-{:02}".format, st.integers(1950, 2040), st.integers(1, 12))
_days = st.dates().map(str)
dates = st.one_of(
    st.just(""), _years, _months, _days, st.sampled_from(("2014-13", "hier", "1999-2"))
)
_ids = st.text("abcdef0123456789-", min_size=1, max_size=12)
_sources = st.sampled_from(("dossier", "saisie"))
_numbers = st.sampled_from(("", "6", "12,5", "80", "beaucoup", "-3"))
_addresses = st.sampled_from(("", "https://exemple.fr/a?b=c", "javascript:alert(1)", "exemple.fr"))


def _model(model, **fields):
    """Fill every text of a model; `fields` says what is not a plain line."""
    base = {
        name: lines for name, field in model.model_fields.items() if field.annotation is str
    } | {"source": _sources, "description": paragraphs}
    known = {name: value for name, value in (base | fields).items() if name in model.model_fields}
    return st.builds(model, **known)


def _item(model, **fields):
    return _model(model, id=_ids, debut=dates, fin=dates, annee=dates, **fields)


def _choice(*values):
    return st.sampled_from(values)


ITEM = {
    "fonctions": _item(
        Fonction,
        nature=_choice("affectation", "fonction", "mission"),
        type=_choice("", *lists.FONCTIONS) | lines,
        quotite=_numbers,
        education_prioritaire=_choice("", "REP", "REP+"),
    ),
    "diplomes": _item(
        Diplome,
        nature=_choice("diplome", "titre"),
        etat=_choice("obtenu", "en_cours"),
        niveau=_choice("", *lists.NIVEAUX_DIPLOME) | lines,
    ),
    "formations": _item(Formation, role=_choice("stagiaire", "formateur"), heures=_numbers),
    "activites": _item(Activite, nature=_choice("professionnelle", "personnelle")),
    "competences": _item(
        Competence,
        nature=_choice("langue", "numerique", "autre"),
        niveau=_choice("", *lists.CECRL) | lines,
    ),
    "publications": _item(Publication, adresse=_addresses),
    "engagements": _item(Engagement, nature=_choice("associatif", "electif", "syndical", "autre")),
    "references": _item(Recommandation, texte=paragraphs),
}
"""One strategy an item section."""
profiles = st.builds(Profil, reseau=lines, identifiant=lines, adresse=_addresses)
identities = _model(Identite, date_naissance=dates, resume=paragraphs, photo=st.none())
contacts = _model(
    Contact,
    courriel=_choice("", "a@b.fr", "pas une adresse"),
    site=_addresses,
    pays=_choice("", "France", "FR", "Belgique"),
    profils=st.lists(profiles, max_size=2).map(tuple),
)
situations = _model(
    Situation, date_echelon=dates, entree_corps=dates, titularisation=dates, quotite=_numbers
)
letters = _model(Lettre, date=dates, texte=paragraphs)


def _section(name, most):
    return st.lists(ITEM[name], max_size=most, unique_by=lambda item: item.id).map(tuple)


def facts(most=2):
    """Any body of facts, at most so many lines a section."""
    return st.builds(
        Faits,
        identite=identities,
        contact=contacts,
        situation=situations,
        ecartes=st.lists(_ids, max_size=2, unique=True).map(tuple),
        **{name: _section(name, most) for name in ITEMS},
    )


@st.composite
def targets(draw, faits):
    """Any CV made of these facts: sections hidden, reordered, retitled, lines chosen."""
    choices = []
    for section in draw(st.permutations(list(TITLES))):
        ids = [item.id for item in getattr(faits, section)] if section in ITEMS else []
        chosen = st.none()
        if ids:
            chosen |= st.lists(st.sampled_from(ids), unique=True).map(tuple)
        choices.append(
            draw(
                st.builds(Choix, section=st.just(section), titre=st.just("") | lines, items=chosen)
            )
        )
    return draw(
        _model(
            Cible,
            id=_ids,
            usage=_choice(*get_args(Usage)),
            modele=_choice(*get_args(Modele)),
            sections=st.just(tuple(choices)),
            lettre=letters,
        )
    )


@st.composite
def cvs(draw, most=2):
    """Any CV, with up to two targets."""
    faits = draw(facts(most))
    cibles = draw(st.lists(targets(faits), max_size=2, unique_by=lambda one: one.id))
    return Cv(faits=faits, cibles=tuple(cibles))
