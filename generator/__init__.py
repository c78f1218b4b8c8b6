"""Turns one YAML file an error into a Korean and an English guide.

Data flows one way, from room to room: `content` reads, `check` judges, `render` and
`exports` make pages and files, `build` puts the site together, `serve` shows it to an
author. docs/architecture.md has the picture. Nothing here talks to the network.
"""
