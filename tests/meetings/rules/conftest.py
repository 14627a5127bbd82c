"""Properties are tried without a clock beside them: a busy machine is no counterexample."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
