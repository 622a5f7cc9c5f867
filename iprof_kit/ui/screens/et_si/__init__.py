"""Vos perspectives › « Et si… »."""
