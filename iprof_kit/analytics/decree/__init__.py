"""What a decree changes for people: one population and worked examples, answered by two laws."""

# No number here is of the law: limits of what is compared, rows shown, years looked ahead.
