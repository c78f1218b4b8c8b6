"""Puts a site together: which pages there are, what each is made of, the files that hold something of every entry."""
