"""One question and what came of it; shows a TurnView and tells what was clicked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.media import Attachment, Medium
from nearling.ui.chat.anew import Anew
from nearling.ui.chat.answer import Answer
from nearling.ui.chat.attached import Attached
from nearling.ui.chat.badge import Badge
from nearling.ui.chat.citations import INSET, Citations
from nearling.ui.chat.further import Further
from nearling.ui.chat.heading import heading
from nearling.ui.chat.kept import Kept
from nearling.ui.chat.mark import Mark
from nearling.ui.chat.prose import Prose
from nearling.ui.chat.receipt import lines
from nearling.ui.chat.receipt_popup import show_receipt
from nearling.ui.chat.remarks import Remarks, broken_off
from nearling.ui.chat.shelf import BESIDE, GAP, fitted
from nearling.ui.chat.told import as_markdown
from nearling.ui.chat.turn_view import State, TurnView
from nearling.ui.picture.canvas import Canvas
from nearling.ui.picture.pictures import THUMBNAIL, Pictures, Shown
from nearling.ui.tables.button import TableButton
from nearling.ui.tables.written import tables_of
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.clip import Clip
from nearling.ui.voice.recordings import Recordings

_BUBBLE, _PICTURE, _PLACEHOLDER = 560, QSize(380, 240), QSize(240, 135)
_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class TurnWidget(QWidget):
    resized = Signal()
    """What is in it needs another height."""
    link_followed = Signal(str)
    picture_opened = Signal(object, object)
    """The TurnView and the Attachment."""
    page_opened = Signal(object, object)
    """The TurnView and the Citation."""
    actions_wanted = Signal(object, QPoint)
    """What can be done with an Attachment, and where on the screen to say so."""
    resume_wanted = Signal(str)
    """The turn's id."""
    region_hovered = Signal(int)
    viewed = Signal()
    """Its view is another one."""
    edit_wanted = Signal(str)
    """The question, to be asked again in other words."""

    def __init__(
        self,
        theme: Theme,
        pictures: Pictures,
        recordings: Recordings,
        view: TurnView,
        quoting: frozenset[str],
    ) -> None:
        """What is under the answer is missing until it is completed: all at once is a hitch."""
        super().__init__()
        self._recordings = recordings
        self._theme = theme
        self._pictures = pictures
        self._quoting = quoting
        self.view = view
        self._canvases: list[tuple[Attachment, Canvas]] = []
        self._clips: list[Clip] = []
        self.attached: list[Attached] = []
        self._sizes: dict[Canvas, QSize] = {}
        """How large each picture is shown where there is room."""
        self._cited: tuple[Citation, ...] | None = None
        self.setAccessibleName(_("Question: {question}").format(question=view.question))
        self._question = Prose(_("Your question"))
        self._question.show_plain(view.question)
        self._bubble = self._made_bubble(view)
        self._head = QLabel()
        self._head.setProperty("look", "strong")
        self._head.setContentsMargins(INSET, 0, 0, 0)
        self._badge = Badge()
        self._badge.clicked.connect(self._show_receipt)
        self._answer = Answer(theme)
        self._answer.link_followed.connect(self.link_followed)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._bubble)
        row.setContentsMargins(0, 0, 0, 0)
        said = QHBoxLayout()
        said.addWidget(self._badge)
        said.addWidget(self._head)
        said.addStretch()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 22)
        self._layout.setSpacing(8)
        self._layout.addLayout(row)
        self._layout.addSpacing(8)
        self._layout.addLayout(said)
        self._text = QVBoxLayout()
        self._text.setContentsMargins(INSET, 0, 0, 0)
        self._text.setSpacing(8)
        self._text.addWidget(self._answer)
        self._layout.addLayout(self._text)

    def complete(self) -> None:
        """To be called once, before anything else is."""
        self._citations = Citations()
        self._citations.entered.connect(self._hovered)
        self._citations.opened.connect(self._open)
        self.remarks = Remarks()
        self.anew = Anew(self._theme)
        self.further = Further(self._theme)
        self._partials: Prose | None = None
        self._copy = self._action("copy", _("Copy"), _("Copy the answer"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.view.text))
        self.tables = TableButton(self._theme)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        for action in (self._copy, self.tables, self.anew, self.further):
            self._actions.addWidget(action)
        self._actions.addStretch()
        self._layout.addWidget(self._citations)
        self._layout.addWidget(self.remarks)
        self._layout.addLayout(self._actions)
        self.below: QWidget | None = None
        """What is asked of the person about this turn."""
        self.show_view(self.view)

    # Few turns need any of them.

    @cached_property
    def _reasons(self) -> Prose:
        reasons = Prose(_("Why"), "note")
        reasons.hide()
        self._text.insertWidget(1, reasons)
        return reasons

    @cached_property
    def _again(self) -> QPushButton:
        again = self._action("again", _("Go on"), _("Go on with this question"))
        again.hide()
        again.clicked.connect(lambda: self.resume_wanted.emit(self.view.id))
        self._actions.insertWidget(4, again)
        return again

    @cached_property
    def _edit(self) -> QPushButton:
        edit = self._action("edit", _("Edit and ask again"), _("Edit and ask again"))
        edit.hide()
        edit.clicked.connect(lambda: self.edit_wanted.emit(self.view.question))
        self._actions.insertWidget(self._actions.count() - 1, edit)
        return edit

    # What is shown

    def show_view(self, view: TurnView) -> None:
        self.view = view
        quoted = view.route is not None and view.route.writer in self._quoting
        means = None if view.receipt is None else view.receipt.means
        shown = as_markdown(view.text, means) if quoted else view.text
        if shown is None:
            self._answer.show_quote(view.text)
        else:
            self._answer.show_markdown(shown, finished=view.finished)
        self._answer.setVisible(bool(view.text))
        paged = any(each.page is not None for each in view.citations)
        self._badge.show_route(view.route, view.receipt, quoted=quoted, from_document=paged)
        head = heading(view)
        working = view.state is State.WORKING
        self._head.setText(_("{progress} …").format(progress=head) if working and head else head)
        look = "muted" if working else "strong"
        if self._head.property("look") != look:
            self._head.setProperty("look", look)
            self._head.style().polish(self._head)
        self._head.setVisible(bool(head))
        reasons = "\n".join((*view.reasons, *view.remedies))
        if reasons or "_reasons" in vars(self):
            self._reasons.show_plain(reasons)
            self._reasons.setVisible(bool(reasons) and view.finished)
        if view.citations != self._cited:
            self._show_citations(view)
        self.remarks.show_view(view, quoted=quoted)
        self.anew.show_view(view)
        self.further.show_view(view, quoted=quoted)
        self._show_partials(view)
        self._copy.setVisible(view.finished and bool(view.text))
        self.tables.show_tables(tables_of(view.text, styled=not quoted) if view.finished else ())
        goes_on = view.resumable and view.asks is None
        if goes_on or "_again" in vars(self):
            self._again.setVisible(goes_on)
            self._again.setText(_("Try again") if view.state is State.REFUSED else _("Go on"))
        if self._clips:
            self._edit.setVisible(view.finished)
        self.viewed.emit()
        self.resized.emit()

    def put_below(self, widget: QWidget | None) -> None:
        """What is asked of the person; None takes it away."""
        if self.below is not None:
            self.below.hide()
            self.below.deleteLater()
        self.below = widget
        if widget is not None:
            self._layout.addWidget(widget)
            widget.show()
        self.resized.emit()

    def _show_partials(self, view: TurnView) -> None:
        if view.partials and self._partials is None:
            self._partials = Prose(_("What had come before it broke off"), "note")
            self._text.addWidget(self._partials)
        if self._partials is not None:
            self._partials.show_plain("\n\n".join(map(broken_off, view.partials)))
            self._partials.setVisible(bool(view.partials))

    def fit(self, width: int) -> int:
        """Lays it out `width` wide; its height then."""
        inside = self._bubble.layout()
        assert inside is not None  # noqa: S101  made with it
        around = inside.contentsMargins().left() + inside.contentsMargins().right()
        most = min(_BUBBLE, width) - around
        clips = max((clip.sizeHint().width() for clip in self._clips), default=0)
        kept = max((kept.sizeHint().width() for kept in self.findChildren(Kept)), default=0)
        papers = max((each.sizeHint().width() for each in self.attached), default=0)
        natural = max(self._question.natural_width(), self._fit_pictures(most), clips, kept, papers)
        self._question.setFixedWidth(max(40, min(natural, most)))
        self._bubble.setFixedWidth(self._question.width() + around)
        self._layout.activate()  # else layouts within it would not know of what has changed
        height = self._layout.totalHeightForWidth(width)
        self._layout.setGeometry(QRect(0, 0, width, height))
        return height

    def go_on(self, top: int, bottom: int, *, upwards: bool) -> bool:
        """A little of what is missing between two heights; False once nothing is."""
        above = self._answer_top
        return self._answer.go_on(top - above, bottom - above, upwards=upwards)

    def mark(self, y: int) -> Mark:
        """What stands at a height."""
        inside = y - self._answer_top
        return self._answer.mark(inside) if inside >= 0 and self.view.text else Mark(y)

    def place(self, mark: Mark) -> int:
        """At which height it stands by now."""
        return mark.offset if mark.from_top else self._answer_top + self._answer.place(mark)

    @property
    def _answer_top(self) -> int:
        return self._answer.mapTo(self, QPoint(0, 0)).y()

    def _fit_pictures(self, most: int) -> int:
        """Makes the pictures as large as `most` pixels allow; the width that they take."""
        natural = [self._sizes.get(canvas, _PLACEHOLDER) for _attachment, canvas in self._canvases]
        sizes, width = fitted([(size.width(), size.height()) for size in natural], most)
        for (_attachment, canvas), size in zip(self._canvases, sizes, strict=True):
            canvas.setFixedSize(*size)
        return width

    def light(self, region: int) -> None:
        """Marks one citation and its place on the picture; -1 for none."""
        for _attachment, canvas in self._canvases:
            canvas.light(region)
        self._citations.light(region)

    def _made_bubble(self, view: TurnView) -> QFrame:
        bubble = QFrame()
        bubble.setProperty("look", "bubble")
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(8)
        shelf = QGridLayout()
        shelf.setSpacing(GAP)
        for attachment in view.attachments:
            if attachment.medium is Medium.PICTURE:
                canvas = Canvas(
                    self._theme, _("Picture {name}").format(name=attachment.name), selectable=False
                )
                canvas.setToolTip(attachment.name)
                canvas.setFixedSize(_PLACEHOLDER)
                row, column = divmod(len(self._canvases), BESIDE)
                self._canvases.append((attachment, canvas))
                shelf.addWidget(canvas, row, column, _CORNER)
                canvas.region_hovered.connect(self._hovered)
                canvas.opened.connect(partial(self._open_attachment, attachment))
                canvas.menu_wanted.connect(partial(self.actions_wanted.emit, attachment))
        if self._canvases:
            inside.addLayout(shelf)
        inside.addWidget(self._question)
        for attachment in view.attachments:
            if attachment.medium is Medium.CLIP:
                clip = Clip(self._theme, attachment.name, attachment.digest)
                self._clips.append(clip)
                self._recordings.show_attachment(attachment, clip)
                inside.addWidget(clip)
            elif attachment.medium is Medium.DOCUMENT:
                paper = Attached(self._theme, attachment)
                self.attached.append(paper)
                paper.opened.connect(self._open_attachment)
                paper.actions_wanted.connect(self.actions_wanted)
                inside.addWidget(paper)
        if view.local_only:
            inside.addWidget(Kept(self._theme))
        for attachment, canvas in self._canvases:
            self._pictures.show_attachment(
                attachment, THUMBNAIL, canvas, partial(self._arrived, canvas)
            )
        return bubble

    def _arrived(self, canvas: Canvas, shown: Shown) -> None:
        size = QSize(shown.width, shown.height)
        if size.width() > _PICTURE.width() or size.height() > _PICTURE.height():
            size = size.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
        self._sizes[canvas] = size.expandedTo(QSize(48, 32))
        canvas.show_picture(shown)
        self.resized.emit()

    def _show_receipt(self) -> None:
        if self.view.route is not None:
            show_receipt(self._badge, lines(self.view.route, self.view.receipt))

    def _show_citations(self, view: TurnView) -> None:
        self._cited = view.citations
        refused = bool(view.citations) and view.state is State.REFUSED
        self._citations.show_citations(view.citations, _("What comes closest:") if refused else "")
        self._show_regions(view.citations)

    def _show_regions(self, citations: Sequence[Citation]) -> None:
        for attachment, canvas in self._canvases:
            canvas.show_regions(
                [each.box if each.digest == attachment.digest else None for each in citations]
            )

    def _hovered(self, region: int) -> None:
        self.light(region)
        self.region_hovered.emit(region)

    def _open(self, citation: Citation) -> None:
        if citation.page is not None:
            self.page_opened.emit(self.view, citation)
            return
        own = {attachment.digest: attachment for attachment, _ in self._canvases}
        attachment = own.get(citation.digest) or Attachment(
            Medium.PICTURE, citation.source, citation.digest, 0
        )
        self._open_attachment(attachment)

    def _open_attachment(self, attachment: Attachment) -> None:
        self.picture_opened.emit(self.view, attachment)

    def _action(self, icon: str, label: str, name: str) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("look", "quiet")
        button.setAccessibleName(name)
        self._theme.dress(button, icon)
        button.setIconSize(QSize(19, 15))  # the rest is air before the words
        return button

    # Qt's

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()  # something in it grew, or has only now got its fonts
        return super().event(event)
