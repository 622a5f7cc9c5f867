"""What people read is French: accents, plurals, apostrophes, spaces, on every screen.

The whole reading is done by somebody, on what `tools/sentences.py` writes; these are the kinds of
faults that it found, looked for on the screens of four different people.
"""

import ast
import re
import runpy
from pathlib import Path

import pytest
from ui_html import Page

import iprof_kit
from iprof_kit.base.clock import paris_today
from iprof_kit.base.paths import ROOT
from iprof_kit.base.words import NBSP, counted
from iprof_kit.calculate.guides.glossary import terms
from iprof_kit.calculate.guides.law.pages import every_rule
from iprof_kit.law.tables.loading import load_reference
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.guides.entries import helps
from iprof_kit.ui.shared.academies import help_text
from iprof_kit.ui.shared.menu import answered
from iprof_kit.ui.texts import texts_of

PEOPLE = {one.numero: one for one in sample_dossiers()}
ASKED = ("D0001", "D0005", "D0017", "D0042")
"""A teacher, a CPE (rules by analogy), an institutrice, an agent without corps."""
FAULTS = {
    "a plural after one": r"\b1 (?:an|mois|jour|trimestre|point) ont\b"
    r"|(?<![\d,])1 (?:ans|jours|points)\b",
    "a plural after none or one": r"(?<![\d,\u202f\u00a0])[01][ \u00a0](?:comptes|dossiers|sessions"
    r"|lignes|signalements|propos[ée]+s|places|propositions|personnes|textes|jours|entrent)\b",
    "a missing accent": r"(?<![\w/-])(?<!table )(?:decrets?|arretes?|departements?|academies?"
    r"|annees?|durees?|echelons?|education|anciennetes?|memoire|interministeriel|indemnites?|eleves"
    r"|modifie par|quotites?|remunerations?|payees?|regularisation|complement|inferieure?|egales?"
    r"|conge|generations?|equilibre|categories?|specialise|sante|fevrier|carriere|sujetions?"
    r"|agreges|particulieres?|supplementaires?|deductible|solidarite|travaillee|majoree?|apres)\b"
    r"(?![/.]\w)",
    "a sign in place of words": r"[<>]=|[-=]>",
    "an ASCII apostrophe": r"[a-zà-ÿ]'[a-zà-ÿ]",
    "parentheses inside parentheses": r"\([^()]*\([^()]*\)\)",
    "a source that says « idem »": r"\b[Ii]dem\b",
    "a breaking space before a sign": r"[ \u202f][;:!?%€»]|« ",
    "no space before a sign": r"[^\s\u00a0;!?.…»][;!?](?=\s|$)",
    "two colons": r"\u00a0: [^.:]{0,40} : non calcul",
    "« le hors classe »": r"\b[Ll]e hors classe\b",
    "a missing elision": r"(?<![\w.’-])(?:[dlns] [aeiouhàâéèêîôœ][a-zà-ÿ]|(?:jusqu|qu) [aeiouà])",
    "a day as a machine writes it": r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d\d-\d\d-(?:19|20)\d\d\b",
    "a name of a file": r"(?<![\w-])\w{3,}\.(?:csv|md|yaml|yml|json)\b",
    "« depuis… jusqu’à »": r"depuis le \d[^.;()]{5,25},? jusqu’au \d",
    "a day from itself to itself": r"du (\d\S* \S+ \d{4}) au \1",
    "points in place of an ellipsis": r"\.\.\.|…\.",
    "a letter in place of ×": r"\d x \d",
    "a plus in place of « et »": r"(?<=[a-zà-ÿ]{3}) \+ (?=[A-Za-zà-ÿ])",
    "a ligature undone": r"\b(?:[Vv]oeux?|[Cc]oeurs?|[Ss]oeurs?|oeuvres?|manoeuvres?)\b",
    "a degré in figures": r"\b(?:1er|2n?d) degré\b",
    "the ministry without its capital": r"\b(?:[ée]ducation nationale|Éducation Nationale)\b",
    "« primes-points »": r"\bprimes-points\b",
    "an article without its « art. »": r"\b(?:CGFP|CPCMR|CSS|CGI) (?:[LRD]\.?\s?)?\d",
    "a code without its article": r", art\. (?![LRDA-Z]?\.?\s?\d|premier)",
    "a number glued to « n° »": r"\bn°\d",
    "a promise": r"\b(?:[Vv]ous serez|sera) (?:promu|nommé|muté|affecté|titularisé|retenu)e?\b"
    r"|confirmation de demande",
    "a word for who keeps the tables": r"\bMémoire\b|\ba aucune ligne\b|\bnon écrite?\b|\boffset\b",
}
KIT = Path(iprof_kit.__file__).parent
TO_PEOPLE = {"InputError", "Refused", "Conflict", "Unavailable"}
REFUSALS = TO_PEOPLE | {"BadBackup", "BadTable", "KitError", "LawError", "PeriodNotCovered"}
OF_THE_KIT_ITSELF = {
    "base/errors.py",
    "calculate/interface/reading.py",
    "careers/agents.py",
    "ui/rehearsal.py",
}
"""What only our own code can meet, and the reading of a question: its message says what is
expected."""
PLURAL = re.compile(r"\w\((?:s|es|x)\)")
DECIMALS = re.compile(r"g$|\.[1-9]\d*f$|\.[1-9]\d*%$")
TAG = re.compile(r"<[^>]*(?:>|$)|^[^<]*>")
READ = re.compile(
    rf"(?<![\w-])[a-zéèêàùç’]{{3,}}[ {NBSP}]|[ {NBSP}][a-zéèêàùç’]+(?:$|[ .,;])|[ {NBSP}]%"
)
"""Words of a sentence, or a percentage; an address, a path of a figure has none."""
TEXTS = ("/aide", "/accessibilite")
RAW = "/guides/textes/"
"""Below its rules, whole tables of the law, as they are typed: for who checks them."""
PROSE = {
    "bareme_classe_exceptionnelle": ("detail",),
    "coefficients_reprise": ("regle", "nature_services"),
    "concours": ("libelle", "diplome_min", "autres_conditions"),
    "cotisations": ("libelle", "assiette", "note"),
    "formation": ("valeur", "unite", "condition"),
    "indemnite_residence": ("assiette", "source"),
    "mouvement_calendrier": ("note",),
    "mouvement_interacademique_2d": ("unite", "condition", "voeux_concernes"),
    "mouvement_interdepartemental_1d": ("unite", "condition", "voeux_concernes"),
    "outre_mer": ("assiette", "regle"),
    "parcours": ("libelle", "conditions", "accord", "remuneration", "effet_poste", "demande"),
    "parcours_conditions": ("texte",),
    "primes": ("libelle",),
    "reclassement": ("regle",),
    "retraite_ages": ("note", "source"),
    "retraite_carriere_longue": ("duree_cotisee_requise", "note"),
    "retraite_parametres": ("note",),
    "sft": ("formule",),
    "temps_partiel": ("regle",),
}
"""Columns of the tables that are sentences: screens show them, or those who check the law."""
OF_TABLES = (
    "a missing accent", "a sign in place of words", "a missing elision", "a letter in place of ×",
    "a ligature undone", "the ministry without its capital", "a source that says « idem »",
    "a word for who keeps the tables",
)  # fmt: skip


