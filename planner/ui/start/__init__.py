"""Pieces of the Start page: recent work, samples, files of one's own, a sentence."""
