"""Sentence encoders: texts of both languages to vectors that are near where the meanings are."""
