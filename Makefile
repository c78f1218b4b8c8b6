# Every command sets up what it needs, from lock files, into .venv/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1:8000
SIZES ?= real 500
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve site gate check lint new entry snippets mock test test-fast test-full accuracy bench bench-builds bench-reader bench-snippets picture fields lock sdk-upgrade clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

serve: $(VENV)/.site ## build both languages and serve them with live reload on HOST (127.0.0.1:8000)
	@$(BIN)/mkdocs serve --quiet --dev-addr $(HOST)

site: $(VENV)/.site ## build both languages into site/
	@$(BIN)/claude-errors build

gate: $(VENV)/.test ## what CI asks first: the entries, and linter, formatter and type check over the Python code
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/claude-errors check

check: $(VENV)/.site ## for authors: every problem of every entry, fact and program; silent when all is well
	@$(BIN)/claude-errors check

lint: gate ## for those who change code: gate, and formatters, linters and type checks over the snippets (installs Node's packages)
	@$(BIN)/python tools/check_snippets.py

new: $(VENV)/.test ## start an entry and its snippets: make new SLUG=file_expired
	@$(BIN)/claude-errors new $(SLUG)

snippets: $(VENV)/.test site ## run the code of the built pages, or of one guide: make snippets SLUG=file_expired
	@$(BIN)/python -m snippet_runner $(SLUG)

entry: $(VENV)/.test ## check one entry, build its pages, run its programs and tests: make entry SLUG=file_expired
	@$(BIN)/python tools/entry.py $(SLUG)

mock: $(VENV)/.test ## serve the mock of the Claude API: make mock SCENARIO="overloaded_error;times=2"
	@$(BIN)/claude-errors mock --scenario "$(SCENARIO)"

test: $(VENV)/.test ## set up what tests need, then run all of them, or some: make test TESTS="tests/unit tests/data"
	@$(BIN)/python tools/toolchain.py
	@$(BIN)/pytest $(TESTS)

test-fast: $(VENV)/.test ## in a minute, for authors: what needs no Node, browser, mock or built site
	@$(BIN)/pytest -m "not node" tests/unit tests/data

test-full: ## all tests, and the programs that send 250 to 500 MB as they are
	@$(MAKE) --no-print-directory test TESTS="--real-sizes $(TESTS)"

accuracy: $(VENV)/.test ## measure decoder and search with texts and queries: make accuracy CORPUS=folder
	@$(BIN)/python benchmarks/accuracy.py "$(CORPUS)"

bench: bench-builds bench-reader bench-snippets ## everything below; SIZES="real 500 2000:1" (1: once) for another choice of sizes

bench-builds: $(VENV)/.test ## builds, saves, checks and memory beside MkDocs, Zensical and Hugo, in one run
	@$(BIN)/python benchmarks/builds.py $(SIZES)

bench-reader: $(VENV)/.test site ## weight of a first visit, Lighthouse, and the list of the home page
	@$(BIN)/python tools/toolchain.py
	@$(BIN)/python benchmarks/reader.py

bench-snippets: $(VENV)/.test site ## time per program of the snippet runner, and how it grows
	@$(BIN)/python benchmarks/snippets.py

picture: $(VENV)/.test ## draw docs/architecture.svg from the imports of the code
	@$(BIN)/python tools/picture.py

fields: $(VENV)/.site ## write docs/fields.md, the list of all fields, from the schemas
	@$(BIN)/python tools/fields.py

lock: $(VENV)/.test ## write the lock files anew from pyproject.toml
	@$(BIN)/python tools/lock.py

sdk-upgrade: $(VENV)/.test ## move both SDKs to their newest versions and run everything with them
	@$(BIN)/python tools/lock.py sdk
	@$(MAKE) --no-print-directory snippets test
	@$(BIN)/claude-errors coverage

clean: ## remove everything that these commands made
	rm -rf $(VENV) .venv-bench build site .site.* snippets/node_modules benchmarks/lighthouse/node_modules .pytest_cache .mypy_cache .ruff_cache *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with PYTHON=..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing (Debian: apt install python3-venv)."; exit 2; }

$(VENV)/.site: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
