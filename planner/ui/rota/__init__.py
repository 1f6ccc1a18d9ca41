"""The Rota page: what is on screen, and what is done with it."""
