"""Screens: views of plain data and the widgets that show them."""
