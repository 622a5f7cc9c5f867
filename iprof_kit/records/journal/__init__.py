"""The journal that can be trusted: its keys, its seals, what is kept of them, its verification."""
