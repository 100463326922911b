"""How aligned pairs are published."""
