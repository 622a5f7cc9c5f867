"""The interdepartmental movement of the first degree."""
