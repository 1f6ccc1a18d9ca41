"""What a stage of a rollout is told with: its gates, what would mend it, its answers."""
