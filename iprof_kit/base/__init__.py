"""What every other package rests on: errors, calendar, money, sources, explanation, words."""
