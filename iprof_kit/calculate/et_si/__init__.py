"""Supposed events: career, pay and pension of each scenario."""
