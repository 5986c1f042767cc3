# make demo: from nothing to brief.html.   make test: install and run every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-project

.PHONY: demo test standards soak lint web bench bench-demo bench-estimate bench-forecast bench-ledger bench-reading bench-simulate bench-web train lock clean help

help:
	@echo "make demo   install what the demo needs, run it, say where brief.html is"
	@echo "make test   install the development tools, run linters, types, architecture and tests"
	@echo "make standards  install the standards' own tools too, with which tests check exports (needs libicu-dev)"
	@echo "make soak   tests of protection on 2,000 pairs of ledgers, and of reliability at full counts (an hour)"
	@echo "make bench  measure the bars and write docs/benchmarks/*.json"
	@echo "make train  fit the tagger anew and print its figures (a quarter of an hour; installs torch)"
	@echo "make web    bundle the dashboard's scripts and styles anew (needs Node 20 or newer)"
	@echo "make lock   resolve requirements/*.txt anew (needs uv)"

demo: $(VENV)/.run
	$(BIN)/satrap demo $(DEMO)

test: $(VENV)/.dev lint
	$(BIN)/pytest -n auto --dist loadfile

standards: $(VENV)/.standards

soak: $(VENV)/.dev
	$(BIN)/python -m benchmarks.ledger_soak

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

web:
	cd src/satrap/web/assets && npm ci --ignore-scripts --no-audit --no-fund --silent && npx tsc --noEmit && node build.mjs

bench: bench-demo bench-reading bench-estimate bench-ledger bench-simulate bench-forecast bench-web

bench-demo: $(VENV)/.dev
	$(BIN)/python -m benchmarks.demo

bench-estimate: $(VENV)/.dev
	$(BIN)/pip install --quiet 'numpyro>=0.18'
	$(BIN)/python -m benchmarks.estimate

bench-forecast: $(VENV)/.dev
	$(BIN)/python -m benchmarks.forecast

bench-ledger: $(VENV)/.dev
	$(BIN)/python -m benchmarks.ledger

bench-reading: $(VENV)/.dev
	$(BIN)/python -m benchmarks.reading

bench-simulate: $(VENV)/.dev
	$(BIN)/python -m benchmarks.simulate

bench-web: $(VENV)/.dev
	$(BIN)/python -m benchmarks.web

train: $(VENV)/.train
	OMP_NUM_THREADS=1 $(BIN)/python -m training.tagger

lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/dev.txt
	uv pip compile pyproject.toml --group dev --group standards --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/standards.txt

clean:
	rm -rf $(VENV) $(DEMO) dist build

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "satrap needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: $(VENV)/bin/pip requirements/run.txt
	@echo "installing what satrap needs, checked by hash (half a minute to a few)"
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/pip requirements/dev.txt
	@echo "installing satrap's development tools, checked by hash (half a minute to a few)"
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

$(VENV)/.train: $(VENV)/.dev
	@echo "installing what fits the tagger: torch and an encoder to start from (a few minutes)"
	$(BIN)/pip install --quiet --no-build-isolation -e .[train]
	@touch $@

# PyICU, which followthemoney needs, has no wheels: it is built here, by the setuptools of the day
$(VENV)/.standards: $(VENV)/.dev requirements/standards.txt
	@echo "installing the standards' own tools, checked by hash (a minute or two)"
	$(BIN)/pip install --quiet --require-hashes -r requirements/standards.txt
	@touch $@
