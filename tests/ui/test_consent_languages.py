"""Consent in longer languages and larger text: nothing of it is English there, or cut off."""

from __future__ import annotations

import pytest

from nearling.core.outgoing import Disclosure
from scripted.consent import CLOUD
from ui.conftest import until
from ui.test_consent import card_of, hide, receipt, remote, window
from ui.test_consent_pictures import section
from ui.test_languages import language, pseudo, read
from ui.test_rescaling import desktop_font, whole
from ui.test_window import drop, ended, shown

__all__ = ["desktop_font", "language", "pseudo", "receipt", "remote", "window"]

KNOWN = (
    "receipt.png", "123 456?", "HIDDEN_1", "openrouter.ai", "gpt-4o-mini", "openrouter", "kB",
    "https://openrouter.ai/api/v1/chat/completions", "+H", "Mara Quill", "Total: 12.50 EUR",
    "source", "The built-in writer found nothing.", "here",
)  # fmt: skip


def ask_everything(window, receipt):
    """A card on which everything can be seen that may stand there."""
    drop(window, receipt)
    window._house.endpoints.add(CLOUD)
    window.models.known.look_again()
    window.composer.text.setPlainText("123 456?")
    window.composer.send.click()
    ended(window)
    card = card_of(window)
    hide(card, "456")
    card.every_byte.fold.click()
    card.every_byte.fold.click()
    until(lambda: section(card).choice and section(card).choice.choice.isEnabled())
    choice = section(card).choice
    choice.choice.activated.emit(list(Disclosure).index(Disclosure.MASKED))
    until(lambda: choice.sketch.isVisible() and card.complete)
    return card


@pytest.mark.parametrize("width", [1280, 860])
def test_the_card_in_longer_languages(language, window, receipt, width):
    window.resize(width, 760)
    until(lambda: window.width() == width)
    card = ask_everything(window, receipt)
    read(window, language, *KNOWN)
    card.drop_wanted.emit(section(card).part.digest, True)
    until(card.left_out.isVisible)
    read(window, language, *KNOWN)
    card.later.click()
    until(lambda: shown(window).below is not card and shown(window).below)
    read(window, language, *KNOWN)


@pytest.mark.parametrize("points", [14, 20])
def test_the_card_in_larger_text(window, receipt, desktop_font, points):
    card = ask_everything(window, receipt)
    before = card.send.fontMetrics().height()
    desktop_font(points, "DejaVu Serif")
    until(lambda: card.send.fontMetrics().height() > before)
    whole(window)
