"""Runs the code that the pages show, taken out of the built HTML, against the mock API.

The failing program must end with exactly its page's error, the fixed one must
end well. Nothing here reaches another machine or needs a key.
"""
