"""Work in another thread."""

from __future__ import annotations

import threading
import time
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject

from qcode.errors import QcodeError
from qcode.ui import work


class RefusedError(QcodeError):
    def __init__(self):
        super().__init__("The file is empty. Choose another.")


class Ends:
    """What was called at the end, and in which thread."""

    def __init__(self):
        self.results, self.sentences, self.threads = [], [], set()

    def done(self, result):
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def refused(self, sentence):
        self.sentences.append(sentence)
        self.threads.add(threading.get_ident())


@pytest.fixture
def owner(qapp):
    owner = QObject()
    yield owner
    assert work.wait_for_all()


def start(owner, deed):
    ends = Ends()
    return ends, work.run(owner, deed, done=ends.done, refused=ends.refused)


def test_the_result_comes_back_in_the_windows_thread(qtbot, owner):
    ends, _task = start(owner, lambda _progress: threading.get_ident())
    qtbot.waitUntil(lambda: bool(ends.results))
    assert ends.threads == {threading.get_ident()}
    assert ends.results[0] not in ends.threads


def test_a_refusal_comes_back_as_its_sentence(qtbot, owner):
    def deed(_progress):
        raise RefusedError

    ends, _task = start(owner, deed)
    qtbot.waitUntil(lambda: bool(ends.sentences))
    assert ends.sentences == ["The file is empty. Choose another."]
    assert ends.results == []


def test_a_mistake_is_raised_in_the_windows_thread(qtbot, owner):
    ends, task = start(owner, lambda _progress: 1 // 0)
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(task.finished):
        pass
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    assert (ends.results, ends.sentences) == ([], [])


def test_progress_is_told_in_order_before_the_end(qtbot, owner):
    told = []
    go = threading.Event()

    def deed(progress):
        go.wait(5)
        progress.report(0.5, "halfway")
        progress.report(1.0)
        return "done"

    ends, task = start(owner, deed)
    task.progressed.connect(lambda fraction, text: told.append((fraction, text, list(ends.results))))
    go.set()
    qtbot.waitUntil(lambda: bool(ends.results))
    assert told == [(0.5, "halfway", []), (1.0, "", [])]


def test_a_cancelled_deed_ends_at_its_next_report_and_nobody_is_told(qtbot, owner):
    begun, go, after = threading.Event(), threading.Event(), []

    def deed(progress):
        begun.set()
        go.wait(5)
        progress.report(0.5)
        after.append("went on")

    ends, task = start(owner, deed)
    assert begun.wait(5)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        go.set()
    assert (after, ends.results, ends.sentences) == ([], [], [])


def test_a_result_that_came_too_late_is_dropped_after_cancelling(qtbot, owner):
    go = threading.Event()
    ends, task = start(owner, lambda _progress: go.wait(5))
    task.cancel()
    with qtbot.waitSignal(task.finished):
        go.set()
    assert ends.results == []


def test_a_result_for_an_owner_that_is_gone_is_dropped(qtbot, qapp):
    go, learned = threading.Event(), []

    def deed(progress):
        go.wait(5)
        learned.append(progress.cancelled)
        return "too late"

    owner = QObject()
    ends, _task = start(owner, deed)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    go.set()
    assert work.wait_for_all()
    qapp.processEvents()
    assert learned == [True]
    assert ends.results == []


def _alive(thing):
    from shiboken6 import isValid

    return isValid(thing)


def test_qt_keeps_alive_what_it_will_call_when_an_owner_goes(qapp):
    """Else another thread lets go of it at the very moment, and the program crashes now and then."""
    go = threading.Event()
    owner = QObject()
    _ends, task = start(owner, lambda _progress: go.wait(5))
    called = weakref.ref(task._progress)
    del task._progress  # as when the task goes: Qt says so only after Python has let go of it
    go.set()
    while work._under_way:
        time.sleep(0.001)
    assert called() is not None
    owner.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert called() is None
