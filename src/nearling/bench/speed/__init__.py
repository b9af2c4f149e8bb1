"""How long things take, beside the bare engine and the peer one would use instead."""
