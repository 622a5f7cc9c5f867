"""Promotion tables for analysts: DataFrames in, DataFrames out."""
