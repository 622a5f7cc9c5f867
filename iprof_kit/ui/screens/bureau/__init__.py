"""The desk of a case manager: the threads that wait, the people followed, absences."""
