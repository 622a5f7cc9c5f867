"""Training: the hours that count this year, the account, what falls at the same time."""
