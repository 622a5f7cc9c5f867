"""Les services › Demandes: what one asks of the administration, when, how, and what follows."""
