"""Promotion tables for analysts."""
