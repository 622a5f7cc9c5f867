"""Vos perspectives › Promotions."""
