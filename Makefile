# `make run` and `make test` bring what they need; `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help setup run setup-dev setup-test test proof faults bench lint format lock clean
.PHONY: lint-style lint-types lint-arrows lint-templates lint-migrations

PACKAGES := accounts beneficiaries claims hit_project medical_review policy suppliers tests
PAPER := libpango-1.0-0 libpangoft2-1.0-0
BROWSER_AND_FONTS := chromium fonts-dejavu-core fonts-liberation $(PAPER)
PYTEST := .venv/bin/python -m pytest

help:  ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup:  ## Make the Python environment for running
	@scripts/environment run

run: setup  ## Start the system at http://127.0.0.1:8000; PORT=8001 chooses another port, Ctrl-C ends it
	@.venv/bin/python -c 'import weasyprint' 2>/dev/null || scripts/debian-packages $(PAPER)
	@exec .venv/bin/python manage.py run_system

setup-dev:
	@scripts/environment dev

setup-test: setup-dev
	@scripts/debian-packages $(BROWSER_AND_FONTS)

test: setup-test  ## Run all tests; ARGS="tests/claims -k price" chooses some
	@$(PYTEST) -n 2 --dist worksteal $(ARGS)

proof: setup-test  ## Run properties and other proofs at full counts
	@HIT_PROOF=1 $(PYTEST) -n 2 -m "hypothesis or proof" $(ARGS)

faults: setup-test  ## Kill servers and workers, fill disks, move the clock: every fault at every place
	@HIT_PROOF=1 $(PYTEST) -n 2 -m faults $(ARGS)

bench: setup-dev  ## Measure; figures go to the terminal
	@for file in tests/benchmarks/bench_*.py; do .venv/bin/python -m tests.benchmarks.$$(basename $$file .py) || exit; done

lint: lint-style lint-types lint-arrows lint-templates lint-migrations  ## Check style, types, arrows, templates, migrations

lint-style: setup-dev
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet

lint-types: setup-dev
	@.venv/bin/mypy

lint-arrows: setup-dev
	@.venv/bin/lint-imports --no-logo

lint-templates: setup-dev
	@find $(PACKAGES) templates -name '*.html' -print0 | xargs -0 --no-run-if-empty .venv/bin/djade --check

lint-migrations: setup-dev
	@.venv/bin/python manage.py makemigrations --check --dry-run

format: setup-dev  ## Rewrite Python and templates in the project's style
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	@find $(PACKAGES) templates -name '*.html' -print0 | xargs -0 --no-run-if-empty .venv/bin/djade

lock: setup-dev  ## Choose the newest allowed versions anew and write both locks
	.venv/bin/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev \
	    --constraints requirements.lock -o requirements-dev.lock

clean:  ## Remove the environment, caches and what tests left; the data of the system stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/tests var/static
	find $(PACKAGES) -name __pycache__ -type d -exec rm -rf {} +
