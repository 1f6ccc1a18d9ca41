"""Pieces of the Team page."""
