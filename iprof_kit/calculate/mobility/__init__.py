"""The movements: each wish’s score, bars, dates, who decides."""
