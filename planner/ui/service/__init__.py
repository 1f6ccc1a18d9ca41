"""Pieces of the Service page: what customers see of a queue, in which hours, and what may be said of it."""
