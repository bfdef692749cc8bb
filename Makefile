# `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help demo test quick check lint format types contracts migrations catalogue locks \
        lock upgrade screenshots explanation clean run-ready dev-ready

# The fast way first: an up-to-date .venv says so itself.
set_up = [ -x .venv/bin/python ] && .venv/bin/python -I scripts/set_up.py $(1) --ready \
         || { python=$$(scripts/python) && "$$python" -I scripts/set_up.py $(1); }

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

run-ready:
	@$(call set_up,run)

dev-ready:
	@$(call set_up,dev)

demo: run-ready ## a county's portal to try, at http://127.0.0.1:8000 (PORT=, ACCOUNTS=file)
	@exec .venv/bin/trainingbase demo $(if $(PORT),--port $(PORT)) $(if $(ACCOUNTS),--accounts "$(ACCOUNTS)")

test: dev-ready ## every test, on SQLite and on PostgreSQL (ARGS="-k leave")
	@scripts/test $(ARGS)

quick: dev-ready ## the tests without the browser, on SQLite only (ARGS=)
	@scripts/test --database sqlite --ignore tests/browser $(ARGS)

check: dev-ready ## everything a reviewer runs
	@.ci/run

lint: dev-ready ## style of Python and templates
	@failed=0; .venv/bin/ruff check || failed=1; .venv/bin/ruff format --check || failed=1; \
	.venv/bin/djlint --quiet --lint templates || failed=1; exit $$failed

format: dev-ready ## put the style right
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

types: dev-ready ## types
	@.venv/bin/mypy

contracts: dev-ready ## who may import whom
	@.venv/bin/lint-imports --no-logo

migrations: dev-ready ## up, down, up again and no difference to the models, on both databases
	@.venv/bin/python -m pytest -q tests/test_migrations.py

catalogue: dev-ready ## every message translated, none left over
	@.venv/bin/python -m trainingbase.catalogue --check

locks: dev-ready ## whether the locks fit pyproject.toml and name no address
	@scripts/lock --check

lock: dev-ready ## write the locks again after a change of pyproject.toml
	@scripts/lock

upgrade: dev-ready ## take the newest versions that fit
	@scripts/lock --upgrade

screenshots: dev-ready ## take the pictures of docs/screenshots again, of what `make demo` made
	@.venv/bin/python -m pytest -q --database sqlite --screenshots tests/browser/pictures.py

explanation: dev-ready ## write docs/self-assessment again, of what `make demo` made
	@TRAININGBASE_DEMO=true TRAININGBASE_HOME="$${TRAININGBASE_HOME:-instance/demo}" \
	.venv/bin/trainingbase explain-self-assessment --into docs/self-assessment

clean: ## remove what the commands made, but for the data in instance/
	@rm -rf .venv .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache dist
