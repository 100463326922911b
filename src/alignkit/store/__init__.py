"""Where headlines are kept that are collected over months: one SQLite file."""
