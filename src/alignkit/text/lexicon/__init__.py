"""The bilingual lexicon: which English words a Japanese word may be translated by, and how names are read."""
