"""Pieces of the Rules page."""
