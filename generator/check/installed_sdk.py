"""What the installed Python SDK says about error codes.

The SDK is not needed to build the site: without it the answers are empty. Must
not send anything.
"""

from __future__ import annotations

import dataclasses
import importlib


@dataclasses.dataclass(frozen=True)
class CodedError:
    """An `error_code` of the SDK's own table."""

    status: int
    error_code: str
    class_name: str
    base_name: str
    """The class for the status alone, which code catches that does not know the code."""
    description: str
    """First paragraph of the SDK's docstring."""


def coded_errors() -> dict[str, CodedError]:
    """Return the SDK's errors by `error_code`; empty when no SDK with such codes is installed.

    The table came with anthropic 2.5.0 (source, 2026-11-04).
    """
    try:
        table = importlib.import_module("anthropic._error_classes").ERROR_CLASSES
    except (ImportError, AttributeError):
        return {}
    return {
        code: CodedError(status, code, cls.__name__, cls.__mro__[1].__name__, (cls.__doc__ or "").split("\n\n")[0].strip())
        for (status, code), cls in table.items()
        if code is not None
    }
