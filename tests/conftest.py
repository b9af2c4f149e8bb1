"""The tests read English, whatever language the machine they run on speaks."""

import os

os.environ["NEARLING_LANGUAGE"] = "en"
