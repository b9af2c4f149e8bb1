"""Three thousand signals, timers and posted events; PySide6 6.12.0 dies of them on Python 3.11."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

ROUNDS = 3000


class Bird(QObject):
    sang = Signal()
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.heard = self.posted = self.timed = 0
        self.sang.connect(self.hear)
        self.told.connect(self.hear, Qt.ConnectionType.QueuedConnection)

    def hear(self, _what: object = None) -> None:
        self.heard += 1

    def tick(self) -> None:
        self.timed += 1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self.posted += 1
            return True
        return super().event(event)


application = QCoreApplication([])
bird = Bird()
for _ in range(ROUNDS):
    bird.sang.emit()
    bird.told.emit({"a": 1})
    QCoreApplication.postEvent(bird, QEvent(QEvent.Type.User))
    QTimer.singleShot(0, bird.tick)
    application.processEvents()
QTimer.singleShot(0, application.quit)
application.exec()
print(bird.heard, bird.posted, bird.timed)
