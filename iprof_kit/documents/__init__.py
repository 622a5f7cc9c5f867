"""Printed documents: one plain description, rendered as PDF, pictures, DOCX, HTML and text."""