def screens(numero, *paths):
    """Yield the words of each screen of a person, or of those asked for alone."""
    portal = Portal(lambda: Understudy(addressed(PEOPLE[numero]), paris_today()))
    for path in paths or answered():
        if numero == "D0001" or not path.startswith((*TEXTS, RAW)):
            html = portal.handle({"kind": "route", "path": path}).html
            rules_alone = html.partition('id="developpeurs"')[0] if path.startswith(RAW) else html
            yield path, Page(rules_alone).text


def faults(pages):
    return [
        f"{path}: {fault}: …{words[max(0, hit.start() - 40) : hit.end() + 20]}…"
        for path, words in pages
        for fault, pattern in FAULTS.items()
        for hit in list(re.finditer(pattern, words))[:2]
    ]


@pytest.mark.parametrize("numero", ASKED)
def test_no_screen_has_a_fault_of_french(numero):
    met = faults(screens(numero))
    assert not met, "\n".join(met)


@pytest.mark.parametrize(("name", "columns"), PROSE.items())
def test_no_sentence_of_a_table_has_a_fault_of_french(name, columns):
    rows = load_reference(name)
    told = dict.fromkeys(str(one) for column in columns for one in rows[column] if one)
    met = [
        f"{fault}: {one}" for fault in OF_TABLES for one in told if re.search(FAULTS[fault], one)
    ]
    assert not met, "\n".join(met)


