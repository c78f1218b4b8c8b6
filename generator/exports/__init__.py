"""Makes what programs read: JSON, its schemas, feeds, Markdown copies."""
