"""Other paths: concours, lists, leaves, training; what is open to whom, and from when."""
