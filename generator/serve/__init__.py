"""Shows the site to an author while it is written."""
