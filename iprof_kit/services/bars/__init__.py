"""Bars of the movements that an academy or a union gave: imported, and read by the screens."""
