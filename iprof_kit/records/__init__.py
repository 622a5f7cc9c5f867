"""What is stored about people: typed tables, one repository pattern, dated migrations."""

# This room holds 27 modules: one a table, beside what every table needs.
