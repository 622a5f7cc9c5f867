"""The board on the wall: a séance as a lesson without phones, its question put to the room."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.base.words import corps_label
from iprof_kit.calculate.atelier.model import LETTERS, Persona
from iprof_kit.calculate.atelier.seance import Seance, packed, unpacked
from iprof_kit.calculate.et_si.answer import ScenarioCalcule
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.played_lesson import Ecran, LeconJouee, Question, Reponse, Revelation
from iprof_kit.ui.screens.atelier.pair import Pair, leading, months_text, standing, why, why_text
from iprof_kit.ui.screens.et_si.reasons import Opening
from iprof_kit.ui.screens.et_si.view import sources_of_events
from iprof_kit.ui.screens.et_si.words import doubtful_pay
from iprof_kit.ui.screens.projecteur.figure import pair_of
from iprof_kit.ui.shared import text

ID = "tableau"
"""What a lesson made of the board is called: no lesson of the kit is."""
_OF_A_TEXT = 1_200


def lesson_of(letters: str) -> LeconJouee:
    """Return the board of an address as what a room is shown, one idea a screen.

    Parameters
    ----------
    letters : str
        See `calculate.atelier.seance.packed`.

    Raises
    ------
    InputError, LawError
        These are not the letters of a séance, or the law does not answer about it.
    """
    seance = unpacked(letters)
    pair = pair_of(seance)
    persona = seance.persona
    return LeconJouee(
        id=ID,
        titre=f"{persona.prenom} {persona.nom}",
        jour=seance.jour,
        ecrans=(
            Ecran(
                titre=f"{persona.prenom} {persona.nom}, {persona.qui}",
                texte=f"{_who(persona)} Jour figé : {text.day(seance.jour)}.",
            ),
            *(_supposed(*one) for one in zip(LETTERS, pair.answer.scenarios, strict=False)),
            *((_asked(pair), *_reasons(pair, seance)) if pair.keys[0] != pair.keys[1] else ()),
            Ecran(titre=_ends(pair), figure=packed(_one_idea(seance))),
            Ecran(titre="À retenir", texte=persona.enseigne, retenir=_kept(pair)),
        ),
    )


def _one_idea(seance: Seance) -> Seance:
    """Return the séance with the two scenarios that are compared, where they keep their letters."""
    first = LETTERS[:2]
    if seance.compares != first:
        return seance
    return seance.model_copy(update={"scenarios": seance.scenarios[:2], "vu": first[0]})


def _who(persona: Persona) -> str:
    start = persona.start()
    corps = corps_label(start.corps or "")
    place = text.position_label(start.grade or "", start.echelon or "", start.chevron)
    return f"Corps : {corps[:1].lower()}{corps[1:]}. {text.sentence(place)}"


def _supposed(key: str, one: ScenarioCalcule) -> Ecran:
    events = [event_text(event) for event in one.evenements]
    words = f"{'. '.join(events)}." if events else "Sans événement, tout continue."
    return Ecran(titre=f"{key} : {one.nom}", texte=words[:_OF_A_TEXT])


def _asked(pair: Pair) -> Ecran:
    """Ask the room who earns more, then say by how much, why it stops and comes back."""
    gap = round(pair.gap.net)
    right = 2 if not gap else 0 if gap > 0 else 1
    strong, rest = leading(pair)
    title = f"D’ici {pair.horizon}, qui a le plus de net ?"
    doubtful = any(doubtful_pay(one, pair.until) for one in pair.scenarios)
    return Ecran(
        titre=title,
        question=Question(
            forme="choix",
            texte=title,
            precision=f"Du {text.day(pair.answer.aujourdhui)} à la rentrée {pair.horizon}.",
            choix=(*_choices(pair), "Ni l’un ni l’autre"),
        ),
        revelation=Revelation(
            juste=Reponse(choix=(right,)),
            valeur=f"{text.euros(abs(gap))} nets" if gap else "Pas d’écart",
            chapeau=f"{strong} {rest}".strip(),
            texte=why_text(pair),
            sources=sources_of_events(pair.answer),
            droit_du=pair.answer.textes_verifies_le,
            a_verifier=doubtful,
        ),
    )


def _reasons(pair: Pair, seance: Seance) -> Iterator[Ecran]:
    """Yield the lines of pay that differ on the day on which the gap begins, its reason made."""
    day = next((one.day for one in why(pair) if one.day), None)
    if day is None:
        return
    question = seance.persona.question(seance.scenarios, seance.jour)
    opened = Opening.of(question, pair.answer, pair.ranks, ()).day(day)
    lines = (f"{label} : {value}" for label, value in opened.amounts)
    yield Ecran(
        titre=f"Pourquoi le {text.day(day)} ?",
        texte="\n\n".join(lines)[:_OF_A_TEXT],
    )


def _choices(pair: Pair) -> tuple[str, ...]:
    """Return the two scenarios, by their names alone where the list itself has their letters."""
    names = tuple(one.nom for one in pair.scenarios)
    if pair.keys == LETTERS[:2] and len({*names}) == len(names):
        return names
    return tuple(f"{key} : {one}" for key, one in zip(pair.keys, names, strict=True))


def _ends(pair: Pair) -> str:
    """Return what the curve shows, above it."""
    first, second = pair.keys
    if first == second:
        return pair.scenarios[0].nom
    if not pair.runs:
        return f"{first} et {second} : la même courbe"
    last = pair.runs[0][-1].end
    if last >= pair.until:
        return "L’écart dure jusqu’à la fin"
    returns = ", puis il revient" if len(pair.runs) > 1 else ""
    return f"L’écart s’arrête en {text.month(last)}{returns}"


def _kept(pair: Pair) -> tuple[tuple[str, str], ...]:
    first, second = pair.keys
    if first == second:
        return ()
    months = months_text(sum(one.months for run in pair.runs for one in run))
    places = [
        standing([piece for piece in one.tranches if piece.debut < pair.until][-1])
        for one in pair.scenarios
    ]
    return (
        (text.signed_euros(pair.gap.net), f"{first} moins {second}, net, d’ici {pair.horizon}."),
        (f"{months} mois", "de paie différente, en tout."),
        (str(pair.horizon), _at_the_end(pair.keys, places)),
    )


def _at_the_end(keys: tuple[str, str], places: list[str]) -> str:
    if places[0] == places[1]:
        return f"{keys[0]} et {keys[1]} en sont au même point : {places[0]}."
    return f"{keys[0]} : {places[0]}. {keys[1]} : {places[1]}."
