"""The models of everything that is read or published. Imports pydantic and nothing of this project outside this room."""
