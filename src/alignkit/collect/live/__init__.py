"""Collecting from live sources: what is to be read, how it is read, and the run that keeps it in a store."""
