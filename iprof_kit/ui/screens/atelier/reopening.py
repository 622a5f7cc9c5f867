"""What is told of a séance that was reopened: what has changed since when, and who signed it."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.version import __version__
from iprof_kit.calculate.atelier.results import Change, rules_version
from iprof_kit.calculate.atelier.seance import Reopened
from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.shared import text


def notices_of(
    kept: Reopened, answer: EtSiAnswer, today: date, *, link: bool, signed: bool | None
) -> tuple[Notice, ...]:
    """Return what is told of a séance that was reopened.

    Parameters
    ----------
    answer : EtSiAnswer
        What the engine answers of its scenarios today.
    link : bool
        Whether it came by an address; one's own of the same day says nothing.
    signed : bool or None
        Whether this server signed it; None: it bears no signature, or nobody could tell.
    """
    changed = kept.changed(answer)
    if changed:
        return (_changed(kept, changed, signed),)
    if link and kept.made == today and not kept.signature:
        return ()
    what = "Lien ouvert" if link else "Séance rouverte"
    if not kept.results:
        why = "ni son jour ni ses résultats" if kept.made is None else "pas ses résultats"
        words = (
            f"Il ne disait {why} : rien ne permet de dire s’ils ont changé. Tout est calculé avec "
            "les règles d’aujourd’hui."
        )
        older = "" if kept.rules else ", d’une version antérieure du kit"
        return (Notice(f"{what}{older}.", _joined(words, _signature(kept, signed))),)
    words = f"Rien n’a changé{_since(kept)} : mêmes résultats pour {text.listed(kept.results)}."
    return (
        Notice(
            f"{what}.",
            _joined(words, _without_effect(kept), _signature(kept, signed) if link else ""),
            "ok",
        ),
    )


def _changed(kept: Reopened, changed: tuple[Change, ...], signed: bool | None) -> Notice:
    letters = text.listed(one.letter for one in changed)
    verb = "ne donne plus" if len(changed) == 1 else "ne donnent plus"
    title = f"{letters} {verb} les mêmes résultats{_since(kept)}."
    euros = " ".join(_in_euros(one) for one in changed)
    signature = _signature(kept, signed) if kept.signature else ""
    return Notice(title, _joined(euros, _cause(kept), signature))


def _in_euros(one: Change) -> str:
    if one.before == one.now:
        return f"{one.letter} : mêmes euros, mais une date, un indice ou la pension a changé."
    return (
        f"{one.letter} : {text.money(one.before)} nets jusqu’au départ alors, "
        f"{text.money(one.now)} aujourd’hui."
    )


def _cause(kept: Reopened) -> str:
    """Say what is not the same as then: the person, the tables, or the calculation."""
    if kept.persona_changed:
        return "La persona a été réécrite dans le kit."
    if kept.rules != rules_version():
        return f"Les tables du droit ont changé (kit {kept.kit} alors, {__version__} ici)."
    return f"Mêmes tables du droit ; le calcul a changé (kit {kept.kit} alors, {__version__} ici)."


def _without_effect(kept: Reopened) -> str:
    if kept.persona_changed:
        return "La persona a été réécrite depuis, sans effet ici."
    if kept.rules != rules_version():
        return "Les tables du droit ont changé depuis, sans effet ici."
    return ""


def _signature(kept: Reopened, signed: bool | None) -> str:
    if not kept.signature:
        return "Lien sans signature : rien ne dit qui l’a fait."
    return "Lien signé par ce serveur." if signed else "Sa signature n’a pas pu être vérifiée ici."


def _since(kept: Reopened) -> str:
    return f" depuis le {text.day(kept.made)}" if kept.made else " depuis son enregistrement"


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
