"""Checks request bodies against the parameter types of the installed SDK, and words errors as the API does.

The SDK's TypedDicts are turned into pydantic types once: iterables become lists
(else they are checked lazily), unions are decided by `type` or `role` (else every
branch is reported), unknown keys are refused. Must not know about endpoints.
"""

from __future__ import annotations

import collections.abc
import functools
import json
import re
import types
import typing
from typing import Annotated, Any, Literal, NotRequired, Required, Union

import typing_extensions
from pydantic import BeforeValidator, ConfigDict, Discriminator, Tag, TypeAdapter, ValidationError
from typing_extensions import TypedDict, is_typeddict

#: Marks the steps of a location that come from us and not from the request.
_OURS = "~"


class _Converter:
    """Makes pydantic types of SDK types; a type that contains itself is made once and referred to by name."""

    def __init__(self) -> None:
        self.known: dict[type, Any] = {}

    def convert(self, hint: Any) -> Any:
        origin = typing.get_origin(hint)
        if origin in (Required, typing.Required, NotRequired, typing.NotRequired):
            return origin[self.convert(typing.get_args(hint)[0])]
        if origin is Annotated:
            return self.convert(typing.get_args(hint)[0])
        if origin in (Union, types.UnionType):
            return self._union([self.convert(item) for item in typing.get_args(hint) if _in_json(item)])
        if origin in (collections.abc.Iterable, collections.abc.Sequence, list) or getattr(hint, "__name__", "") == "SequenceNotStr":
            return list[self.convert(typing.get_args(hint)[0])]  # type: ignore[misc]
        if origin is not None and getattr(origin, "__name__", "") == "SequenceNotStr":
            return list[self.convert(typing.get_args(hint)[0])]  # type: ignore[misc]
        if origin in (dict, collections.abc.Mapping):
            key, value = typing.get_args(hint)
            return dict[self.convert(key), self.convert(value)]  # type: ignore[misc]
        if is_typeddict(hint):
            return self._typed_dict(hint)
        return hint if origin is not None or hint in (str, int, float, bool, type(None)) else Any

    def _typed_dict(self, source: Any) -> Any:
        if source in self.known:
            return self.known[source]
        # Filled after it is known by name, so that a type may contain itself.
        made: Any = TypedDict(source.__name__, {})  # type: ignore[misc]
        extra = getattr(source, "__pydantic_config__", {}).get("extra", "forbid")
        setattr(made, "__pydantic_config__", ConfigDict(extra=extra, strict=True))  # noqa: B010 - no attribute that a type checker knows
        self.known[source] = made
        hints = typing.get_type_hints(source, include_extras=True)
        if "type" in hints:  # nothing and null say the same there, see `_with_type`
            hints["type"] = _not_null(hints["type"])
        required = {name for name, hint in hints.items() if name in source.__required_keys__}
        made.__annotations__ = {name: self.convert(hint) for name, hint in hints.items()}
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(hints.keys() - required)
        return made

    def _union(self, members: list[Any]) -> Any:
        members = _distinct(members)
        if len(members) == 1:
            return members[0]
        by_type = [_literal(member, "type") for member in members]
        if all(by_type) and len(set(by_type)) == len(members):
            chosen: Any = Annotated[Union[tuple(members)], Discriminator("type")]  # noqa: UP007 - built at run time
            default = next((tag for member, tag in zip(members, by_type, strict=True) if not _needs(member, "type")), None)
            return chosen if default is None else Annotated[chosen, BeforeValidator(functools.partial(_with_type, default))]
        tagged = {}
        for member in members:
            tag = _tag(member)
            if tag is None or tag in tagged:
                return Union[tuple(members)]  # noqa: UP007
            tagged[tag] = Annotated[member, Tag(tag)]
        roles = [role for member in members if (role := _literal(member, "role"))]
        if roles:  # an unknown role is checked against the first member, which then names all of them
            members[0].__annotations__["role"] = Required[Literal[tuple(roles)]]
        return Annotated[Union[tuple(tagged.values())], Discriminator(_chooser(tuple(tagged)))]  # noqa: UP007


