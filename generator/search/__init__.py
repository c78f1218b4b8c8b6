"""Says what a search finds, and writes its index."""
