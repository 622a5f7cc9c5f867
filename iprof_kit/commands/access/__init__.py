"""Commands about who enters: accounts, and what people are given to enter with."""
