"""The pairs everybody may look at while the reading and answering are built."""

from nearling.bench.develop.bills import BILLS
from nearling.bench.develop.daily import DAILY
from nearling.bench.develop.devices import DEVICES
from nearling.bench.develop.faults import FAULTS
from nearling.bench.develop.logs import LOGS
from nearling.bench.develop.notes import NOTES
from nearling.bench.develop.places import PLACES
from nearling.bench.develop.tills import TILLS
from nearling.bench.develop.travel import TRAVEL
from nearling.bench.develop.work import WORK
from nearling.bench.pairs import Pair

PAIRS: tuple[Pair, ...] = (
    *TILLS, *FAULTS, *NOTES, *BILLS, *TRAVEL, *LOGS, *DEVICES, *DAILY, *PLACES, *WORK,
)  # fmt: skip
