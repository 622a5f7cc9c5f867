"""The CV: one body of facts, and the documents made of it."""
