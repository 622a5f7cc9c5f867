"""Le mouvement: scores by wish of the interdepartmental and inter-academic movements."""
