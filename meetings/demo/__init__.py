"""A small territory true to life, its people and three years of their meetings."""
