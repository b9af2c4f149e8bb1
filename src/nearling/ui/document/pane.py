"""One document beside the conversation, a page at a time: cited places outlined, words found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QSpinBox, QVBoxLayout, QWidget

from nearling.core.conversation import Citation
from nearling.core.document import PageKind, Pages
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.numerals import whole
from nearling.core.reading import Table
from nearling.ui.document.find_bar import FindBar
from nearling.ui.document.finding import Found
from nearling.ui.document.leaves import Leaf, Leaves
from nearling.ui.document.words import place
from nearling.ui.keys import with_keys
from nearling.ui.picture.viewer import Viewer
from nearling.ui.tasks import Job
from nearling.ui.theme.theme import Theme


class DocumentPane(Viewer):
    def __init__(self, theme: Theme, leaves: Leaves) -> None:
        super().__init__(theme, _("Page"), fits_width=True)
        self.setMinimumWidth(340)
        self._leaves = leaves
        self._citations: tuple[Citation, ...] = ()
        self._kind = PageKind.PAGE
        self._leaf: Leaf | None = None
        """The page that is seen."""
        self._job: Job[Leaf] | None = None
        self._searching: Job[tuple[Found, ...]] | None = None
        self._goal: Citation | Found | None = None
        """What shall be seen of the page that is coming."""
        self._backwards = False
        """It was come from the page behind, whose end is next to it."""
        self.magnifier.setAccessibleName(_("Document, scrollable"))
        self.magnifier.setProperty("look", "desk")
        self.magnifier.turned.connect(self.turn)
        self.number = QSpinBox()
        self.number.setAccessibleName(_("Page"))
        self.number.setKeyboardTracking(False)
        self.number.setMinimum(1)
        self.number.lineEdit().setTextMargins(8, 0, 8, 0)  # a style sheet's padding is not enough
        self.number.valueChanged.connect(self._show_page)
        self._of = QLabel()
        self._of.setProperty("look", "muted")
        self.find_bar = FindBar(theme)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.gone_to.connect(self._go_to)
        self._empty = QLabel(_("This page has not been read, and there is no picture of it."))
        self._empty.setProperty("look", "muted")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(14, 14, 14, 14)
        self._empty.hide()
        self.before = self._button(
            "up", _("Previous page"), lambda: self.turn(-1), with_keys(_("Previous page"), "PgUp")
        )
        self.behind = self._button(
            "down", _("Next page"), lambda: self.turn(1), with_keys(_("Next page"), "PgDown")
        )
        close = self._button("close", _("Close the document"), self.closed.emit)
        find = self._button("search", _("Find in this document"), self.begin_finding)
        turning = (self.before, self.behind, self.number, self._of)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.find_bar)
        inside.addWidget(self._empty)
        inside.addWidget(self.magnifier, 1)
        self._lay_out(
            (self._name, self._more(_("What to do with this document")), close),
            (*turning, self.tables, find, *self._zooming(_("Fit the page"))),
            wide=(self._name, self._of),
            below=below,
        )

    # What is shown

    def show_document(
        self, attachment: Attachment, citations: Sequence[Citation], goal: Citation | None
    ) -> None:
        """At `goal`, one of `citations`; where there is none, as it was left."""
        other = self._attachment is None or self._attachment.digest != attachment.digest
        self._attachment, self._citations = attachment, tuple(citations)
        page = goal.page if goal is not None and goal.page is not None else None
        if other:
            self._leaf = None
            self.canvas.show_picture(None)
            self._name.set_text(attachment.name)
            self.find_bar.leave()
            self.magnifier.fit()
            self._bound(Pages(max(page or 1, 1), PageKind.PAGE))
            self._leaves.open(attachment.digest, self, self._opened)
        self._goal = goal
        self._turn_to(page or (1 if other else self.number.value()))

    def turn(self, way: int) -> None:
        """One page further, or back."""
        number = self.number.value() + way
        if self.number.minimum() <= number <= self.number.maximum():
            self._backwards = way < 0
            self.number.setValue(number)

    def begin_finding(self) -> None:
        self.find_bar.begin()

    @property
    def read_tables(self) -> tuple[Table, ...]:
        """Of the page that is seen."""
        page = self._leaf.page if self._leaf is not None else None
        return () if page is None else page.reading.tables

    def _opened(self, pages: Pages | None) -> None:
        if pages is not None and self._attachment is not None:
            self._bound(pages)

    def _bound(self, pages: Pages) -> None:
        self._kind = pages.kind
        blocked = self.number.blockSignals(True)
        self.number.setMaximum(max(pages.count, 1))
        self.number.blockSignals(blocked)
        self._of.setText(_("of {count}").format(count=whole(pages.count)))
        self._show_ways()

    def _turn_to(self, number: int) -> None:
        if number == self.number.value():
            self._show_page(number)
            return
        if number > self.number.maximum():
            self.number.setMaximum(number)
        self.number.setValue(number)

    def _show_page(self, number: int) -> None:
        self._show_ways()
        if self._attachment is None:
            return
        if self._job is not None:
            self._job.drop()
        self._job = self._leaves.leaf(self._attachment, number, self, self._arrived)

    def _arrived(self, leaf: Leaf) -> None:
        wanted = self._attachment is not None and self._attachment.digest == leaf.digest
        if not wanted or leaf.number != self.number.value():
            return
        turned = self._leaf is not leaf
        self._leaf = leaf
        self._empty.setVisible(leaf.shown is None)
        self.canvas.setVisible(leaf.shown is not None)
        name = leaf.page.name if leaf.page is not None else ""
        said = place(self._kind, leaf.number)
        said = f"{said}: {name}" if name else said
        self._of.setToolTip(said)
        self.canvas.setAccessibleName(
            _("{source}, {place}").format(source=self._name.text(), place=said)
        )
        self.canvas.show_picture(leaf.shown)
        self.tables.show_tables(self.read_tables)
        self.canvas.show_regions(
            [
                each.box if (each.digest, each.page) == (leaf.digest, leaf.number) else None
                for each in self._citations
            ]
        )
        if turned:
            self.canvas.show_reading(None if leaf.page is None else leaf.page.reading)
        if leaf.shown is not None:
            self.magnifier.show_size(leaf.shown.width, leaf.shown.height)
        if turned:
            self.magnifier.go_to(end=self._backwards)
        self._backwards = False
        self._reach()

    def _reach(self) -> None:
        """Has what is to be seen of this page seen."""
        goal, self._goal = self._goal, None
        if isinstance(goal, Citation):
            self.canvas.light(self._citations.index(goal) if goal in self._citations else -1)
            if goal.box is not None:
                self.magnifier.reveal(goal.box)
        elif isinstance(goal, Found):
            self.canvas.choose(goal.chosen)
            if goal.chosen:
                self.magnifier.reveal(goal.chosen[0].box)

    def _show_ways(self) -> None:
        number = self.number.value()
        self.before.setEnabled(number > self.number.minimum())
        self.behind.setEnabled(number < self.number.maximum())

    # Finding

    def _find(self, words: str) -> None:
        if self._searching is not None:
            self._searching.drop()
        self._searching = None
        if self._attachment is None or not words.strip():
            self.canvas.choose(())
            self.find_bar.show_found((), 1)
            return
        digest = self._attachment.digest
        self._searching = self._leaves.find(digest, words, self, self._found)

    def _found(self, found: tuple[Found, ...]) -> None:
        self.find_bar.show_found(found, self.number.value())

    def _go_to(self, found: Found) -> None:
        self._goal = found
        self._turn_to(found.page)

    # Qt's

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leaf = None
            self.canvas.show_picture(None)
            self._leaves.let_go()
