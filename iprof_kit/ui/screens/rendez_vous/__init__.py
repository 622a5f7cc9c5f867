"""Les services › Rendez-vous de carrière."""