@pytest.mark.parametrize(
    ("fault", "wrong", "right"),
    [
        ("a missing elision", "Prime d attractivité", "Prime d’attractivité"),
        ("a missing elision", "jusqu a 3 ans", "jusqu’à 3 ans, du 5 au 8 s’il le faut"),
        ("a day as a machine writes it", "depuis le 2024-09-02", "décret 2025-352, art. 10"),
        ("a day as a machine writes it", "arrêté 30-06-2009", "arrêté du 30 juin 2009"),
        ("a name of a file", "reclassement.csv R9", "table reclassement, R9"),
        ("« depuis… jusqu’à »", "depuis le 1er mai 2020, jusqu’au 3 mai 2021",
         "du 1er mai 2020 au 3 mai 2021"),
        ("a day from itself to itself", "du 6 août 2023 au 6 août 2023", "le 6 août 2023"),
        ("points in place of an ellipsis", "certifiés, agrégés….", "certifiés, agrégés…"),
        ("a letter in place of ×", "rente / 12 x 4", "rente / 12 × 4"),
        ("a plus in place of « et »", "licence + M1", "licence et M1, à bac+5, REP+ et REP"),
        ("a ligature undone", "voeu 1", "vœu 1"),
        ("a degré in figures", "formateur du 2nd degré", "formateur du second degré"),
        ("an article without its « art. »", "CPCMR L13 et L14", "CPCMR, art. L13 et L14"),
        ("a code without its article", "fonction publique, art. et statuts",
         "fonction publique, art. L513-1"),
        ("a number glued to « n° »", "BO n°39", "BO n°\u00a039"),
        ("a promise", "Vous serez promu en 2033", "Peuvent être promus ceux qui ont"),
        ("a word for who keeps the tables", "Mémoire (confiance D)", "de mémoire"),
    ],
)  # fmt: skip
def test_a_fault_is_known_and_what_mends_it_is_none(fault, wrong, right):
    assert re.search(FAULTS[fault], wrong)
    assert not re.search(FAULTS[fault], right)


MOST_WORDS = 35
"""A sentence of a rule that is longer is cut."""


def test_no_sentence_of_a_rule_or_of_the_help_is_too_long():
    told = [rule.sentence for rule in every_rule()]
    told += [line for part in texts_of("aide")["commun"] for line in part["lignes"]]
    told += [words for one in helps().values() for words in (one.montre, one.acte)]
    told += [term.definition for term in terms()]
    said = [one for words in told for one in re.split(r"(?<=[.;]) ", words.replace("\u00a0;", ";"))]
    assert not [one for one in said if len(one.split()) > MOST_WORDS]


SENTENCES = runpy.run_path(str(ROOT / "tools" / "sentences.py"))


@pytest.mark.parametrize("role", SENTENCES["ROLES"])
def test_no_screen_of_a_role_has_a_fault_of_french(role):
    pages = list(SENTENCES["pages_of_role"](role, texts=False))
    assert [path for path, _ in pages].count("/accueil") == 3  # nothing waits, one thing, several
    met = faults((path, Page(html).text) for path, html in pages)
    assert not met, "\n".join(met)


@pytest.mark.parametrize("name", ["Assistance informatique", "Cellule d’aide"])
def test_the_assistance_of_an_academy_is_named_once(name):
    academie = Academie(code="06", nom="Clermont-Ferrand", assistance_nom=name)
    assert help_text(academie).count("Assistance") == 1


