"""Turns one text of an entry into HTML, Markdown or plain words. Knows no page."""
