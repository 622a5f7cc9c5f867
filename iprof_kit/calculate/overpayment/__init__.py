"""What was paid in excess, or not paid, while the pay did not know a change: month by month."""
