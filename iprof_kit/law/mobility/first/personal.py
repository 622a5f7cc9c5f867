"""What a person's own situation gives: handicap, overseas, POP, repeated wish, CIMM."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from iprof_kit.base.calendar import (
    YEAR,
    add_months_civil,
    axis_of,
    date_text,
    duration_text,
    rentree,
    rentree_day,
)
from iprof_kit.base.words import number_text
from iprof_kit.law.mobility.criteria import departement
from iprof_kit.law.mobility.first.basket import Basket
from iprof_kit.law.mobility.first.person import Cimm, Handicap, OldWish, Overseas, Person1D
from iprof_kit.law.mobility.first.rules import (
    CRITERIA,
    PARAMETERS,
    TABLE,
    item_points,
    parameter,
)
from iprof_kit.law.tables.rules import rule

HANDICAP, OVERSEAS, POP, AGAIN, CIMM = (
    "handicap",
    "mayotte_guyane",
    "poste_a_profil",
    "voeu_repete",
    "cimm",
)
_LDG = "lignes directrices de gestion du 22-10-2024 (mobilité)"
MAYOTTE = "976"


def ask_personal(person: Person1D, baskets: Sequence[Basket]) -> None:
    """Ask, for every wish, for what the person's own situation gives."""
    for basket in baskets:
        if person.handicap:
            _ask_handicap(person.handicap, basket)
        if person.outre_mer:
            _ask_overseas(person.outre_mer, basket)
        if person.poste_a_profil_depuis:
            _ask_pop(person.poste_a_profil_depuis, basket)
        if person.anciens_voeux:
            _ask_again(person.anciens_voeux, basket)
        if person.cimm:
            _ask_cimm(person.cimm, basket)


def _ask_handicap(handicap: Handicap, basket: Basket) -> None:
    if handicap.boe:
        basket.add(HANDICAP, "boe", "RQTH en cours ou situation équivalente, de l’agent")
    if handicap.dossier is None:
        return
    case = "dossier_dasen"
    known = CRITERIA.find(basket.campagne, HANDICAP, case) is not None
    why, unknown = file_refusal(handicap, basket.voeu, basket.campagne) if known else ("", False)
    if why:
        basket.refuse(HANDICAP, case, why, unknown=unknown)
    else:
        basket.add(
            HANDICAP,
            case,
            "sous réserve de la décision du DASEN, après avis du médecin de prévention",
        )


