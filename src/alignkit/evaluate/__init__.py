"""How good a result is, against what people say."""
