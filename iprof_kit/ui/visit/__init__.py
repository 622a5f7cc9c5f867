"""What the screens of one person share: the guichet, her file, where she stands today."""
