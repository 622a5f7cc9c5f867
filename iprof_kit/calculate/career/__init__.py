"""The career of one person: échelons, rendez-vous de carrière, scenarios, and why."""
