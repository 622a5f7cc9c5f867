"""E-mail notices: that a message waits, never what it says."""