def test_the_reading_gives_each_way_of_saying_once_with_who_reads_it():
    ways_of, page = SENTENCES["ways_of"], "<p>{} places pour <b>{}</b></p><p>Barre</p>"
    pages = [("/a", "analyste", page.format(0, 1)), ("/b", "formateur", page.format(12, 648))]
    assert ways_of(pages) == (
        "0 places pour 1\n    [/a (analyste)]\nBarre\n    [/a (analyste) +1]\n"
        "12 places pour 648\n    [/b (formateur)]\n"
    )


def test_an_echelon_that_months_bring_forward_is_due_on_its_own_day_with_an_earlier_effect():
    """The head of a school: nothing is late before the day on which the échelon is pronounced."""
    words = dict(screens("D0014", "/accueil", "/perspectives/ma-paie", "/dossier/carriere"))
    due = "De plein droit à partir du 1er mars 2027, avec effet au 1er juin 2026"
    assert due in words["/perspectives/ma-paie"]
    assert "pas encore enregistré" not in words["/dossier/carriere"]
    assert "vient de plein droit le 1er mars 2027" in words["/accueil"]


ET_SI = "/perspectives/et-si"


def test_an_institutrice_has_one_opening_of_her_right_and_dates_after_it():
    """Services of an instituteur are those of her file: Promotions and Retraite agree."""
    words = dict(screens("D0017", "/perspectives/retraite", "/perspectives/promotions", ET_SI))
    assert "est ouvert depuis le 30 mai 2025, à 57 ans 6 mois" in words["/perspectives/retraite"]
    assert "à 57 ans 6 mois" in words["/perspectives/promotions"]
    assert "droit non ouvert" not in words["/perspectives/retraite"]
    assert "avant l’âge d’ouverture du droit" not in words[ET_SI]


def sentences_of_the_code():
    """Yield each text of our code: its file, its line, its words, « {} » for what is filled in."""
    for file in sorted(KIT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        inside = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr)
                  for part in ast.walk(one) if part is not one}  # fmt: skip
        for one in ast.walk(tree):
            words = words_of(one)
            if id(one) not in inside and words:
                yield f"{file.relative_to(KIT)}:{one.lineno}", words


