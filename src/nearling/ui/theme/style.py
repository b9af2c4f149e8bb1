"""The one style sheet, made of the tokens; a widget asks for a look by its property `look`.

Its sizes are for a desktop with usual text; where that is larger, the text here grows with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from string import Template

from nearling.ui.theme.tokens import Tokens

_STYLE = Template("""
QWidget { color: $ink; font-size: 14px; }
QMainWindow, QWidget[look="ground"] { background: $ground; }
QDialog, QMessageBox { background: $panel; }
QToolTip { background: $panel; color: $ink; border: 1px solid $edge; padding: 4px 6px; }

QWidget[look="side"] { background: $side; border-right: 1px solid $line; }
QWidget[look="bar"] { background: $panel; border-bottom: 1px solid $line; }
QWidget[look="pane"] { background: $panel; border-left: 1px solid $line; }
QLabel[look="title"] { font-size: 15px; font-weight: 700; }
QLabel[look="heading"] { font-size: 17px; font-weight: 700; }
QLabel[look="group"] { font-size: 11px; color: $muted; }
QLabel[look="muted"], QCheckBox[look="muted"] { color: $muted; font-size: 12px; }
QLabel[look="lead"] { color: $muted; }
QLabel[look="hint"] { color: $muted; font-size: 11px; }
QLabel[look="good"], QLabel[look="bad"] { font-size: 12px; border-radius: 11px;
    padding: 4px 10px; }
QLabel[look="good"] { background: $local_ground; color: $local; }
QLabel[look="bad"] { background: $warning_ground; color: $warning; }
QLabel[look^="zone-"] { font-size: 12px; border-radius: 11px; padding: 4px 10px; }
QLabel[look="zone-network"] { background: $network_ground; color: $network; }
QLabel[look="zone-cloud"] { background: $cloud_ground; color: $cloud; }
QLabel[look^="in-"] { font-size: 12px; }
QLabel[look="in-network"] { color: $network; }
QLabel[look="in-cloud"] { color: $cloud; }
QLabel[look="fine"], QLabel[look="wrong"] { font-size: 12px; font-weight: 600; }
QLabel[look="fine"] { color: $local; }
QLabel[look="wrong"] { color: $warning; }
QLabel[look="full"] { color: $warning; font-size: 11px; }
QLabel[look="promise"] { color: $local; font-size: 10px; }
QLabel[look="caution"] { color: $warning; font-size: 12px; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="alarm"] { color: $warning; font-weight: 600; }
QLabel[look="ahead"] { color: $local; font-size: 12px; }
QLabel[look="heard"] { font-size: 16px; }
QLabel[look="welcome"] { font-size: 22px; font-weight: 700; }

QLineEdit, QComboBox, QSpinBox {
    background: $panel; border: 1px solid $edge; border-radius: 8px; padding: 7px 10px;
    selection-background-color: $local; selection-color: $on_local;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 1px solid $local; }
QSpinBox QLineEdit { background: transparent; border: none; padding: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $edge; outline: 0;
    selection-background-color: $chosen; selection-color: $ink; }

QPushButton { background: $panel; border: 1px solid $edge; border-radius: 8px; padding: 7px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 1px solid $local; }
QPushButton:disabled { color: $muted; background: $chosen; border-color: $chosen; }
QPushButton[look="primary"] { background: $local; color: $on_local; border: 1px solid $local;
    font-weight: 600; padding: 8px 10px; }
QPushButton[look="primary"]:focus { border: 2px solid $ink; padding: 7px 9px; }
QPushButton[look="primary"]:disabled { background: $chosen; color: $muted; border-color: $chosen; }
QPushButton[look="round"] { background: $local; color: $on_local; border: 1px solid $local;
    border-radius: 17px; font-weight: 600; padding: 7px 16px; min-height: 18px; }
QPushButton[look="round"]:focus { border: 2px solid $ink; padding: 6px 15px; }
QPushButton[look="round"]:disabled { background: $chosen; color: $muted; border-color: $chosen; }
QPushButton[look="talk"] { background: $local_ground; color: $local;
    border: 1px solid $local_ground; border-radius: 17px; font-weight: 600; padding: 7px 16px;
    min-height: 18px; }
