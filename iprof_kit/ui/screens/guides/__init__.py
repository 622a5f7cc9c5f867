"""Les guides, l’aide, le glossaire, les textes."""
