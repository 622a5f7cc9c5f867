"""A movement outside the score: wishes of their own, a letter for each, the papers, opinions."""
