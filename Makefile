# What people type: `make demo`, `make test`. What the checks run: `make check test`.
# Nothing here needs an activated environment; every tool is called from .venv/bin.

SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.installed
STORE := demo/graph.lbdb

# The first Python from 3.11 to 3.13, else any newer one.
PYTHON ?= $(shell for limit in 14 99; do for p in python3 python3.13 python3.12 python3.11 python; do \
	if $$p -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, $$limit))" 2>/dev/null; \
	then echo $$p; exit; fi; done; done)

# Say a command of the program and run it.
show = printf '\n$$ %s\n\n' '$(BIN)/nhsgraph $(1)' && $(BIN)/nhsgraph $(1) --table

.PHONY: help setup demo test check docs accuracy accuracy-baseline format lock chromium neo4j wheel clean

help:  ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1: /p' Makefile

setup: $(STAMP)  ## make .venv from requirements.lock

$(STAMP): requirements.lock Makefile
	@test -n "$(PYTHON)" || { echo "nhsgraph needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "could not make .venv: on Debian and Ubuntu, apt-get install python3-venv, then try again" >&2; exit 1; }
	@echo "Installing into .venv (once, a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@cp .ci/nhsgraph $(BIN)/nhsgraph && chmod +x $(BIN)/nhsgraph
	@touch $@

demo: export NHSGRAPH_STORE := $(STORE)
demo: $(STAMP)  ## read the example briefings, show what was found, write demo/map.html
	@mkdir -p demo && rm -rf $(STORE) $(STORE).* demo/map.html
	@$(call show,ingest examples/briefings)
	@$(call show,links "Ellermouth Hospitals")
	@$(call show,query run merger-talks --param limit=3)
	@$(call show,map -o demo/map.html)
	@echo; echo "Look further:  $(BIN)/nhsgraph links 'NHS England' --store $(STORE)"

test: $(STAMP) chromium  ## run the whole suite, with a real Neo4j and Chromium
	@$(BIN)/python -m pytest $(PYTEST)

check: $(STAMP)  ## lint, formatting, types, import rules; of the map page's scripts and styles too
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/biome check --error-on-warnings

# GOLD_DIR=folder (of sets of annotations; texts in ../briefings beside it, or TEXTS_DIR) judges more sets;
# SCORER=file compares our counts with those of another scorer.
accuracy: export GOLD_DIR := $(GOLD_DIR)
accuracy: export TEXTS_DIR := $(TEXTS_DIR)
accuracy: $(STAMP)  ## how right extraction is on annotated briefings, and what changed; fails where it fell
	@$(BIN)/python -m benchmarks.accuracy $(if $(SCORER),--scorer $(SCORER)) $(ACCURACY)

accuracy-baseline: ACCURACY := --write
accuracy-baseline: accuracy  ## the same, and keep the figures as those to compare with

docs: $(STAMP)  ## write docs/queries.md from the headers of the query templates
	@$(BIN)/python -m queries.reference

format: $(STAMP)  ## put the code into ruff's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/biome check --write

lock: $(STAMP)  ## write requirements.lock anew from pyproject.toml (keeps versions that still fit)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --group dev pyproject.toml -o requirements.lock

chromium:  ## install Debian's Chromium where there is none
	@sh .ci/chromium

neo4j: $(STAMP)  ## run a Neo4j with Neo4j Browser on this machine, its data in .neo4j/home (Java 17 and Maven)
	@$(BIN)/nhsgraph neo4j start --home .neo4j/home

wheel: $(STAMP)  ## build dist/nhsgraph-*.whl
	@$(BIN)/python -m hatchling build -t wheel

clean:  ## remove what the other targets made, but not .venv
	@rm -rf demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
