"""A program sees only its own folder, its own environment and this machine, and is stopped when it takes too much."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from snippet_runner.hosts import Hosts, environment
from snippet_runner.outcome import Outcome
from snippet_runner.run import Runner

#: Where a program is told to send its requests; nothing listens there.
NOWHERE = "http://127.0.0.1:9"
BOTH = pytest.mark.parametrize("suffix", ["py", "ts"])
SECRET = "sk-ant-api03-this-looks-like-a-real-key"


@pytest.fixture
def run(hosts: Hosts) -> Callable[..., Outcome]:
    def run(suffix: str, source: str, *, seconds: int = 10, megabytes: int = 512) -> Outcome:
        return hosts.run(f"program.{suffix}", source, NOWHERE, seconds=seconds, megabytes=megabytes)

    return run


#: A TypeScript helper: waits for an event, and throws what the emitter reports.
UNTIL = "const until = (it: any, event: string) => new Promise((done, fail) => it.once(event, done).once('error', fail));\n"
#: Each ends well only when it reaches the other machine.
REACHING: dict[str, tuple[str, str]] = {
    "address": ("py", "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)"),
    "name": ("py", "import socket\nsocket.create_connection(('example.com', 80), timeout=2)"),
    "IPv6": ("py", "import socket\nsocket.create_connection(('2001:db8::1', 80), timeout=2)"),
    "name that starts like this machine's address": ("py", "import socket\nsocket.getaddrinfo('127.0.0.1.example.com', 80)"),
    "name that starts like this machine": ("py", "import socket\nsocket.create_connection(('localhost.example.com', 80), timeout=2)"),
    "look-up": ("py", "import socket\nsocket.getaddrinfo('example.com', 80)"),
    "old look-up": ("py", "import socket\nsocket.gethostbyname('example.com')"),
    "reverse look-up": ("py", "import socket\nsocket.gethostbyaddr('192.0.2.1')"),
    "datagram": ("py", "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'hi', ('192.0.2.1', 53))"),
    "message": ("py", "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendmsg([b'hi'], [], 0, ('192.0.2.1', 53))"),
    "listening for others": ("py", "import socket\nsocket.socket().bind(('0.0.0.0', 0))"),
    "urllib": ("py", "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=2)"),
    "httpx2": ("py", "import httpx2\nhttpx2.get('http://example.com/', timeout=2)"),
    "asyncio": ("py", "import asyncio\nasyncio.run(asyncio.wait_for(asyncio.open_connection('192.0.2.1', 80), 2))"),
    "thread": (
        "py",
        "import concurrent.futures, socket\n"
        "with concurrent.futures.ThreadPoolExecutor() as pool:\n"
        "    pool.submit(socket.create_connection, ('192.0.2.1', 80), 2).result()",
    ),
    "SDK": ("py", "from anthropic import Anthropic\nAnthropic(base_url='http://192.0.2.1', max_retries=0, timeout=2).models.list()"),
    "net": ("ts", UNTIL + "import net from 'node:net';\nawait until(net.connect(80, '192.0.2.1'), 'connect');"),
    "net with options": (
        "ts",
        UNTIL + "import net from 'node:net';\nawait until(net.connect({ host: '192.0.2.1', port: 80 }), 'connect');",
    ),
    "net with a name that starts like this machine's address": (
        "ts",
        UNTIL + "import net from 'node:net';\nawait until(net.connect(80, '127.0.0.1.example.com'), 'connect');",
    ),
    "net, IPv6": ("ts", UNTIL + "import net from 'node:net';\nawait until(net.connect(80, '2001:db8::1'), 'connect');"),
    "tls": ("ts", UNTIL + "import tls from 'node:tls';\nawait until(tls.connect(443, 'example.com'), 'secureConnect');"),
    "fetch of an address": ("ts", "await fetch('http://192.0.2.1/', { signal: AbortSignal.timeout(2000) });"),
    "fetch of a name": ("ts", "await fetch('http://example.com/', { signal: AbortSignal.timeout(2000) });"),
    "http": ("ts", UNTIL + "import http from 'node:http';\nawait until(http.get('http://192.0.2.1/'), 'response');"),
    "look-up in TypeScript": ("ts", "import { lookup } from 'node:dns/promises';\nawait lookup('example.com');"),
    "look-up with a callback": (
        "ts",
        "import { lookup } from 'node:dns';\n"
        "await new Promise((done, fail) => lookup('example.com', (error, found) => (error ? fail(error) : done(found))));",
    ),
    "query": ("ts", "import { resolve4 } from 'node:dns/promises';\nawait resolve4('example.com');"),
    "query of a resolver": (
        "ts",
        "import { Resolver } from 'node:dns/promises';\nconst resolver = new Resolver({ timeout: 1000, tries: 1 });\n"
        "resolver.setServers(['192.0.2.1']);\nawait resolver.resolve4('example.com');",
    ),
    "datagram in TypeScript": (
        "ts",
        "import { createSocket } from 'node:dgram';\nconst socket = createSocket('udp4');\n"
        "await new Promise<void>((done, fail) => socket.send('hi', 53, '192.0.2.1', (error) => (error ? fail(error) : done())));",
    ),
    "SDK in TypeScript": (
        "ts",
        "import Anthropic from '@anthropic-ai/sdk';\n"
        "await new Anthropic({ baseURL: 'http://192.0.2.1', maxRetries: 0, timeout: 2000 }).models.list();",
    ),
}


@pytest.mark.parametrize(("suffix", "source"), REACHING.values(), ids=REACHING)
def test_no_other_machine_is_reached(run: Callable[..., Outcome], suffix: str, source: str):
    outcome = run(suffix, source)

    assert not outcome.well
    assert "may reach only this machine, not" in outcome.output


def test_this_machine_is_reached(hosts: Hosts, runner: Runner):
    sources = {
        "py": "from anthropic import Anthropic\nprint(len(Anthropic().models.list().data))",
        "ts": "import Anthropic from '@anthropic-ai/sdk';\nconsole.log((await new Anthropic().models.list()).data.length);",
    }
    for suffix, source in sources.items():
        outcome = hosts.run(f"program.{suffix}", source, f"{runner.base_url}/scenario/id=reached-{suffix}")
        assert outcome.well, outcome.output
        assert int(outcome.output) > 5


@pytest.fixture
def dirty_hosts(make_hosts: Callable[[], Hosts], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosts]:
    """Hosts that are started by somebody with a real key, a proxy and settings of Python and Node."""
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "AWS_SECRET_ACCESS_KEY", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(name, SECRET)
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example.com:3128")
    monkeypatch.setenv("NODE_OPTIONS", "--require=/nowhere/other.js")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere/other.py")
    made = make_hosts()
    yield made
    made.close()


def test_nothing_of_the_callers_environment_gets_in(dirty_hosts: Hosts):
    sources = {
        "py": "import json, os\nprint(json.dumps(dict(os.environ)))",
        "ts": "console.log(JSON.stringify(process.env));",
    }
    for suffix, source in sources.items():
        outcome = dirty_hosts.run(f"program.{suffix}", source, NOWHERE)
        assert outcome.well, outcome.output
        seen = json.loads(outcome.output)

        assert seen == environment(NOWHERE, Path(seen["HOME"]))
        assert SECRET not in outcome.output
        assert "proxy.example.com" not in outcome.output
    # What the kernel keeps of the start of a process, of the program's and of the one that it is a fork of.
    for process in ("'self'", "os.getppid()"):
        outcome = dirty_hosts.run("program.py", f"import os\nprint(open('/proc/' + str({process}) + '/environ').read())", NOWHERE)

        assert "LANG=" in outcome.output
        assert SECRET not in outcome.output


def test_the_sdk_finds_no_credential_of_the_callers(dirty_hosts: Hosts, runner: Runner):
    sources = {
        "py": "from anthropic import Anthropic\nc = Anthropic()\nprint(c.api_key, c.auth_token, c.base_url)\nc.models.list()",
        "ts": "import Anthropic from '@anthropic-ai/sdk';\nconst c = new Anthropic();\n"
        "console.log(c.apiKey, c.authToken, c.baseURL);\nawait c.models.list();",
    }
    for suffix, source in sources.items():
        outcome = dirty_hosts.run(f"program.{suffix}", source, f"{runner.base_url}/scenario/id=credential-{suffix}")

        assert outcome.well, outcome.output
        assert SECRET not in outcome.output


STARTING: dict[str, tuple[str, str]] = {
    "subprocess": ("py", "import subprocess\nsubprocess.run(['/bin/true'])"),
    "shell": ("py", "import os\nos.system('true')"),
    "spawn in Python": ("py", "import os\nos.posix_spawn('/bin/true', ['true'], {})"),
    "exec in Python": ("py", "import os\nos.execv('/bin/true', ['true'])"),
    "fork in Python": ("py", "import os\nos.fork() or os._exit(0)"),
    "asyncio": ("py", "import asyncio\nasyncio.run(asyncio.create_subprocess_exec('/bin/true'))"),
    "multiprocessing": ("py", "import multiprocessing\nmultiprocessing.get_context('fork').Process(target=print).start()"),
    "spawn": ("ts", "import { spawn } from 'node:child_process';\nspawn('/bin/true');"),
    "spawnSync": ("ts", "import child_process from 'node:child_process';\nchild_process.spawnSync('/bin/true');"),
    "exec": ("ts", "import { exec } from 'node:child_process';\nexec('true');"),
    "execFileSync": ("ts", "import { execFileSync } from 'node:child_process';\nexecFileSync('/bin/true');"),
    "fork": ("ts", "import { fork } from 'node:child_process';\nfork('other.js');"),
    "worker": ("ts", "import { Worker } from 'node:worker_threads';\nnew Worker('1', { eval: true });"),
    "require": ("ts", "import { createRequire } from 'node:module';\ncreateRequire(import.meta.url)('child_process').execSync('true');"),
}


@pytest.mark.parametrize(("suffix", "source"), STARTING.values(), ids=STARTING)
def test_no_other_program_is_started(run: Callable[..., Outcome], suffix: str, source: str):
    outcome = run(suffix, source)

    assert not outcome.well
    assert "a snippet may not start another program" in outcome.output


ENDLESS: dict[str, tuple[str, str]] = {
    "busy": ("py", "while True:\n    pass"),
    "asleep": ("py", "import time\ntime.sleep(60)"),
    "stubborn": (
        "py",
        "import signal, time\nfor name in ('SIGTERM', 'SIGINT'):\n    signal.signal(signal.Signals[name], signal.SIG_IGN)\ntime.sleep(60)",
    ),
    "waiting for input": ("py", "import threading\nthreading.Event().wait()"),
    "busy in TypeScript": ("ts", "while (true);"),
    "asleep in TypeScript": ("ts", "await new Promise((done) => setTimeout(done, 60_000));"),
}


@pytest.mark.parametrize(("suffix", "source"), ENDLESS.values(), ids=ENDLESS)
def test_a_program_that_takes_too_long_is_stopped(run: Callable[..., Outcome], suffix: str, source: str):
    began = time.monotonic()
    outcome = run(suffix, source, seconds=1)

    assert outcome.stopped == "took longer than 1 s"
    assert time.monotonic() - began < 30


GREEDY: dict[str, tuple[str, str]] = {
    "at once": ("py", "import time\nkept = b'x' * 10**9\ntime.sleep(60)"),
    "bit by bit": ("py", "kept = []\nwhile True:\n    kept.append(b'x' * 10**6)"),
    "at once in TypeScript": (
        "ts",
        "const kept = Buffer.alloc(1_000_000_000, 1);\nawait new Promise((done) => setTimeout(done, 60_000, kept));",
    ),
    "bit by bit in TypeScript": ("ts", "const kept: Buffer[] = [];\nwhile (true) kept.push(Buffer.alloc(1_000_000, 1));"),
}


@pytest.mark.parametrize(("suffix", "source"), GREEDY.values(), ids=GREEDY)
def test_a_program_that_takes_too_much_memory_is_stopped(run: Callable[..., Outcome], suffix: str, source: str):
    outcome = run(suffix, source, megabytes=250, seconds=30)

    assert outcome.stopped == "took more than 250 MB"
    assert outcome.peak_mb > 250


@BOTH
def test_after_a_program_was_stopped_the_next_one_runs(run: Callable[..., Outcome], suffix: str):
    assert run(suffix, "while (true)\n    ;" if suffix == "ts" else "while True:\n    pass", seconds=1).stopped
    assert run(suffix, "console.log(1)" if suffix == "ts" else "print(1)").output == "1\n"


def test_python_can_leave_with_a_number(run: Callable[..., Outcome]):
    outcome = run("py", "import sys\nprint('before')\nsys.exit(3)")

    assert outcome.raised is not None
    assert (outcome.raised.class_name, outcome.raised.message, outcome.raised.line) == ("SystemExit", "3", 3)
    assert outcome.output == "before\n"


@pytest.mark.parametrize("source", ["import sys\nsys.exit()", "import sys\nsys.exit(0)", "raise SystemExit"])
def test_python_can_leave_well(run: Callable[..., Outcome], source: str):
    assert run("py", source).well


def test_typescript_can_leave_with_a_number(run: Callable[..., Outcome]):
    outcome = run("ts", "console.log('before');\nprocess.exit(3);")

    assert outcome.raised is not None
    assert (outcome.raised.class_name, outcome.raised.message) == ("exit", "ended with the exit code 3")
    assert outcome.output == "before\n"


def test_typescript_can_leave_well(run: Callable[..., Outcome]):
    assert run("ts", "process.exit(0);").well


def test_typescript_that_waits_for_nothing_has_failed(run: Callable[..., Outcome]):
    outcome = run("ts", "await new Promise(() => {});")

    assert outcome.raised is not None
    assert outcome.raised.message == "ended with the exit code 13"
    assert "unsettled top-level await" in outcome.output


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import os\nos._exit(0)", "ended without saying how"),
        ("import os\nos._exit(3)", "ended without saying how"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "died of signal 9"),
        ("import os\nos.abort()", "died of signal 6"),
    ],
)
def test_python_that_dies_has_failed(run: Callable[..., Outcome], source: str, why: str):
    assert run("py", source).stopped == why


def test_typescript_that_dies_has_failed(run: Callable[..., Outcome]):
    assert run("ts", "process.kill(process.pid, 'SIGKILL');").stopped == "died of signal 9"


@BOTH
def test_what_a_program_prints_is_kept(run: Callable[..., Outcome], suffix: str):
    source = {
        "py": "import sys\nprint('서울')\nprint('oops', file=sys.stderr)",
        "ts": "console.log('서울');\nconsole.error('oops');",
    }[suffix]
    outcome = run(suffix, source)

    assert outcome.well
    assert sorted(outcome.output.splitlines()) == ["oops", "서울"]
    assert outcome.seconds > 0


RAISING: dict[str, tuple[str, str, str, int | None]] = {
    "at the top": ("py", "x = 1\n\nraise ValueError('no')", "ValueError", 3),
    "in a nested frame": (
        "py",
        "def outer():\n    inner()\n\n\ndef inner():\n    raise ValueError('no')\n\n\nouter()",
        "ValueError",
        6,
    ),
    "in a library": ("py", "import json\n\n\ndef read(text):\n    return json.loads(text)\n\n\nread('{')", "JSONDecodeError", 5),
    "in a handler": ("py", "try:\n    1 / 0\nexcept ZeroDivisionError:\n    int('x')", "ValueError", 4),
    "in a thread that was waited for": (
        "py",
        "from concurrent.futures import ThreadPoolExecutor\n\n\ndef work():\n    raise KeyError('a')\n\n\n"
        "with ThreadPoolExecutor() as pool:\n    pool.submit(work).result()",
        "KeyError",
        5,
    ),
    "before it starts": ("py", "x = 1\nif True\n    pass", "SyntaxError", 2),
    "at the top of TypeScript": ("ts", "const x: number = 1;\n\nthrow new RangeError(`no ${x}`);", "RangeError", 3),
    "in a nested function": (
        "ts",
        "type T = { a: number };\nfunction outer(): void {\n  inner({ a: 1 });\n}\n"
        "function inner(t: T): void {\n  throw new TypeError(String(t.a));\n}\nouter();",
        "TypeError",
        6,
    ),
    "in a library of Node": ("ts", "function read(text: string): unknown {\n  return JSON.parse(text);\n}\nread('{');", "SyntaxError", 2),
    "in an asynchronous function": (
        "ts",
        "async function work(): Promise<void> {\n  await Promise.resolve();\n  throw new RangeError('no');\n}\nawait work();",
        "RangeError",
        3,
    ),
    "in a callback": (
        "ts",
        "setTimeout(() => {\n  throw new RangeError('no');\n}, 1);\nawait new Promise((done) => setTimeout(done, 5000));",
        "RangeError",
        2,
    ),
    "in a promise that nobody waits for": (
        "ts",
        "void Promise.resolve().then(() => {\n  throw new RangeError('no');\n});\nawait new Promise((done) => setTimeout(done, 5000));",
        "RangeError",
        2,
    ),
    "no error at all": ("ts", "throw 'text';", "String", None),
}


@pytest.mark.parametrize(("suffix", "source", "class_name", "line"), RAISING.values(), ids=RAISING)
def test_the_line_that_raised_is_told(run: Callable[..., Outcome], suffix: str, source: str, class_name: str, line: int | None):
    outcome = run(suffix, source)

    assert outcome.raised is not None, outcome
    assert (outcome.raised.class_name, outcome.raised.line) == (class_name, line)


@BOTH
def test_each_program_has_an_empty_folder_of_its_own(run: Callable[..., Outcome], suffix: str):
    source = {
        "py": "import os\nprint(os.getcwd(), os.listdir('.'))\nopen('left.txt', 'w').close()",
        "ts": "import { readdirSync, writeFileSync } from 'node:fs';\n"
        "console.log(process.cwd(), JSON.stringify(readdirSync('.')));\nwriteFileSync('left.txt', '');",
    }[suffix]
    first, second = (run(suffix, source).output.split() for _ in range(2))

    assert first[0] != second[0]
    assert first[1] == second[1] == "[]"
    assert not Path(first[0]).exists()


def test_what_one_python_program_changes_the_next_does_not_see(run: Callable[..., Outcome]):
    assert run("py", "import anthropic, builtins, os\nanthropic.Anthropic = builtins.print = None\nos.environ['X'] = '1'").well
    assert run("py", "import anthropic, os\nprint(anthropic.Anthropic.__name__, 'X' in os.environ)").output == "Anthropic False\n"


def test_a_python_program_runs_as_if_it_was_started_by_itself(run: Callable[..., Outcome]):
    assert run("py", "import sys\nprint(__name__, __file__.endswith('program.py'))").output == "__main__ True\n"


@BOTH
def test_there_is_no_input(run: Callable[..., Outcome], suffix: str):
    source = {
        "py": "import sys\nprint(repr(sys.stdin.read()))",
        "ts": "for await (const _ of process.stdin) console.log('?');\nconsole.log(\"''\");",
    }
    outcome = run(suffix, source[suffix])

    assert outcome.output == "''\n"


def test_hosts_can_be_closed_and_used_again(make_hosts: Callable[[], Hosts]):
    made = make_hosts()
    for _ in range(2):
        assert made.run("program.py", "print(1)", NOWHERE).output == "1\n"
        made.close()


def test_typescript_that_nobody_waits_for_runs_to_its_end(run: Callable[..., Outcome]):
    start = "import { setTimeout as sleep } from 'node:timers/promises';\nasync function main() {\n  await sleep(100);\n"
    well = run("ts", start + "  console.log('done');\n}\nvoid main();")
    wrong = run("ts", start + "  throw new RangeError('no');\n}\nvoid main();")

    assert (well.well, well.output) == (True, "done\n")
    assert wrong.raised is not None
    assert (wrong.raised.class_name, wrong.raised.line) == ("RangeError", 4)


def test_an_exit_code_that_was_only_set_counts(run: Callable[..., Outcome]):
    outcome = run("ts", "process.exitCode = 3;")

    assert outcome.raised is not None
    assert outcome.raised.message == "ended with the exit code 3"