def _distinct(members: list[Any]) -> list[Any]:
    """Leave out known texts beside any text and a free mapping beside a typed one: the API names only the other."""

    def told_by_another(member: Any) -> bool:
        origin = typing.get_origin(member)
        return (str in members and origin in (Literal, typing_extensions.Literal)) or (origin is dict and any(map(is_typeddict, members)))

    return [member for member in members if not told_by_another(member)]


def _needs(member: Any, key: str) -> bool:
    return typing.get_origin(member.__annotations__[key]) in (Required, typing.Required)


def _not_null(hint: Any) -> Any:
    """Return the other half of `Optional[...]`; any other type as it is."""
    rest = [item for item in typing.get_args(hint) if item is not type(None)]
    return rest[0] if typing.get_origin(hint) is Union and len(rest) == 1 else hint


def _with_type(default: str, value: Any) -> Any:
    """Give a mapping without a type the one that the API takes it for."""
    return {**value, "type": default} if isinstance(value, dict) and value.get("type") is None else value


def _literal(member: Any, key: str) -> str | None:
    """Return the only value that the field `key` of a converted TypedDict may have."""
    hint = member.__annotations__.get(key) if is_typeddict(member) else None
    while typing.get_origin(hint) in (Required, typing.Required, NotRequired, typing.NotRequired):
        hint = typing.get_args(hint)[0]
    return str(typing.get_args(hint)[0]) if typing.get_origin(hint) in (Literal, typing_extensions.Literal) else None


def _in_json(hint: Any) -> bool:
    """Return whether JSON can hold the type; the SDK also takes files, paths and its own response objects."""
    origin = typing.get_origin(hint) or hint
    if not isinstance(origin, type) or is_typeddict(origin):
        return True
    return origin in (str, int, float, bool, type(None), dict, list) or issubclass(
        origin, collections.abc.Iterable | collections.abc.Mapping
    )


def _tag(member: Any) -> str | None:
    """Return the mark of a union's member: its role or its type, else the kind of its value."""
    if is_typeddict(member):
        role = _literal(member, "role")
        return f"{_OURS}{role}" if role else _literal(member, "type") or f"{_OURS}mapping"
    if typing.get_origin(member) is list:
        return f"{_OURS}list"
    if member is str or typing.get_origin(member) in (Literal, typing_extensions.Literal):
        return f"{_OURS}text"
    return f"{_OURS}null" if member is type(None) else None


def _chooser(tags: tuple[str, ...]) -> collections.abc.Callable[[Any], str]:
    def chosen(value: Any) -> str:
        if isinstance(value, dict):
            for tag in (f"{_OURS}{value.get('role')}", str(value.get("type")), f"{_OURS}mapping"):
                if tag in tags:
                    return tag
        kind = {str: "text", list: "list", type(None): "null"}.get(type(value))
        return f"{_OURS}{kind}" if f"{_OURS}{kind}" in tags else tags[0]

    return chosen


_CONVERTER = _Converter()


@functools.cache
def _adapter(source: Any) -> TypeAdapter[Any]:
    return TypeAdapter(_CONVERTER.convert(source))


def read_json(raw: bytes) -> Any:
    """Return the JSON value in `raw`.

    Raises ValueError for what a strict reader refuses: text that is not UTF-8, half of a
    surrogate pair, NaN, deeper nesting than any request has.
    """
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
        if _SURROGATE.search(raw):  # json takes half of a pair, which no answer could repeat
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def first_error(source: Any, body: Any) -> str | None:
    """Return the first mistake of `body` as the API prints it, such as `max_tokens: Field required`; None when there is none.

    `source` is a TypedDict of the SDK.
    """
    try:
        _adapter(source).validate_python(body)
    except ValidationError as error:
        detail = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(step) for step in detail["loc"] if not str(step).startswith(_OURS))
        return f"{place}: {detail['msg']}" if place else str(detail["msg"])
    return None
