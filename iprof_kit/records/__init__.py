"""What is stored about people: typed tables, one repository pattern, dated migrations."""
