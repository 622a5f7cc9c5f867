"""Scenarios of a career on a screen: asked, levers, figure, dated table."""
