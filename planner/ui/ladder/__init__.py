"""Pieces of the page of the ladder: its cards, the hours to paint on, its order, its gates."""
