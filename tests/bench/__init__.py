"""Public and pinned benchmarks, run by hand: ``python -m tests.bench.<name>``."""
