"""What a history shows from a distance: edges, holes, shocks, backlog, first replies, topics."""
