"""What QualCoder (seconds of the processor) and Taguette 1.5.2 need for the same, measured on two cores."""

from __future__ import annotations

from typing import Final

from benchmarks.figures import Peer

_QUALCODER: Final = "QualCoder"
_TAGUETTE: Final = "Taguette"

START: Final = (Peer(_QUALCODER, 6.7), Peer(f"{_TAGUETTE} server", 0.78))
OPEN_LONG: Final = (Peer(_QUALCODER, 17.3), Peer(_TAGUETTE, 12.3))
APPLY: Final = (Peer(_QUALCODER, 0.11), Peer(f"{_TAGUETTE} API", 0.055))
REMOVE: Final = (Peer(_QUALCODER, 8.6),)
PASSAGES: Final = (Peer(_QUALCODER, 0.99), Peer(_TAGUETTE, 3.9))
AGREEMENT: Final = (Peer(f"{_QUALCODER}, one pair", 30.4),)
IMPORT_ONE: Final = (Peer(_TAGUETTE, 1.56),)
IMPORT_HUNDRED: Final = (Peer(_TAGUETTE, 156.0),)
WORKBOOK: Final = (Peer(_TAGUETTE, 14.5),)
