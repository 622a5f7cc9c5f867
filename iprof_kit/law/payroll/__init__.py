"""The payslip of a tenured teacher: gross, deductions, net, taxable, employer, line by line."""
