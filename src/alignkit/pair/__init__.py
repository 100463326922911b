"""Which English and Japanese headlines could be one story."""
