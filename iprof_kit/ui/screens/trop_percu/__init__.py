"""Un trop-perçu, foreseen: what a pay corrected late gives in excess or owes, and what to ask."""
