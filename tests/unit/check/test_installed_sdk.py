"""What the installed SDK says of error codes, and what happens without one."""

from __future__ import annotations

import sys
import types

import pytest

from generator.check.installed_sdk import CodedError, coded_errors


class BaseError(Exception):
    pass


class GoneError(BaseError):
    """The file has gone.

    More about it.
    """


class BareError(BaseError):
    pass


def test_table_of_the_sdk_is_read_by_code(monkeypatch: pytest.MonkeyPatch):
    module = types.ModuleType("anthropic._error_classes")
    table = {(404, None): BaseError, (404, "file_gone"): GoneError, (400, "bare"): BareError}
    monkeypatch.setattr(module, "ERROR_CLASSES", table, raising=False)
    monkeypatch.setitem(sys.modules, "anthropic._error_classes", module)

    assert coded_errors() == {
        "file_gone": CodedError(404, "file_gone", "GoneError", "BaseError", "The file has gone."),
        "bare": CodedError(400, "bare", "BareError", "BaseError", ""),
    }


def test_without_an_sdk_nothing_is_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "anthropic._error_classes", None)

    assert coded_errors() == {}


def test_sdk_without_a_table_knows_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "anthropic._error_classes", types.ModuleType("anthropic._error_classes"))

    assert coded_errors() == {}


def test_real_sdk_describes_its_codes():
    found = coded_errors()["file_expired"]

    assert (found.status, found.class_name, found.base_name) == (404, "FileExpiredError", "NotFoundError")
    assert found.description
