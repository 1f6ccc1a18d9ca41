"""The model of a queue: level, calendar, hours, bands, and the draws that agree with them."""
