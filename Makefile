# Two commands do everything: `make serve` and `make test`. Both set up first, once.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
TOOLS := $(VENV)/.test-tools
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
PORT ?= 8000
# Material announces MkDocs 2 in every build; we pin MkDocs 1.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup serve test lint build lock fonts vendor bench

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

setup: $(STAMP) ## set up the environment in .venv

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Musnad needs Python 3.11 or newer; name one with PYTHON=..."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(TOOLS): requirements-dev.txt $(STAMP)
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

serve: setup ## build the site and serve it with live reload
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: $(TOOLS) ## run the tests, with the tools that only they need
	$(BIN)/python -m pytest

lint: $(TOOLS) ## check style, types and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github

build: setup ## build the site strictly into site/
	$(BIN)/musnad check
	$(BIN)/mkdocs build --strict

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: ## resolve requirements*.txt anew from pyproject.toml (needs uv)
	$(LOCK) --extra setup --output-file requirements.txt pyproject.toml
	$(LOCK) --extra dev --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml

fonts: $(TOOLS) ## make the theme's fonts again (needs npm and a network)
	$(BIN)/python fonts/make.py

vendor: ## make the libraries of pages again (needs npm and a network)
	python3 vendor/make.py

bench: $(TOOLS) ## measure builds and serving (hours; bench/README.md has shorter ways)
	$(BIN)/python bench/build.py
