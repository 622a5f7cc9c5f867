"""Figures drawn to SVG."""
