"""Time: one person or many moving through the law."""
