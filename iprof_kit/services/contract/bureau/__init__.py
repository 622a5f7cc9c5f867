"""What a case manager asks of the guichet: threads, campaigns, messages to many."""
