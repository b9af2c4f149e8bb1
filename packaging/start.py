"""Where the packaged app begins: first it undoes what its bootloader did to the surroundings.

The bootloader points LD_LIBRARY_PATH at the app's own libraries and keeps what was there before
under another name. That has served its purpose once Python runs; a browser that is started from
here, to open a link, must get its own libraries.
"""

import os
import sys

from nearling.__main__ import main

if sys.platform == "linux":
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before := os.environ.pop("LD_LIBRARY_PATH_ORIG", ""):
        os.environ["LD_LIBRARY_PATH"] = before

sys.exit(main())
