"""The payslip: a month, a year, two situations, the next échelon."""
