# The two commands: `make run` and `make test`. Each does its own set-up.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.PHONY: run test drill screenshots format clean

run: $(VENV)/.installed
	$(BIN)/raadsvar app --local

test: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tests/browser.py
	$(BIN)/pytest -n 2
	$(BIN)/raadsvar eval --gate

# Kills, faults, hostile files and leaks, on data folders of its own. Root also fills disks.
drill: $(VENV)/.installed-dev
	$(BIN)/python -m bench.drill

# Pictures of every page from the corpus shipped, into docs/.
screenshots: $(VENV)/.installed-dev
	$(BIN)/python tests/browser.py
	$(BIN)/python tests/ui/screenshots.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) build *.egg-info
