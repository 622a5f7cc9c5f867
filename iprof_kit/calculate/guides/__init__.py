"""What the guides, the glossary and the pages of the law say of the tables."""
