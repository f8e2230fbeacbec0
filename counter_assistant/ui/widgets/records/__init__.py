"""A table that is searched, and the page that shows one of its records beside it."""
