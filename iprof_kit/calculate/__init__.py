"""One question, one answer: typed inputs and outputs of every subject."""
