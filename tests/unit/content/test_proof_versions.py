"""Versions of the SDKs, as the lock files pin them."""

from __future__ import annotations

import pytest

from generator.content.proof import sdk_versions
from tests.unit.projects import SmallProject


def test_versions_are_those_of_the_lock_files(small: SmallProject):
    assert sdk_versions(small.root) == {"anthropic": "2.0.0", "@anthropic-ai/sdk": "1.0.0"}


def test_package_whose_name_only_begins_alike_is_not_meant(small: SmallProject):
    small.write("requirements/test.txt", "anthropic-other==9.0\nxanthropic==8.0\nanthropic==2.1.3 ; python_version > '3'\n")

    assert sdk_versions(small.root)["anthropic"] == "2.1.3"


@pytest.mark.parametrize(
    ("file", "content", "left"),
    [
        ("requirements/test.txt", None, ["@anthropic-ai/sdk"]),
        ("requirements/test.txt", "other==1.0\n", ["@anthropic-ai/sdk"]),
        ("snippets/package-lock.json", None, ["anthropic"]),
        ("snippets/package-lock.json", "{}", ["anthropic"]),
    ],
)
def test_package_that_no_lock_file_names_is_left_out(small: SmallProject, file, content, left):
    small.remove(file)
    if content is not None:
        small.write(file, content)

    assert list(sdk_versions(small.root)) == left
