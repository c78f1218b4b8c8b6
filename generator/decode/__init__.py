"""Finds the guide that answers a pasted error. `templates/assets/decoder.js` reads the same index and gives the same answers."""
