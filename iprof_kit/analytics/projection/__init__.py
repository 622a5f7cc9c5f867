"""The projection of a population, year by year: campaigns, entries, exits, pay, pensions."""
