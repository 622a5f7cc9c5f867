"""One folder a screen: what it does with an intent, what it shows, its form."""
