"""The one widget of the screens."""