def words_of(node):
    """Return a text as it is written, its non-breaking spaces themselves, « {} » for the rest."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant)
            else NBSP if ast.unparse(part.value) == "NBSP" else "{}"
            for part in node.values
        )  # fmt: skip
    return ""


def errors_of_the_code():
    """Yield each error that the kit refuses with: where it is raised, its class, its arguments."""
    for file in sorted(KIT.rglob("*.py")):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(one.func, "id", "") if isinstance(one, ast.Call) else ""
            if name in REFUSALS:
                given = {key.arg: key.value for key in one.keywords}
                yield f"{file.relative_to(KIT)}:{one.lineno}", name, one.args, given


def test_a_plural_is_never_left_to_the_reader():
    """« 3 lignes », never « 3 ligne(s) »: `base.words.counted` writes it."""
    met = [f"{at}: {words}" for at, words in sentences_of_the_code() if PLURAL.search(words)]
    assert not met, "\n".join(met)


def numbers_of_the_code():
    """Yield each sentence of the code in which Python itself writes decimals, nothing replaced."""
    for file in sorted(KIT.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        replaced = {id(one.func.value) for one in ast.walk(tree) if isinstance(one, ast.Call)
                    and getattr(one.func, "attr", "") == "replace"}  # fmt: skip
        for one in ast.walk(tree):
            if isinstance(one, ast.JoinedStr) and id(one) not in replaced:
                filled = [part for part in one.values if isinstance(part, ast.FormattedValue)]
                specs = [words_of(part.format_spec) for part in filled if part.format_spec]
                decimal = any(map(DECIMALS.search, specs))
                if decimal and READ.search(TAG.sub("", words_of(one))):
                    yield f"{file.relative_to(KIT)}:{one.lineno}", words_of(one)


def test_p18_a_number_that_is_read_has_no_decimal_point():
    """« 5,5 jours », « 92,4 % »: `base.words.number_text` writes it, Python’s formats do not."""
    met = [f"{at}: {words}" for at, words in numbers_of_the_code()]
    assert not met, "\n".join(met)


@pytest.mark.parametrize(
    ("written", "met"),
    [
        ("f'médiane {x:g} j'", True),
        ("f'à {x:.1f} %'", True),
        ("f'{x:g} points'.replace('.', ',')", False),
        ("f'<rect x=\"{x:.1f}\"/>'", False),
        ("f'{x:.0f} jours'", False),
    ],
)
def test_p18_the_search_of_decimal_points_finds_one(written, met, tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text(written, "utf-8")
    monkeypatch.setitem(globals(), "KIT", tmp_path)
    assert bool(list(numbers_of_the_code())) is met


def test_an_error_says_what_to_do():
    silent = [at for at, name, _, given in errors_of_the_code()
              if name in TO_PEOPLE and "remedy" not in given
              and at.partition(":")[0] not in OF_THE_KIT_ITSELF]  # fmt: skip
    assert not silent, "\n".join(silent)


def test_an_error_follows_its_place_in_one_sentence():
    """« table.csv : la table ne peut pas être lue. »: what follows the colon has no capital."""
    met = [f"{at}: {words}" for at, _, args, given in errors_of_the_code()
           if args and "where" in given and (words := words_of(args[0]))[:1].isupper()]  # fmt: skip
    assert not met, "\n".join(met)


@pytest.mark.parametrize(
    ("number", "words", "told"),
    [
        (0, "ligne relue", "0 ligne relue"),
        (1, "ligne relue", "1 ligne relue"),
        (2, "ligne relue", "2 lignes relues"),
        (3, "avis manquant", "3 avis manquants"),
    ],
)
def test_each_word_takes_the_number(number, words, told):
    assert counted(number, words) == told


GENDERED = re.compile(
    r"\b[Vv]ous (?:n’|y |en )*(?:êtes|étiez|serez|seriez|soyez|fûtes|avez été|aurez été|restez)"
    r"(?: (?:plus|pas|déjà|encore|toujours|bien|donc))* (?:[a-zà-ÿ]+é|parti|inscrit|promu|"
    r"reçu|admis|élu|candidat|averti|mis|venu|tenu|absent|présent|inclus|entendu|seul)\b(?! ou )"
    r"|\b(?:pour vous|[Vv]ous) seul\b(?! ou )|\b[Jj]e soussigné\b(?!\()|\bÊtre averti\b"
    r"|\b[Jj]e suis (?:[a-zà-ÿ]+é|inscrit|promu|reçu|admis|candidat)\b"
)
TOLD_IN = ("*.py", "*.html", "*.j2", "*.js", "*.yml", "*.csv", "*.md")


def gendered(root):
    for kind in TOLD_IN:
        for file in sorted(root.rglob(kind)):
            if {"articles", "node_modules", "reveal", "cours"} & set(file.parts):
                continue  # the articles’ own words, what others wrote
            for found in GENDERED.finditer(file.read_text(encoding="utf-8", errors="replace")):
                yield f"{file.name}: {found[0]}"


@pytest.mark.parametrize("root", [KIT, ROOT / "data", ROOT / "voila_templates" / "iprof"])
def test_p14_nothing_that_a_person_reads_of_herself_agrees_with_a_gender(root):
    met = list(gendered(root))
    assert not met, "\n".join(met)


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("Vous n’êtes plus affecté ici.", True),
        ("quand vous serez nommé", True),
        ("vous n’y êtes pas encore inscrit", True),
        ("Enregistré, pour vous seul.", True),
        ("Je suis inscrit au concours", True),
        ("Vous êtes promouvable", False),
        ("Vous êtes en disponibilité", False),
        ("preuve que vous élevez seul ou seule l’enfant", False),
        ("Vous avez rejoint votre corps", False),
    ],
)
def test_p14_the_search_of_an_agreement_finds_one(words, met):
    assert bool(GENDERED.search(words)) == met
