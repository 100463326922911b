# make demo   sets everything up and builds the demonstration dataset
# make test   sets everything up and runs all tests
# make check  what is checked before a change lands: tests, lint, format, types

PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
DEMO := build/demo
CARD_PLOTS := corpora/demo/plots

.PHONY: demo test check lint types corpus card bench clean

demo: .venv/.core
	$(BIN)/alignkit build corpora/demo
	@echo
	$(BIN)/alignkit assess $(DEMO) --gold corpora/demo/gold.tsv

test: .venv/.dev
	$(BIN)/python -m pytest

check: test lint types

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.dev
	$(BIN)/mypy --strict src scripts

# The demonstration corpus's files, from the stories that were written for it.
corpus: .venv/.core
	$(BIN)/python scripts/make_demo_corpus.py

# DATA_CARD.md is the card of the dataset that 'make demo' builds, with links to the plots where the repository keeps them.
card: .venv/.dev
	$(BIN)/alignkit build corpora/demo --quiet
	mkdir -p $(CARD_PLOTS)
	cp $(DEMO)/dataset/plots/* $(CARD_PLOTS)
	sed 's|](plots/|]($(CARD_PLOTS)/|g' $(DEMO)/dataset/README.md > DATA_CARD.md

bench: .venv/.dev
	for part in main_job reading quantities names polarity alignment candidates collectors pages mentions faults; do \
		$(BIN)/python scripts/benchmark_$$part.py || exit 1; echo; done

clean:
	rm -rf .venv build

.venv/.core: pyproject.toml constraints.txt | .venv/.jamdict
	$(PIP_INSTALL) -e '.[export]'
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/.jamdict
	$(PIP_INSTALL) -e '.[dev]'
	@touch $@

# jamdict-data asks for 'wheel' while it is built, and does not say so: a build in isolation would not have it.
.venv/.jamdict: constraints.txt | .venv/bin/python
	$(PIP_INSTALL) setuptools wheel
	$(PIP_INSTALL) --no-build-isolation jamdict-data
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "alignkit needs Python 3.11 or later; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "This Python cannot make a virtual environment; on Debian, install python3-venv." >&2; exit 1; }
