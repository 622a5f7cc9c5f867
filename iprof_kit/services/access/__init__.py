"""Who is asking: accounts, passwords, logins, sessions, and what this installation signs."""
