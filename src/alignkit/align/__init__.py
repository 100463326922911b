"""How well candidates correspond, and which of them are kept as aligned pairs."""
