# Needs Python 3.11 or newer with venv, make and a package index; brings everything else.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
ARTICLES ?=
# sumy's own Arabic tokenizer, a baseline, needs pyarabic (GPL): lent to a bench, never installed or locked.
MEASURING := $(UV) run --quiet --no-sync --with pyarabic==0.6.15

export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)

.PHONY: help sync demo screens test lint types contracts wheel bench bench-summary bench-arabic bench-stories bench-waiting bench-ingest bench-search fuzz lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: sync ## Show the whole bot in one minute; ARTICLES=DIR sends your own .txt files
	@.venv/bin/mujaz demo $(if $(ARTICLES),--articles "$(ARTICLES)")

screens: sync ## Draw the pictures of docs/screens with Chromium; NAMES="digest why" draws only those
	.venv/bin/python docs/screens/draw.py $(NAMES)

test: sync ## Run every test
	.venv/bin/pytest -n 4 --dist worksteal

lint: sync ## Check style and dependencies
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/deptry .

types: sync ## Check types
	.venv/bin/mypy
	.venv/bin/mypy bench
	.venv/bin/mypy docs/screens

contracts: sync ## Check who may import whom
	.venv/bin/lint-imports --no-cache

wheel: sync ## Build the wheel and check what it owns
	rm -rf dist
	$(UV) build --quiet --wheel
	.venv/bin/python .ci/check_wheel.py dist/*.whl

bench: bench-summary bench-arabic bench-stories ## Run all benches; DATA=DIR adds labelled rows

bench-summary: sync ## Measure our summaries beside named baselines; DATA=DIR adds labelled rows
	$(MEASURING) python bench/summary.py $(if $(DATA),--data "$(DATA)")

bench-arabic: sync ## Measure our reading of Arabic beside named baselines; DATA=DIR adds labelled rows
	$(MEASURING) python bench/arabic.py $(if $(DATA),--data "$(DATA)")

bench-stories: sync ## Measure how stories and copies are found in an archive; DATA=DIR lends the articles
	.venv/bin/python bench/stories.py $(if $(DATA),--data "$(DATA)")

bench-waiting: sync ## Measure how long readers wait while a long article is read
	.venv/bin/python bench/waiting.py

bench-ingest: sync ## Measure what taking an article in costs as the archive grows; DATA=DIR lends the words
	.venv/bin/python bench/ingest.py $(if $(DATA),--data "$(DATA)")

bench-search: sync ## Measure how long a reader waits for what they look for; DATA=DIR lends the words
	.venv/bin/python bench/search.py $(if $(DATA),--data "$(DATA)")

fuzz: sync ## Feed the readers of strangers' content noise; CASES=N makes it shorter or longer
	.venv/bin/python bench/fuzz.py --cases $(or $(CASES),200000)

lock: $(UV) ## Lock the newest allowed versions
	$(UV) lock --upgrade

clean: ## Remove what was made here
	rm -rf .venv .tools dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

sync: .venv/.synced

.venv/.synced: pyproject.toml uv.lock $(UV)
	$(UV) sync --quiet --locked
	@touch $@

$(UV):
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
