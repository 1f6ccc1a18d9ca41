"""One file a page: ask, call one function, draw, offer downloads."""
