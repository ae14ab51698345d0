# The two commands: `make report YEAR=2024` and `make test`. `make help` lists all.
PYTHON ?= python3
YEAR ?= 2024
BIN := .venv/bin

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

report: .venv/report-installed ## make the report of YEAR on the sample data
	@$(BIN)/evaluasi run --year $(YEAR)

test: .venv/test-installed ## ruff, type checker, pytest, nbval
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval-lax --doctest-modules notebooks src tests

lab: .venv/report-installed ## JupyterLab on the start notebook
	$(BIN)/evaluasi lab

sample: .venv/report-installed ## write data/sample again (a test proves that nothing changes)
	$(BIN)/evaluasi sample --out data/sample

notebooks: .venv/report-installed ## run the notebooks on the sample and store their headline answers
	$(BIN)/python -m helpers.workflow.stored

dictionary: .venv/report-installed ## write data/README.md from the contracts
	$(BIN)/python -m helpers.contracts.dictionary > data/README.md

lock: ## resolve the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

.venv/bin/uv:
	@echo "Pertama kali: memasang yang diperlukan ke .venv, beberapa menit; lain kali langsung mulai."
	@echo "First time: installing what is needed into .venv, some minutes; from then on it starts at once."
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/report-installed: requirements.lock pyproject.toml | .venv/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e . && touch $@

.venv/test-installed: requirements-test.lock .venv/report-installed
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-test.lock && touch $@

.PHONY: help report test lab sample notebooks dictionary lock
