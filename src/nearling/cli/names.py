"""What the values of the vocabulary are called where a person reads them."""

from __future__ import annotations

from nearling.core.conversation import Place, TurnStatus
from nearling.core.language import marked
from nearling.core.media import Medium
from nearling.core.writers import Zone

PLACES = {
    Zone.COMPUTER: marked("On this computer"),
    Zone.NETWORK: marked("On your network"),
    Zone.CLOUD: marked("In the cloud"),
}
FOUND_IN = {
    Place.QUESTION: marked("question"),
    Place.ANSWER: marked("answer"),
    Place.ATTACHMENT: marked("in the picture"),
}
MEDIA = {
    Medium.TEXT: marked("text"),
    Medium.PICTURE: marked("picture"),
    Medium.CLIP: marked("clip"),
    Medium.DOCUMENT: marked("document"),
}
STATUSES = {
    TurnStatus.OPEN: marked("open"),
    TurnStatus.WAITING: marked("waiting"),
    TurnStatus.ANSWERED: marked("answered"),
    TurnStatus.UNANSWERED: marked("unanswered"),
    TurnStatus.CANCELLED: marked("cancelled"),
}
