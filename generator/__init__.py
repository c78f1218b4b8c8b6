"""Turns one YAML file an error into a Korean and an English guide.

Data flows one way: `catalogue` and `facts` read, `lint` judges, `render` makes
Markdown, `site` writes it, the MkDocs plugin builds it. Nothing here talks to
the network.
"""
