"""What one may ask about a payslip, and what comes back: plain typed data, JSON in and out."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import some_codes
from iprof_kit.calculate.interface.bounds import longest, refuse_two_networks, within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import (
    Chevron,
    CodesOf,
    Confiance,
    Corps,
    Echelon,
    Enfants,
    Euros,
    EurosParAn,
    Grade,
    IndiceMajore,
    Jour,
    MontantAnnuel,
    MontantMensuel,
    Part,
    Phrase,
    Pourcent,
    Zone,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer

_NO_PRIME = "aucune"
Mode = Literal["mois", "annualise", "annee", "comparaison", "gain_prochain_echelon"]
Nature = Literal["gain", "a_deduire", "retenue", "credit", "patronal"]
Trentiemes = Annotated[int, within("trentiemes")]


def _territories() -> tuple[str, ...]:
    from iprof_kit.law.payroll.overseas import territories

    return territories()


def _allowances() -> tuple[str, ...]:
    from iprof_kit.law.payroll.allowances import allowance_codes
    from iprof_kit.law.payroll.overtime import FIRST_DEGREE_CODES

    return (*allowance_codes(), *FIRST_DEGREE_CODES)


EVERY = "toutes"
Territoire = Annotated[str, CodesOf(_territories)]
MoisOuAnnee = Annotated[str, Field(pattern=r"^\d{4}(-\d{2})?$")]
LineOrEvery = Annotated[str, Field(pattern=rf"^({EVERY}|[A-Z0-9_]+)$", max_length=50)]
LineCode = Annotated[str, Field(pattern=r"^[A-Z0-9_]+$", max_length=50)]
"""Code of a line: a prime, a contribution, or a part of the sheet; no table has them all."""


class Prime(Plain):
    """A prime received, by its code."""

    code: Annotated[str, CodesOf(_allowances)] = Field(
        description="Code de la prime (table primes), par exemple « ISAE_FIXE »."
    )
    variante: Phrase | None = Field(
        default=None,
        description="Précision, quand le code a plusieurs montants : « 3e,2nde,1re annee CAP,bac "
        "pro », « haut », « EDO »…",
    )
    nombre: Annotated[float, within("unites_de_prime")] = Field(
        default=1,
        description="Nombre de missions, d’étudiants, de jours ou d’heures.",
    )
    part: Part = Field(
        default=100,
        description="Part du service qui y ouvre droit (temps passé en REP, service devant "
        "élèves).",
    )
    mois: Annotated[int, within("mois_de_l_annee")] | None = Field(
        default=None,
        description="Mois où une prime versée en une fois a été ou sera reçue ; à défaut, celui "
        "des textes.",
    )


class IndicesHsa(Plain):
    """The two indices that make the rate of an heure supplémentaire année."""

    debut: IndiceMajore = Field(
        description="Indice majoré du premier échelon de la classe normale."
    )
    fin: IndiceMajore = Field(description="Indice majoré du dernier échelon de la classe normale.")


def _long_leaves() -> tuple[str, ...]:
    from iprof_kit.law.payroll.health_leave import leaves

    return leaves()


class JoursDeConge(Plain):
    """Days of the month in a long leave, in thirtieths."""

    conge: Annotated[str, CodesOf(_long_leaves)] = Field(
        description="Code du congé (table conges_paie), par exemple « CLM »."
    )
    mois: Annotated[int, within("mois_de_conge")] = Field(
        description="Rang du mois dans le congé, depuis 1 : la part gardée en dépend."
    )
    jours: Trentiemes = Field(description="Jours du mois passés dans ce congé.")


class AbsencePaie(Plain):
    """Absences of the month, in thirtieths."""

    cmo_trois_premiers_mois: Trentiemes = Field(
        default=0, description="Jours de congé de maladie ordinaire, premiers mois."
    )
    cmo_neuf_mois_suivants: Trentiemes = Field(
        default=0, description="Jours de congé de maladie ordinaire, mois suivants."
    )
    carence: Trentiemes = Field(default=0, description="Jours de carence, un par arrêt concerné.")
    greve: Trentiemes = Field(default=0, description="Jours de grève.")
    prescrit_le: Jour | None = Field(
        default=None, description="Date de prescription de l’arrêt ; à défaut, celle du mois."
    )
    conges: tuple[JoursDeConge, ...] = Field(
        default=(), description="Jours de congé de longue maladie, de longue durée…"
    )
    traitement_complete: bool = Field(
        default=False,
        description="Le congé de maladie ordinaire est devenu depuis un congé long : son "
        "traitement est complété, ce qui a été payé des primes reste acquis.",
    )


class CumulAnnee(Plain):
    """What was already paid since 1 January, this month excluded, as payslips show it."""

    assiette_rafp: MontantAnnuel = Field(
        default=0, description="Assiette de la RAFP avant plafond."
    )
    traitement: MontantAnnuel = Field(default=0, description="Traitement indiciaire brut.")
    heures_exonerees: MontantAnnuel = Field(default=0, description="Heures exonérées d’impôt.")


class PaySituation(Plain):
    """What a payslip depends on: position, service, family, primes."""

    corps: Corps | None = Field(default=None, description=f"Code du corps : {some_codes()}")
    grade: Grade | None = Field(default=None, description="Code du grade.")
    echelon: Echelon | None = Field(default=None, description="Échelon.")
    chevron: Chevron | None = Field(default=None, description="Chevron, s’il y en a un.")
    indice_majore: IndiceMajore | None = Field(
        default=None,
        description="Indice majoré, à défaut de position dans une grille.",
    )
    eleve: bool = Field(
        default=False, description="Élève fonctionnaire, payé au minimum de traitement."
    )
    quotite: Part = Field(default=100, gt=0, description="Quotité travaillée.")
    type_temps_partiel: Literal["sur_autorisation", "de_droit"] = Field(
        default="sur_autorisation", description="Nature du temps partiel."
    )
    zone: Zone = Field(description="Zone de l’indemnité de résidence : 1, 2 ou 3.")
    enfants: Enfants = Field(default=0, description="Enfants ouvrant droit au SFT.")
    naissances_enfants: tuple[Jour, ...] = Field(
        default=(), description="Naissances des enfants à charge, au lieu de leur nombre."
    )
    nbi: Annotated[int, within("nbi")] = Field(
        default=0, description="Points de NBI, hors direction d’école."
    )
    primes: tuple[Prime, ...] = Field(
        default=(),
        description="Primes reçues. En texte : « REP;REP_PLUS_MODULABLE=haut » ou « aucune ».",
    )
    primes_usuelles: bool = Field(
        default=False,
        description="Ajouter les primes que tout le corps reçoit sur un poste ordinaire.",
    )
    education_prioritaire: Literal["aucune", "REP", "REP+"] = Field(
        default="aucune", description="Affectation en éducation prioritaire."
    )
    direction_classes: Annotated[int, within("classes")] | None = Field(
        default=None, description="Nombre de classes de l’école dirigée."
    )
    direction_interim: bool = Field(
        default=False,
        description="Direction par intérim, assez longue pour être payée (sans BI ni NBI).",
    )
    hsa: Annotated[float, within("hsa")] = Field(
        default=0, description="Heures supplémentaires année, par semaine."
    )
    hse: Annotated[float, within("hse")] = Field(
        default=0, description="Heures supplémentaires effectives du mois."
    )
    ors: Annotated[int, within("ors")] | None = Field(
        default=None,
        description="Obligation de service, si elle n’est pas celle du corps (21 en SEGPA).",
    )
    hsa_indices: IndicesHsa | None = Field(
        default=None,
        description="Indices de la classe normale, pour un mois que la table des heures ne couvre "
        "pas ; à défaut, ceux de la table.",
    )
    eps: bool = Field(default=False, description="Agrégé d’EPS.")
    pacte: Annotated[int, within("missions")] = Field(
        default=0, description="Missions du Pacte (parts fonctionnelles)."
    )
    territoire: Territoire = Field(
        default="", description="Territoire d’outre-mer ou Corse ; vide sinon."
    )
    conjoint_sans_indemnite: bool = Field(
        default=False, description="Corse : le conjoint ne reçoit pas l’indemnité de transport."
    )
    nomme_avant_2018: bool | None = Field(
        default=None, description="En poste avant le 1er janvier 2018 (indemnité CSG)."
    )
    brut_2017: MontantAnnuel | None = Field(default=None, gt=0, description="Brut de 2017.")
    ces_2017: MontantAnnuel | None = Field(
        default=None, description="Contribution de solidarité payée en 2017."
    )
    brut_premier_mois: MontantMensuel | None = Field(
        default=None, gt=0, description="Brut du premier mois complet (nommé depuis 2018)."
    )
    surcotisation: bool = Field(
        default=False, description="Surcotisation pour la pension, à temps partiel."
    )
    surcotisation_demande: Jour | None = Field(
        default=None,
        description="Jour de la demande de surcotisation : le taux de l’employeur en dépend ; à "
        "défaut, le premier jour du mois de paie.",
    )
    abonnement_transport: MontantMensuel = Field(
        default=0,
        description="Prix de l’abonnement aux transports publics ou à un service "
        "public de location de vélos.",
    )
    service_devant_eleves: Part | None = Field(
        default=None, gt=0, description="Stagiaire : part du service devant élèves."
    )
    absence: AbsencePaie | None = Field(default=None, description="Absences du mois.")
    psc: bool = Field(
        default=True, description="Adhérent de la complémentaire santé obligatoire (mai 2026)."
    )
    psc_reference: MontantMensuel | None = Field(
        default=None, gt=0, description="Rémunération de référence de la part solidaire."
    )
    psc_plafond: MontantMensuel | None = Field(
        default=None,
        gt=0,
        description="Plafond mensuel de la sécurité sociale ; à défaut, celui de la table.",
    )
    psc_retenue: MontantMensuel | None = Field(
        default=None,
        gt=0,
        description="Retenue pour la complémentaire santé lue sur le bulletin "
        "du mois : la rémunération de référence s’en déduit.",
    )
    taux_pas: Part | None = Field(
        default=None, description="Taux propre de prélèvement à la source."
    )
    rafp_plafonnee: bool = Field(
        default=True, description="Faux : habitude des tableaux publiés, sans plafond."
    )
    cumul: CumulAnnee | None = Field(
        default=None, description="Cumuls depuis janvier, pour le plafond de la RAFP."
    )

    @model_validator(mode="after")
    def _one_network(self) -> Self:
        parts: dict[str, float] = {self.education_prioritaire: longest("part")}
        for prime in self.primes:
            label = "REP+" if prime.code.startswith("REP_PLUS") else prime.code
            parts[label] = max(parts.get(label, 0), prime.part)
        # a service shared between two schools gives a part of each
        if parts.get("REP", 0) + parts.get("REP+", 0) > longest("part"):
            refuse_two_networks(parts)
        return self

    @field_validator("primes", mode="before")
    @classmethod
    def _written_primes(cls, value: Any) -> Any:
        """Accept « ISAE_FIXE;REP_PLUS_MODULABLE=haut », « aucune », and codes alone in a list."""
        if value == _NO_PRIME:
            return ()
        items = (
            [text for text in value.split(";") if text.strip()] if isinstance(value, str) else value
        )
        if not isinstance(items, list | tuple):
            return items
        return tuple(_prime(item) if isinstance(item, str) else item for item in items)


def _prime(text: str) -> dict[str, str]:
    code, _, variant = text.strip().partition("=")
    return {"code": code, "variante": variant} if variant else {"code": code}


class PayQuestion(PaySituation):
    """One payslip, one year, or two situations compared."""

    date: Jour = Field(description="Un jour du mois de paie.")
    mode: Mode = Field(
        default="mois",
        description="mois : un bulletin ; annualise : primes lissées par douzièmes ; annee : les "
        "douze mois de l’année civile ; comparaison : deux situations ; gain_prochain_echelon.",
    )
    comparee: PaySituation | None = Field(
        default=None, description="Seconde situation (mode comparaison)."
    )
    date_comparee: Jour | None = Field(
        default=None, description="Mois de la seconde situation ; à défaut, le même."
    )
    raisons: tuple[LineOrEvery, ...] = Field(
        default=(),
        description="Codes des lignes du mois dont la raison est demandée ; « toutes » : chacune.",
    )


class PayLigne(Plain):
    """One line of a payslip."""

    code: LineCode = Field(description="Code de la ligne.")
    libelle: Phrase = Field(description="Libellé.")
    nature: Nature = Field(
        description="gain ; a_deduire (du brut) ; retenue ; credit ; patronal (employeur)."
    )
    base: Euros | None = Field(
        default=None,
        description="Assiette de la période (le mois, ou l’année en mode annee), à laquelle le "
        "taux s’applique ; jamais un montant annuel pour un mois.",
    )
    montant_annuel: EurosParAn | None = Field(
        default=None, description="Montant d’une année, d’une prime ou d’heures année."
    )
    montant_unitaire: Euros | None = Field(
        default=None,
        json_schema_extra=unit("euros par heure, ou par jour"),
        description="Montant d’une heure ou d’un jour.",
    )
    taux: Pourcent | None = Field(default=None, description="Taux appliqué à la base.")
    montant: Euros = Field(description="Montant ; la nature dit s’il s’ajoute ou se retire.")
    source: Phrase = Field(description="Texte.")
    confiance: Confiance = Field(description="A à D.")
    a_verifier: bool = Field(description="Montant à vérifier.")
    remarque: Phrase = Field(default="", description="Pourquoi.")
    explication: Explanation | None = Field(
        default=None, description="La raison du montant, où elle est demandée."
    )


class PayTotaux(Plain):
    """The totals of a month, or of a year."""

    brut: Euros = Field(description="Total brut, absences déduites.")
    indemnites: Euros = Field(
        description="Primes, indemnités et heures du brut : ni traitement, ni BI, ni NBI, ni "
        "indemnité de résidence, ni supplément familial, ni majoration d’outre-mer, ni "
        "remboursement des transports ; avant le transfert primes/points."
    )
    net_avant_impot: Euros = Field(
        description="Brut moins tout ce qui est retenu avant l’impôt, complémentaire santé "
        "comprise ; primes au mois de leur versement, ou par douzièmes en mode annualise."
    )
    net_imposable: Euros = Field(description="Net imposable.")
    net_a_payer: Euros | None = Field(description="Net après impôt, si le taux est donné.")
    cout_employeur: Euros = Field(description="Brut et contributions de l’employeur connues.")


class MoisPaie(Plain):
    """One month of a year."""

    mois: MoisOuAnnee = Field(description="Mois, « 2026-11 ».")
    totaux: PayTotaux = Field(description="Totaux du mois.")


class EcartLigne(Plain):
    """What changes in a line between two payslips."""

    code: LineCode = Field(description="Code de la ligne.")
    libelle: Phrase = Field(description="Libellé.")
    ecart: Euros = Field(description="Seconde situation moins première.")


class PayComparaison(Plain):
    """The second situation, and what changes."""

    libelle: Phrase = Field(description="Ce qui est comparé.")
    lignes: tuple[PayLigne, ...] = Field(description="Lignes de la seconde situation.")
    totaux: PayTotaux = Field(description="Totaux de la seconde situation.")
    ecarts: tuple[EcartLigne, ...] = Field(description="Lignes qui changent.")
    ecart_totaux: PayTotaux = Field(description="Écart des totaux.")


class PayAnswer(Answer):
    """A simulated payslip."""

    mode: Mode = Field(description="Ce qui est calculé.")
    mois: MoisOuAnnee = Field(description="Mois de paie, ou année.")
    lignes: tuple[PayLigne, ...] = Field(description="Lignes, dans l’ordre du bulletin.")
    totaux: PayTotaux = Field(description="Totaux du mois (annee : de l’année).")
    totaux_annuels: PayTotaux | None = Field(
        default=None, description="Douze fois le mois (annualise)."
    )
    douze_mois: tuple[MoisPaie, ...] = Field(default=(), description="Mode annee.")
    comparaison: PayComparaison | None = Field(default=None, description="Seconde situation.")
    non_calcules: tuple[Phrase, ...] = Field(description="Ce qui manque, et pourquoi.")
    a_verifier: bool = Field(description="Au moins une ligne est à vérifier.")
    motif_a_verifier: Phrase = Field(default="", description="Lesquelles.")
    rappel: Phrase = Field(description="Qui établit la paie.")
    sources: tuple[Reference, ...] = Field(description="Textes lus.")
