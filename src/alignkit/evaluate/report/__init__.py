"""An evaluation as it is shown to people: a table for a paper, and a page to look through."""
