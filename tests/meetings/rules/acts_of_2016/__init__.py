"""A test-only folder of editions, found by the same ``discover`` as the real ones."""
