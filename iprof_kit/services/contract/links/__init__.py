"""Links that the server signs: of a scenario, of a séance of the atelier."""
