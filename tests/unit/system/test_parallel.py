"""Work on several cores: the same answers, the same exceptions, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time

import pytest

from generator.system import parallel


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


def test_few_items_are_done_here():
    assert parallel.each(lambda _: os.getpid(), range(3), 4) == [os.getpid()] * 3


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


@pytest.fixture
def two_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(parallel.VARIABLE, "2")
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # whatever threads other tests left behind


@pytest.mark.usefixtures("two_jobs")
def test_work_aside_is_done_by_another_process():
    wait = parallel.aside(lambda: [os.getpid(), "가" * 300_000])

    assert wait()[0] != os.getpid()


@pytest.mark.usefixtures("two_jobs")
@pytest.mark.parametrize("how", ["raises", "dies"])
def test_work_aside_that_fails_gives_nothing(how):
    def work() -> None:
        if how == "raises":
            raise ValueError
        os.kill(os.getpid(), signal.SIGKILL)

    assert parallel.aside(work)() is None


def test_with_one_job_nothing_is_done_aside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(parallel.VARIABLE, "1")

    assert parallel.aside(os.getpid)() is None


@pytest.mark.usefixtures("two_jobs")
def test_work_begun_ahead_is_done_meanwhile_and_returned_in_order():
    began = time.monotonic()
    finish = parallel.ahead(lambda number: (number, os.getpid(), time.monotonic()), range(20))
    time.sleep(0.3)
    asked = time.monotonic()
    found = finish()

    assert [number for number, _, _ in found] == list(range(20))
    assert {pid for _, pid, _ in found} != {os.getpid()}
    assert began < min(made for _, _, made in found) < asked


def test_work_that_nobody_can_begin_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(parallel.VARIABLE, "1")

    assert parallel.ahead(lambda number: [number, os.getpid()], [1, 2])() == [[1, os.getpid()], [2, os.getpid()]]
