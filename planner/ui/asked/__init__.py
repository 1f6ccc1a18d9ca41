"""Pages that ask one question: it is worked out beside, and its answer is shown when it is there."""
