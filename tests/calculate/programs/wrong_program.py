"""What a type checker refuses of another program: each marked line, and no other."""

from iprof_kit import KitError, ask
from iprof_kit.calculate.models import PayAnswer


def wrong() -> None:
    """Read what no answer has, ask what is no subject, give what is no question."""
    pay = ask("pay", {"date": "2026-11-01"})
    print(pay.total_net)  # refused: attr-defined
    print(pay.lignes[0].montant_mensuel)  # refused: attr-defined
    print(ask("paie", {"date": "2026-11-01"}).lignes)  # refused: attr-defined
    pension: PayAnswer = ask("pension", {"naissance": "1964-01-01"})  # refused: assignment
    print(pension, ask("pay", 2026))  # refused: call-overload
    try:
        ask("pay")  # refused: call-overload
    except KitError as error:
        print(error.number)  # refused: attr-defined
