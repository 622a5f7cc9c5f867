"""CVs of every shape, for Hypothesis: any text a person may type, any date written badly."""

from typing import get_args

from hypothesis import strategies as st

from iprof_kit.cv.model import Choix, Cible, Cv, Faits, Lettre
from iprof_kit.cv.person import Contact, Identite, Profil
from iprof_kit.cv.sections import LISTS, TITLES
from iprof_kit.cv.sections.situation import Situation

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
    """Fill a model as its form asks for it; `fields` says what is otherwise."""
    base = {name: lines for name, field in model.model_fields.items() if field.annotation is str}
    base |= {spec.name: _values(spec, model) for spec in model.form}
    known = {
        name: value
        for name, value in (base | {"source": _sources} | fields).items()
        if name in model.model_fields
    }
    return st.builds(model, **known)


def _values(spec, model):
    """Return what a field may hold: what its form proposes, and what people and files write."""
    kind = model.model_fields[spec.name].annotation
    if kind is bool:
        return st.booleans()
    if kind is not str:
        return st.sampled_from(get_args(kind))
    if spec.choices:
        return _choice(*(value for value, _ in spec.choices))
    if spec.suggestions:
        return _choice("", *spec.suggestions) | lines
    return _BY_NAME.get(spec.name, _BY_KIND.get(spec.kind, lines))


def _choice(*values):
    return st.sampled_from(values)


_BY_KIND = {"long": paragraphs, "month": dates, "day": dates, "number": _numbers}
_BY_NAME = {"adresse": _addresses, "site": _addresses}

ITEM = {name: _model(section.item, id=_ids) for name, section in LISTS.items()}
"""One strategy an item section."""
profiles = _model(Profil)
identities = _model(Identite, photo=st.none())
contacts = _model(
    Contact,
    courriel=_choice("", "a@b.fr", "pas une adresse"),
    pays=_choice("", "France", "FR", "Belgique"),
    profils=st.lists(profiles, max_size=2).map(tuple),
)
situations = _model(Situation)
letters = _model(Lettre)


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
        **{name: _section(name, most) for name in LISTS},
    )


@st.composite
def targets(draw, faits):
    """Any CV made of these facts: sections hidden, reordered, retitled, lines chosen."""
    choices = []
    for section in draw(st.permutations(list(TITLES))):
        ids = [item.id for item in getattr(faits, section)] if section in LISTS else []
        chosen = st.none()
        if ids:
            chosen |= st.lists(st.sampled_from(ids), unique=True).map(tuple)
        choices.append(
            draw(
                st.builds(Choix, section=st.just(section), titre=st.just("") | lines, items=chosen)
            )
        )
    return draw(_model(Cible, id=_ids, sections=st.just(tuple(choices)), lettre=letters))


@st.composite
def cvs(draw, most=2):
    """Any CV, with up to two targets."""
    faits = draw(facts(most))
    cibles = draw(st.lists(targets(faits), max_size=2, unique_by=lambda one: one.id))
    return Cv(faits=faits, cibles=tuple(cibles))
