"""What is said of what she told, where another screen counts it: which facts, told where."""

from __future__ import annotations

from iprof_kit.base.words import counted
from iprof_kit.calculate.pay.choices import heads_schools
from iprof_kit.services.contract.posts import posted_on
from iprof_kit.services.contract.standing import heads_school
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.told import PAY, PENSION
from iprof_kit.ui.shared import text

BY_HER = f"d’après ce que vous avez indiqué dans {PENSION}"
"""Said of an age that rests on it, on a screen and in the agenda: never what she indicated."""


def ages_said(one: OwnSituation) -> str:
    """Return what she told of her ages and that a career counts; "" where it is the file's."""
    start, filed = one.start, one.filed
    if start is None or filed is None or start == filed:
        return ""
    facts = []
    if children := start.enfants_a_charge:
        facts.append(f"{counted(children, 'enfant')} à charge à la limite d’âge")
    if one.tells_category:
        facts.append("vos services d’instituteur")
    return f"Compté ici, et indiqué dans {PENSION} : {text.listed(facts)}."


def direction_said(one: OwnSituation) -> str:
    """Return why the school that she says to head brings no échelon forward; "" for none said."""
    start = one.start
    if start is None or start.annees_direction or not one.pay.get("direction_classes", "").strip():
        return ""
    if not heads_schools(start.corps, one.today) or any(
        map(heads_school, posted_on(one.dossier, one.today))
    ):
        return ""
    return (
        f"Vous avez indiqué dans {PAY} diriger une école : les années complètes qui avancent un "
        "échelon se lisent dans votre dossier, qui n’en montre pas. Aucun mois n’est compté ici."
    )
