"""One person, one answer: people drawn, all that the kit says to each, every disagreement."""
