"""The rendez-vous de carrière: when each is, what follows it, and why."""