@rule(
    name="inter_1d_dossier_handicap",
    sentence="Le DASEN peut accorder, après avis du médecin de prévention, une bonification pour "
    "les vœux qui améliorent les conditions de vie ; l’enfant a moins de "
    "{1d_enfant_handicap_age_limite:an} au 31 août de l’année précédente.",
    source=f"{_LDG}, handicap ; FSU-SNUipp 75 pour l’âge",
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def file_refusal(handicap: Handicap, voeu: str, campagne: int) -> tuple[str, bool]:
    """Return why a file does not concern a wish ("" if it does), and if a date misses."""
    if voeu not in handicap.voeux_ameliorant:
        return "ce vœu n’est pas de ceux qui améliorent les conditions de vie", False
    if handicap.dossier != "enfant":
        return "", False
    if handicap.naissance_enfant is None:
        return "date de naissance de l’enfant manquante", True
    limit = int(parameter("enfant_handicap_age_limite", campagne))
    if add_months_civil(handicap.naissance_enfant, limit * 12) < rentree_day(campagne - 1):
        return f"l’enfant n’a pas moins de {limit} ans au 31 août {campagne - 1}", False
    return "", False


def _ask_overseas(overseas: Overseas, basket: Basket) -> None:
    case = "mayotte_5_ans" if overseas.departement == MAYOTTE else "guyane_poste_isole"
    known = CRITERIA.find(basket.campagne, OVERSEAS, case) is not None
    why = overseas_refusal(overseas, basket.campagne) if known else ""
    if why:
        basket.refuse(OVERSEAS, case, why)
    else:
        basket.add(OVERSEAS, case, f"en poste depuis le {date_text(overseas.depuis)}")


@rule(
    name="inter_1d_outre_mer",
    sentence="La bonification demande {1d_mayotte_annees:année} de services effectifs et continus "
    "à Mayotte à la suite d’une mobilité, ou {1d_guyane_annees:année} en Guyane, dont "
    "{1d_guyane_annees_poste_isole} sur un poste isolé.",
    source=f"{_LDG} ; FSU-SNUipp 77 (règles outre-mer, mouvement 2025)",
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def overseas_refusal(overseas: Overseas, campagne: int) -> str:
    """Return why time in Mayotte or Guyane gives nothing, "" if it does."""
    if not overseas.suite_mobilite:
        return "affectation qui ne fait pas suite à une mobilité"
    if overseas.departement == MAYOTTE:
        return _too_short(overseas.depuis, "mayotte_annees", campagne)
    why = _too_short(overseas.depuis, "guyane_annees", campagne)
    if not why and overseas.poste_isole_depuis is None:
        return "aucun service sur un poste isolé"
    return why or _too_short(overseas.poste_isole_depuis, "guyane_annees_poste_isole", campagne)


def _too_short(since: date | None, needed: str, campagne: int) -> str:
    """Return what misses on 31 August of the rentrée aimed at, "" if nothing does."""
    years = parameter(needed, campagne)
    days = 0 if since is None else max(0, rentree(campagne) - axis_of(since))
    if days >= years * YEAR:
        return ""
    return f"{duration_text(days)} au 31 août {campagne} ; il faut {number_text(years)} ans"


def _ask_pop(since: date, basket: Basket) -> None:
    row = CRITERIA.find(basket.campagne, POP, "pop_3_ans")
    why = profile_refusal(since, basket.campagne) if row else ""
    if why:
        basket.refuse(POP, "", why)
    else:
        since_when = f"depuis le {date_text(since)} ; {row.condition}" if row else ""
        basket.add(POP, "pop_3_ans", since_when)


@rule(
    name="inter_1d_poste_a_profil",
    sentence="Sur un poste à profil national, {1d_pop_annees:année} d’exercice en activité donnent "
    "une bonification.",
    source="SE-UNSA 33",
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def profile_refusal(since: date, campagne: int) -> str:
    """Return what misses, "" if nothing does."""
    return _too_short(since, "pop_annees", campagne)


def _ask_again(old: Sequence[OldWish], basket: Basket) -> None:
    if basket.rang != 1:
        return
    times = renewals(tuple(old), basket.voeu, basket.campagne)
    if times:
        basket.add(
            AGAIN,
            "par_renouvellement",
            f"{times} renouvellement{'s' if times > 1 else ''} du même vœu 1",
            lambda: float(
                item_points("inter_1d_voeu_repete", np.array([times]), basket.campagne)[0]
            ),
        )
    else:
        basket.refuse(
            AGAIN,
            "",
            "vœu 1 changé, participation interrompue ou mutation annulée : "
            "le compte repart de zéro",
        )


@rule(
    name="inter_1d_renouvellements",
    sentence="Le compte des renouvellements est remis à zéro par un changement de vœu 1, une "
    "interruption de participation ou l’annulation d’une mutation obtenue sur le vœu 1.",
    source=f"{_LDG}, vœu répété ; Sgen-CFDT",
    since="2024-09-01",
    tables=(TABLE,),
)
def renewals(old: Sequence[OldWish], voeu: str, campagne: int) -> int:
    """Return how many campaigns in a row, just before this one, had the same first wish."""
    firsts = {wish.campagne: wish for wish in old}
    times = 0
    while (wish := firsts.get(campagne - times - 1)) is not None:
        if wish.departement != voeu or wish.annulee:
            break
        times += 1
    return times


def _ask_cimm(cimm: Cimm, basket: Basket) -> None:
    known = CRITERIA.find(basket.campagne, CIMM, "dom") is not None
    why = cimm_refusal(cimm, basket.rang, basket.voeu, basket.campagne) if known else ""
    if why:
        basket.refuse(CIMM, "", why)
    else:
        basket.add(CIMM, "dom", cimm_validity(cimm, basket.campagne) if known else "")


@rule(
    name="inter_1d_cimm",
    sentence="Le centre des intérêts matériels et moraux bonifie le vœu 1 qui est le département "
    "d’outre-mer concerné ; une reconnaissance pour {1d_cimm_validite_mois:an} s’éteint.",
    source="circulaire DGAFP B7 n° 2129 du 03-01-2007",
    since="2024-09-01",
    tables=(TABLE, "departements", PARAMETERS),
)
def cimm_refusal(cimm: Cimm, rang: int, voeu: str, campagne: int) -> str:
    """Return why the CIMM gives nothing to a wish, "" if it does."""
    if departement(cimm.departement, where="cimm").values["est_dom"] != "oui":
        return f"{cimm.departement} n’est pas un département d’outre-mer"
    if rang != 1 or voeu != cimm.departement:
        return f"réservé au vœu 1, s’il est le département concerné ({cimm.departement})"
    if cimm.reconnu_le and _for_six_years(cimm, campagne):
        ends = add_months_civil(cimm.reconnu_le, int(parameter("cimm_validite_mois", campagne)))
        if ends < rentree_day(campagne):
            return f"reconnaissance valable jusqu’au {date_text(ends)}"
    return ""


@rule(
    name="inter_1d_cimm_validite",
    sentence="La reconnaissance est sans limite de durée à partir de "
    "{1d_cimm_irreversibles_sans_limite} critères irréversibles. Elle vaut "
    "{1d_cimm_validite_mois:an} pour {1d_cimm_irreversibles_6_ans:critère irréversible} et "
    "{1d_cimm_reversibles_6_ans:réversible}, ou {1d_cimm_irreversibles_6_ans_bis:irréversible} et "
    "{1d_cimm_reversibles_6_ans_bis:réversible} ; en 2026, l’appréciation est locale.",
    source="circulaire DGAFP du 02-08-2023 TFPF2320324C, écartée en 2026 (TA Toulouse 19-03-2025)",
    since="2024-09-01",
    tables=(TABLE, PARAMETERS),
)
def cimm_validity(cimm: Cimm, campagne: int) -> str:
    """Return, in French, how long the recognition holds and who appreciates it."""
    local = CRITERIA.find(campagne, "regle", "cimm_circulaire_2023_ecartee")
    if local is not None:
        return local.condition
    if CRITERIA.find(campagne, "regle", "cimm_validite_sans_limite") is None:
        return "sous réserve de l’appréciation de l’administration"
    if cimm.irreversibles is None:
        return "nombre de critères non donné : à apprécier par l’administration"
    if cimm.irreversibles >= parameter("cimm_irreversibles_sans_limite", campagne):
        kept = CRITERIA.read(campagne, "regle", "cimm_validite_sans_limite")
        return f"{cimm.irreversibles} critères irréversibles : {kept.condition}"
    if _for_six_years(cimm, campagne):
        kept = CRITERIA.read(campagne, "regle", "cimm_validite_6_ans")
        return f"{kept.condition} : reconnaissance pour {kept.fact.text('unite')}"
    if cimm.reversibles is None:
        return "nombre de critères réversibles non donné : à apprécier par l’administration"
    return "critères trop peu nombreux pour une durée de reconnaissance : à apprécier"


def _for_six_years(cimm: Cimm, campagne: int) -> bool:
    """Tell whether the criteria give a recognition that ends (circulaire of 2023)."""
    if CRITERIA.find(campagne, "regle", "cimm_validite_6_ans") is None:
        return False
    fixed, moving = cimm.irreversibles, cimm.reversibles
    if fixed is None or moving is None:
        return False
    if fixed >= parameter("cimm_irreversibles_sans_limite", campagne):
        return False
    return any(
        fixed >= parameter(f"cimm_irreversibles_6_ans{end}", campagne)
        and moving >= parameter(f"cimm_reversibles_6_ans{end}", campagne)
        for end in ("", "_bis")
    )