QPushButton[look="talk"]:hover { border: 1px solid $local; }
QPushButton[look="talk"]:focus { border: 2px solid $local; padding: 6px 15px; }
QPushButton[look="talking"] { background: $local; color: $on_local; border: 1px solid $local;
    border-radius: 17px; font-weight: 600; padding: 7px 16px; min-height: 18px; }
QPushButton[look="talking"]:focus { border: 2px solid $ink; padding: 6px 15px; }
QPushButton[look="stop"] { background: $chosen; color: $ink; border: 1px solid $chosen;
    border-radius: 17px; font-weight: 600; padding: 7px 16px; min-height: 18px; }
QPushButton[look="stop"]:focus { border: 2px solid $local; padding: 6px 15px; }
QPushButton[look="small"] { font-size: 12px; padding: 4px 10px; }
QPushButton[look="send-cloud"] { background: $cloud; color: $on_cloud; border: 1px solid $cloud;
    font-weight: 600; }
QPushButton[look="send-network"] { background: $network; color: $on_network;
    border: 1px solid $network; font-weight: 600; }
QPushButton[look^="send-"]:focus { border: 2px solid $ink; padding: 6px 13px; }
QPushButton[look^="send-"]:disabled { background: $chosen; color: $muted; border-color: $chosen; }
QPushButton[look="quiet"] { background: transparent; border: 1px solid transparent; color: $muted;
    font-size: 12px; padding: 3px 6px; border-radius: 6px; }
QPushButton[look="quiet"]:hover { background: $hover; color: $ink; }
QPushButton[look="quiet"]:focus { border: 1px solid $local; }
QPushButton[look="choice"] { color: $muted; font-size: 12px; padding: 5px 10px; }
QPushButton[look="choice"]:hover { color: $ink; }
QPushButton[look="choice"]::menu-indicator { image: none; width: 0; }
QFrame[look="segments"] { border: 1px solid $edge; border-radius: 8px; }
QPushButton[look^="segment-"] { background: transparent; border: 1px solid transparent;
    border-radius: 6px; color: $muted; font-size: 12px; padding: 4px 9px; }
QPushButton[look^="segment-"]:hover { color: $ink; }
QPushButton[look^="segment-"]:focus { border: 1px solid $local; }
QPushButton[look="segment-here"]:checked { background: $local_ground; color: $local; }
QPushButton[look="segment-ask"]:checked { background: $cloud_ground; color: $cloud; }
QPushButton[look="segment-ask"]:focus { border: 1px solid $cloud; }
QPushButton[look="field"] { color: $muted; font-size: 12px; padding: 5px 11px; }
QPushButton[look="field"]:hover { color: $ink; }
QPushButton[look="field"]:checked { background: $local_ground; color: $local;
    border: 1px solid $local; }
QPushButton[look="field"]:focus { border: 2px solid $local; padding: 4px 10px; }
QPushButton[look="icon"] { background: transparent; border: 1px solid $edge; border-radius: 8px;
    padding: 0; min-width: 30px; max-width: 30px; min-height: 30px; max-height: 30px; }
QPushButton[look="icon"]:hover { background: $hover; }
QPushButton[look="icon"]:focus { border: 1px solid $local; }
QPushButton[look="icon"]:checked { background: $local_ground; border: 1px solid $local; }
QPushButton[look="bare"] { background: transparent; border: 1px solid transparent;
    border-radius: 8px; padding: 0; min-width: 30px; max-width: 30px; min-height: 30px;
    max-height: 30px; }
QPushButton[look="bare"]:hover { background: $hover; }
QPushButton[look="bare"]:focus { border: 1px solid $local; }
QPushButton[look^="badge-"] { border-radius: 13px; border: 1px solid transparent; padding: 0; }
QPushButton[look^="badge-"] QLabel { font-size: 12px; }
QPushButton[look^="badge-"] QLabel[look="dot"] { font-size: 11px; }
QPushButton[look^="badge-"] QLabel[look="place"] { font-weight: 600; }
QPushButton[look="badge-computer"] { background: $local_ground; }
QPushButton[look="badge-computer"] QLabel { color: $local; }
QPushButton[look="badge-computer"]:hover, QPushButton[look="badge-computer"]:focus {
    border: 1px solid $local; }
