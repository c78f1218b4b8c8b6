"""Work on several cores: the same answers and the same exceptions."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from generator.system import parallel


@pytest.fixture(autouse=True)
def no_threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever threads other tests left behind."""
    if request.function is not test_process_with_threads_is_not_forked:
        monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.parametrize("processes", [1, 2, 3, 7])
def test_answers_stand_in_the_order_of_the_items(processes):
    assert parallel.each(lambda number: number * number, range(20), processes) == [number * number for number in range(20)]


def test_work_is_shared():
    def work(_: int) -> int:
        time.sleep(0.05)  # until the other is ready
        return os.getpid()

    assert len(set(parallel.each(work, range(16), 2))) == 2


def test_who_is_ready_takes_the_next_while_another_has_a_long_piece():
    def work(number: int) -> int:
        time.sleep(1 if number == 0 else 0.01)
        return os.getpid()

    long, *others = parallel.each(work, range(12), 2)

    assert others.count(long) < 6


def test_each_of_very_many_items_is_done_once():
    assert parallel.each(lambda number: -number, range(4321), 3) == [-number for number in range(4321)]


def test_one_item_is_done_here():
    assert parallel.each(lambda _: os.getpid(), range(1), 4) == [os.getpid()]


def test_nothing_to_do_gives_nothing():
    assert parallel.each(str, [], 4) == []


def test_exception_of_a_worker_is_raised_here():
    def work(number: int) -> int:
        if number == 5:
            raise ValueError(f"item {number}")
        time.sleep(0.02)
        return number

    with pytest.raises(ValueError, match="item 5"):
        parallel.each(work, range(8), 2)


def test_share_of_a_worker_that_died_is_done_here():
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.05)  # so that the other takes some
        return number

    assert parallel.each(work, range(8), 2) == list(range(8))


def test_large_answers_arrive_whole():
    assert parallel.each(lambda number: "가" * 300_000 + str(number), range(4), 2)[3].endswith("가3")


@pytest.mark.parametrize(("value", "count"), [("1", 1), ("3", 3)])
def test_number_of_processes_can_be_set(monkeypatch: pytest.MonkeyPatch, value, count):
    monkeypatch.setenv(parallel.VARIABLE, value)

    assert parallel.jobs() == count


@pytest.mark.parametrize("value", ["", "0", "-2", "many"])
def test_what_is_no_number_of_processes_is_ignored(monkeypatch: pytest.MonkeyPatch, value):
    monkeypatch.delenv(parallel.VARIABLE, raising=False)
    usual = parallel.jobs()
    monkeypatch.setenv(parallel.VARIABLE, value)

    assert parallel.jobs() == usual >= 1


def test_process_with_threads_is_not_forked():
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert parallel.each(lambda _: os.getpid(), range(8), 2) == [os.getpid()] * 8
    finally:
        ended.set()
        thread.join()


def test_one_job_does_everything_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(parallel.VARIABLE, "1")

    assert parallel.each(lambda _: os.getpid(), range(8)) == [os.getpid()] * 8
