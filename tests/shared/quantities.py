"""What a quantity of the law looks like in a French sentence."""

import re

COUNTED = (
    r"(?:%|€|euros?|ans?|années?|mois|jours?|semaines?|heures?|trimestres?|points?|enfants?|fois"
    r"|critères?|échelons? requis|plafonds?|parts?)"
)
WORDS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|dix-sept|dix-huit|vingt"
    "|vingt-quatre|trente|quarante|cinquante|soixante(?:-[a-z]+)?|cent"
)
QUANTITY = re.compile(
    rf"\d+\s*{COUNTED}\b|\d+\s*[%€]|\b(?:{WORDS})\s+(?:\w+\s)?{COUNTED}\b|\d[,/]\d|\bmoitié\b|\btiers\b"
    rf"|\bquarts?\b|\b\w+ièmes\b|(?:divisé|multiplié)e? par \d",
    re.IGNORECASE,
)
