"""Nearling: ask about anything on your screen, answered on this computer.

Every process of the product imports this file first, which is why the one setting that must
precede every import of a model runtime stands here.
"""

import os

# onnxruntime 1.29 and newer report usage unless told not to before their first import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
