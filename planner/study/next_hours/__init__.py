"""The best next hours: blocks that could be opened, ranked; the best of them planned and simulated."""
