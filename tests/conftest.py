"""What holds for every test."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a machine that others use too is slow now and then
settings.load_profile("untimed")
