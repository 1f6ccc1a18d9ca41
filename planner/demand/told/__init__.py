"""What a forecast is told besides the history: events, drivers, hands, hours never seen."""
