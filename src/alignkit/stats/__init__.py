"""A dataset at a glance: what it holds, in numbers and as one page to look through."""
