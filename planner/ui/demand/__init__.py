"""Sections of the Demand page, one module each; only the one on screen is run."""
