"""The trainers' board: a fictitious person, up to four scenarios, what parts two of them."""
