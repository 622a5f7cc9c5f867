"""The evaluator: what she has to prepare, and each project of opinion."""
