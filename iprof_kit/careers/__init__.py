"""Time: one person or nine hundred thousand, moving through the law."""
