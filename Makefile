# What a newcomer and a developer run; `make` alone lists it. Every target sets up what it needs first.

PYTHON := .venv/bin/python
JOBS ?= 2
ARGS ?=

# The tests and the pictures drive the window without a screen; `QT_QPA_PLATFORM=xcb make test` uses the real one.
WITHOUT_SCREEN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}

# What another project left in the environment must not be imported here.
unexport PYTHONPATH PYTHONHOME

.PHONY: help setup demo test check lint types layers spelling rules bench pictures lock clean

help: ## list the targets
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile
	@echo 'Options go in ARGS: make test ARGS="tests/text -k emoji", make demo ARGS=--no-window'

setup: ## make or mend .venv; does nothing when it is up to date
	@sh setup/prepare.sh

demo: setup ## build the sample study in demo/ and, where there is a screen, open it
	@$(PYTHON) -m qcode demo demo $(ARGS)

test: setup ## run the tests, the fast ones first
	@$(WITHOUT_SCREEN) $(PYTHON) -m pytest -n $(JOBS) $(ARGS)

check: setup ## style, types, layers, spelling and the rules of the house
	@$(MAKE) --no-print-directory --keep-going lint types layers spelling rules

lint: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: setup
	$(PYTHON) -m mypy -p qcode

layers: setup
	.venv/bin/lint-imports --no-logo

spelling: setup
	$(PYTHON) -m codespell_lib .

rules: setup
	$(PYTHON) setup/house_rules.py

bench: setup ## measure on generated studies; prints a table and JSON
	@$(WITHOUT_SCREEN) $(PYTHON) -m benchmarks $(ARGS)

pictures: setup ## photograph every room, light and dark, into docs/pictures/
	@$(WITHOUT_SCREEN) $(PYTHON) docs/take_pictures.py $(ARGS)

lock: ## after a change of dependencies: write requirements.txt anew (needs uv; ARGS=--upgrade takes newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv on the path."; exit 1; }
	uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --group dev \
		--custom-compile-command "make lock" --output-file requirements.txt pyproject.toml $(ARGS)

clean: ## remove .venv and caches; demo/ stays, since someone may have worked in it
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
