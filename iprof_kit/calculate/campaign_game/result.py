"""What a game gives to take away: the ranking as CSV, the whole as JSON; people are fictitious."""

from __future__ import annotations

import io
import json
from typing import Any

from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.base.version import __version__
from iprof_kit.base.words import appreciation_label
from iprof_kit.calculate.campaign_game.campaign import Campaign
from iprof_kit.calculate.campaign_game.compared import compared, references
from iprof_kit.calculate.campaign_game.complaints import complaints
from iprof_kit.calculate.campaign_game.rules import NAMES, Rules, packed
from iprof_kit.law.promotion.bareme import APPRECIATIONS

FORMAT = "iprof-jeu-1"
MENTION = "JEU, personnes fictives ; l’administration décide"


def ranking_csv(played: Campaign) -> bytes:
    """Return the list, rank by rank, as a French spreadsheet reads it.

    Examples
    --------
    >>> from iprof_kit.calculate.campaign_game.campaign import play
    >>> from iprof_kit.calculate.campaign_game.rules import law_rules
    >>> len(ranking_csv(play(law_rules())).decode("utf-8-sig").splitlines())
    251
    """
    text = io.StringIO()
    table = TableWriter(text)
    names = [NAMES[name] for name in played.criteria]
    table.row(
        [
            "statut",
            "rang",
            "dossier",
            "personne",
            "sexe",
            "appreciation",
            "echelon",
            "promotion_simulee",
            *names,
        ]
    )
    codes = played.people.of().column("appreciation")
    for row in played.result.order.tolist():
        own = played.people.rows[row]
        table.row(
            [
                MENTION,
                int(played.result.rank[row]),
                own["numero"],
                own["prenom"],
                own["sexe"],
                appreciation_label(APPRECIATIONS[int(codes[row])]),
                own["echelon"],
                "oui" if played.taken[row] else "non",
                *(played.text(name, row) for name in played.criteria),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def result_json(played: Campaign, rules: Rules) -> bytes:
    """Return the rules, the bar, the balance, the complaints and the comparisons in one file."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "mention": MENTION,
        "kit": __version__,
        "campagne": played.people.year,
        "adresse": packed(rules),
        "regles": {
            "criteres": list(rules.criteria),
            "poids_appreciation": rules.opinion,
            "poids_anciennete": rules.seniority,
            "equilibre": rules.balance,
            "taux_dix_milliemes": rules.share,
        },
        "promouvables": len(played.people),
        "places": played.places,
        "barre": played.bar_text,
        "promus": [
            int(played.people.rows[row]["numero"])
            for row in played.result.order.tolist()
            if played.taken[row]
        ],
        "equilibre": [
            {"groupe": one.label, "promouvables": one.listed, "promus": one.promoted}
            for one in played.groups()
        ],
        "reclamations": [
            {"nature": one.kind, "personnes": one.count, "exemple": one.sentence}
            for one in complaints(played)
        ],
        "procedures_reelles": [
            {
                "procedure": one.procedure.id,
                "source": one.source,
                "confiance": one.confidence,
                "constats": list(compared(played, one.key).sentences),
            }
            for one in references()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
