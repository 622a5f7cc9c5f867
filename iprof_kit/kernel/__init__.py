"""The process of one session: forked from a warm one, confined, without database or identity."""
