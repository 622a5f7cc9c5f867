"""What a quantity of the law looks like in a French sentence."""

import re

from iprof_kit.base.words import NARROW_NBSP, NBSP

_ANY_SPACE = re.compile(rf"(?:&nbsp;|[\s{NBSP}{NARROW_NBSP}])+")
_NUMBER = r"\d+(?:[ .]\d{3})*(?:,\d+)?"
COUNTED = (
    r"(?:%|pour cent|€|euros?|ans?|années?|mois|jours?|semaines?|heures?|trimestres?|points?"
    r"|enfants?|fois|critères?|échelons?|plafonds?|parts?|vœux?|kilomètres?|km|élèves?|campagnes?"
    r"|rendez-vous|candidats?)"
)
WORDS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    "|dix-sept|dix-huit|vingt|vingt-quatre|trente|quarante|cinquante|soixante(?:-[a-z]+)?"
    "|quatre-vingts?(?:-[a-z]+)?|cent|mille|vingt et un"
)
_LENGTH = "(?:an|année|mois|jour|semaine|trimestre|enfant)"
_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)  # fmt: skip
_ENDS = "1er janvier|31 décembre|31 août|1er septembre"
"""Where the civil year and the school year turn: names of the calendar, as « lundi » is."""
QUANTITY = re.compile(
    rf"{_NUMBER} ?[%€]|{_NUMBER} (?:\w+ )?{COUNTED}\b|\b(?:{WORDS}) (?:\w+ )?{COUNTED}(?!\w)"
    # one, where it is a limit or an advance: « un mois » alone is how people speak
    rf"|\b(?:plus|moins|avance|gagné|bonification|ancienneté|minimum) d’une? {_LENGTH}\b"
    rf"|\bune? {_LENGTH} (?:au (?:moins|plus|minimum|maximum)|gagné|de plus|d’avance)"
    rf"|\b(?:deuxième|troisième|quatrième|cinquième|sixième|\d+e) {_LENGTH}\b"
    r"|\bindices? (?:majorés? |bruts? )?\d+|\bcoefficients? (?:de )?\d"
    rf"|\b(?:une?|{WORDS}|\d+) (?:\w+ )?sur (?:{WORDS}|\d+)\b|\bnoté\w* sur (?:{WORDS}|\d+)\b"
    r"|(?<![\d{,])\d+,\d+(?![\d,}])|(?<![\d/-])\d{1,2}/\d{1,2}(?![\d/])"
    r"|\bmoitié\b|\btiers\b|\bquarts?\b|\b\w+ièmes\b|\bdemi-(?:traitement|part|point)"
    r"|\b(?:le|au|du) (?:double|triple)\b|\b(?:doubl|tripl)ée?s?\b"
    rf"|(?:divisé|multiplié)e?s? par (?:\d|{WORDS})"
    rf"|\b(?!{_ENDS})\d+(?:er)? (?:{_MONTHS})\b(?! \d{{4}})",
    re.IGNORECASE,
)


_DAY = rf"(?:1er|\d\d?) (?:{_MONTHS}) (?:19|20)\d\d"
_CITED = re.compile(
    # the day of a text, of a judgment, of a page: its name, as « art. 3 » is
    r"(?:\b(?:lois?|décrets?|arrêtés?|circulaires?|ordonnances?|notes? de service|BO|CE|communiqué|"
    r"lignes directrices|gestion ministérielles|n° ?[\d-]+|[\d-]+ et [\d-]+)\b[^.;:()]{0,40}?,?"
    rf"(?: du| le| \()? ?{_DAY})|\([^()\d]*{_DAY}\)|{_DAY}, n° ?[\d-]+",
    re.IGNORECASE,
)
DAY = re.compile(rf"\b{_DAY}\b", re.IGNORECASE)


def days(text):
    """Return the days of the law that a text writes, those of the texts that it cites apart."""
    plain = _ANY_SPACE.sub(" ", text.replace("'", "’"))
    return DAY.findall(_CITED.sub(" ", plain))


def quantities(text):
    """Return the quantities that a text writes."""
    return QUANTITY.findall(_ANY_SPACE.sub(" ", text.replace("'", "’")))
