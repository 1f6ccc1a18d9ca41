"""Words of every sentence, one folder a language, one file a room."""
