"""What the room sees: one idea a screen, led by the keyboard, in letters read from the back."""
