"""Finds the tokens of a program as Pygments' `RegexLexer` does, without asking rules that cannot begin there.

A state of the lexer of Python has some fifty rules, and Pygments 2.21 tries one after the other at each token:
25 tries a token. Which ASCII characters a rule can begin with follows from its regular expression, so for each state and
character the rules that can are picked once. Rules, their order and what they do are those of Pygments.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from pygments.lexer import RegexLexer  # type: ignore[import-untyped]
from pygments.token import Error, Whitespace, _TokenType  # type: ignore[import-untyped]

Token = tuple[int, Any, str]
#: (match, action, new state), as Pygments makes them.
Rule = tuple[Any, Any, Any]

_ASCII = frozenset(map(chr, range(128)))
_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
_NOT = {op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT, op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE, op.CATEGORY_NOT_WORD: op.CATEGORY_WORD}


def quick(lexer: Any) -> Any:
    """Return `lexer`, finding its tokens so if it is of the kind that this is for."""
    if type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
        lexer.get_tokens_unprocessed = functools.partial(_tokens, lexer)
    return lexer


def _tokens(lexer: Any, text: str, stack: tuple[str, ...] = ("root",)) -> Iterator[Token]:
    """Yield (place, type, text) as `RegexLexer.get_tokens_unprocessed` does."""
    states = lexer._tokens
    kind: Any = type(lexer)
    place, open_states = 0, list(stack)
    rules = states[open_states[-1]]
    picked = _picked(kind, open_states[-1])
    while True:
        for match_at, action, new_state in picked.get(text[place : place + 1], rules):
            match = match_at(text, place)
            if match is None:
                continue
            if type(action) is _TokenType:
                yield place, action, match.group()
            elif action is not None:
                yield from action(lexer, match)
            place = match.end()
            if new_state is not None:
                _go(open_states, new_state)
                rules = states[open_states[-1]]
                picked = _picked(kind, open_states[-1])
            break
        else:
            if place >= len(text):
                return
            if text[place] == "\n":  # where Pygments begins anew
                open_states = ["root"]
                rules, picked = states["root"], _picked(kind, "root")
                yield place, Whitespace, "\n"
            else:
                yield place, Error, text[place]
            place += 1


def _go(states: list[str], new: Any) -> None:
    """Change the open states as a rule wants it; one of them always stays."""
    if isinstance(new, tuple):
        for state in new:
            if state == "#pop":
                if len(states) > 1:
                    states.pop()
            else:
                states.append(states[-1] if state == "#push" else state)
    elif isinstance(new, int):
        del states[1 if abs(new) >= len(states) else new :]
    else:
        states.append(states[-1])  # "#push" is all that Pygments leaves


@functools.cache
def _picked(lexer: Any, state: str) -> dict[str, list[Rule]]:
    """Return, by character, the rules of a state that can begin with it. All others ask all rules."""
    rules = lexer._tokens[state]
    firsts = [_first(rule[0].__self__) if isinstance(getattr(rule[0], "__self__", None), re.Pattern) else _ASCII for rule in rules]
    return {character: [rule for rule, first in zip(rules, firsts, strict=True) if character in first] for character in _ASCII}


@functools.lru_cache(maxsize=4096)
def _first(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return ASCII characters of which one comes first in whatever `pattern` finds: all of them when it may find nothing."""
    found, empty = _of_sequence(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)
    if pattern.flags & re.IGNORECASE:
        # Some letters beyond ASCII have an ASCII letter as their other case.
        empty = empty or not all(map(str.isascii, found))
        found |= {character.swapcase() for character in found}
    return _ASCII if empty else frozenset(found)


def _of_sequence(nodes: Any, flags: int) -> tuple[set[str], bool]:
    """Return the characters that may come first, and whether nothing may be found at all."""
    found: set[str] = set()
    for kind, value in nodes:
        some, empty = _of_node(kind, value, flags)
        found |= some
        if not empty:
            return found, False
    return found, True


def _of_node(kind: Any, value: Any, flags: int) -> tuple[set[str], bool]:
    if kind is op.LITERAL:
        return {chr(value)}, False
    if kind is op.NOT_LITERAL:
        return set(_ASCII) - {chr(value)}, False
    if kind is op.IN:
        return _of_set(value, flags), False
    if kind is op.BRANCH:
        branches = [_of_sequence(branch, flags) for branch in value[1]]
        return set().union(*(found for found, _ in branches)), any(empty for _, empty in branches)
    if kind is op.SUBPATTERN:
        _, added, _, nodes = value
        return (set(_ASCII), False) if added & re.IGNORECASE else _of_sequence(nodes, flags)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, _, nodes = value
        found, empty = _of_sequence(nodes, flags)
        return found, empty or least == 0
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return set(), True  # takes no character
    return set(_ASCII), kind is not op.ANY  # whatever else there is, such as a reference to a group


def _of_set(items: Any, flags: int) -> set[str]:
    found: set[str] = set()
    negated = False
    for kind, value in items:
        if kind is op.NEGATE:
            negated = True
        elif kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] > 127 and flags & re.IGNORECASE:
            return set(_ASCII)
        elif kind is op.RANGE:
            found |= {character for character in _ASCII if value[0] <= ord(character) <= value[1]}
        elif value in _CATEGORIES:
            found |= set(filter(_CATEGORIES[value], _ASCII))
        elif value in _NOT:
            found |= _ASCII - set(filter(_CATEGORIES[_NOT[value]], _ASCII))
        else:
            return set(_ASCII)
    return set(_ASCII) - found if negated else found
