"""Answers for a meeting, scenarios side by side, and the files that both are read from."""
