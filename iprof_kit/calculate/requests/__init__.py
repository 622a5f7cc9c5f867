"""Subject « demande »: what an agent asks for, when, of whom, and the days that follow."""
