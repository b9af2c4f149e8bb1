"""The tests read English, whatever language the machine they run on speaks."""

import os

from hypothesis import settings

os.environ["NEARLING_LANGUAGE"] = "en"

# A busy computer is no fault of what is tested: nothing here times anything.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
