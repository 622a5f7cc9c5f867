"""Les services › Promotions: tableaux d'avancement, listes d'aptitude, opinions, past campaigns."""
