"""From bytes to counts: what may come in, how it is read, what became of each row."""
