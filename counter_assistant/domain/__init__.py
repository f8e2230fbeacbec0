"""The trade itself, in plain Python: no Qt, no database, no files."""
