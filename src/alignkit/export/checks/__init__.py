"""What is checked of a dataset before it is published; each file has one subject."""