QPushButton[look="badge-network"] { background: $network_ground; }
QPushButton[look="badge-network"] QLabel { color: $network; }
QPushButton[look="badge-network"]:hover, QPushButton[look="badge-network"]:focus {
    border: 1px solid $network; }
QPushButton[look="badge-cloud"] { background: $cloud_ground; }
QPushButton[look="badge-cloud"] QLabel { color: $cloud; }
QPushButton[look="badge-cloud"]:hover, QPushButton[look="badge-cloud"]:focus {
    border: 1px solid $cloud; }
QPushButton[look="cite"] { background: transparent; border: 1px solid transparent; color: $local;
    font-size: 12px; padding: 3px 7px; border-radius: 6px; text-align: left; }
QPushButton[look="cite"]:hover, QPushButton[look="cite"][lit="true"] { background: $local_ground; }
QPushButton[look="cite"]:focus { border: 1px solid $local; }

QFrame[look="bubble"] { background: $chosen; border-top-left-radius: 14px;
    border-top-right-radius: 14px; border-bottom-left-radius: 14px;
    border-bottom-right-radius: 4px; }
QFrame[look="box"] { background: $panel; border: 1px solid $edge; border-radius: 14px; }
QFrame[look="box"][focused="true"] { border: 1px solid $local; }
QFrame[look="box"][inviting="true"] { border: 2px dashed $local; background: $local_ground; }
QFrame[look="code"] { background: $code; border: 1px solid $line; border-radius: 8px; }
QFrame[look="chip"] { background: $code; border: 1px solid $line; border-radius: 8px; }
QFrame[look="card"] { background: $panel; border: 1px solid $line; border-radius: 12px; }
QFrame[look="card"]:focus { border: 1px solid $local; }
QFrame[look="notice"] { background: $warning_ground; border: 1px solid $warning;
    border-radius: 10px; }
QFrame[look="notice"] QLabel { color: $warning; }
QFrame[look="popup"] { background: $panel; border: 1px solid $edge; border-radius: 10px; }
QFrame[look="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QTextEdit, QPlainTextEdit, QTextBrowser { background: transparent; border: none; padding: 0;
    selection-background-color: $local; selection-color: $on_local; }
QTextBrowser[look="quote"] { font-size: 16px; font-weight: 600; }
QTextBrowser[look="mono"], QPlainTextEdit[look="mono"] { font-family: monospace; font-size: 13px; }
QTextBrowser[look="note"] { color: $muted; }

QPlainTextEdit[look="lines"] { background: $panel; border: 1px solid $edge; border-radius: 8px;
    padding: 4px 6px; font-family: monospace; font-size: 13px; }
QPlainTextEdit[look="lines"]:focus { border: 1px solid $local; }
QComboBox QLineEdit { background: transparent; border: none; padding: 0; }

QListView { background: transparent; border: none; outline: 0; }
QListView[look="offer"] { background: $panel; border: 1px solid $edge; border-radius: 8px;
    padding: 2px; }
QListView[look="offer"]:focus { border: 1px solid $local; }
QListView[look="offer"]::item { padding: 3px 4px; border-radius: 4px; }
QListView[look="offer"]::item:selected { background: $chosen; color: $ink; }
QTableView[look="account"] { background: $panel; border: 1px solid $line; border-radius: 10px;
    font-size: 12px; outline: 0; selection-background-color: $chosen; selection-color: $ink; }
QTableView[look="account"]:focus { border: 1px solid $local; }
QTableView[look="account"]::item { padding: 5px 6px; border-bottom: 1px solid $line; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; color: $muted; border: none;
    border-bottom: 1px solid $line; padding: 6px 6px; font-size: 12px; }
QAbstractScrollArea[look="chat"], QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollArea[look="desk"] { background: $ground; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QMenu { background: $panel; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 22px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $muted; background: transparent; }
""")


_SIZE = re.compile(r"(?<=font-size: )\d+(?=px)")


def style_sheet(tokens: Tokens, pixels: Callable[[int], int]) -> str:
    """`pixels` says how large text of a size is on this desktop."""
    sized = _SIZE.sub(lambda size: str(pixels(int(size[0]))), _STYLE.template)
    return Template(sized).substitute(asdict(tokens))
