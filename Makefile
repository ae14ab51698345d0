# The two commands: `make report YEAR=2024` and `make test`. `make help` lists all.
PYTHON ?= python3
YEAR ?= 2024
SYSTEMS ?= windows macos linux
VERSION ?= 3.12
BIN := .venv/bin
# Compiled once here, or else every process does it where Python may not write its own.
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
TAGS_windows := --platform win_amd64
TAGS_macos := --platform macosx_14_0_arm64
TAGS_linux := $(patsubst %,--platform manylinux%_x86_64,_2_28 _2_27 _2_26 _2_24 _2_17 2014 2010 1) --platform linux_x86_64

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

report: .venv/report-installed ## make the report of YEAR on the sample data
	@$(BIN)/evaluasi run --year $(YEAR)

# Two workers share the cores already: more threads in each only wait for one another.
test: export OPENBLAS_NUM_THREADS = 1
test: export OMP_NUM_THREADS = 1
test: .venv/test-installed ## ruff, type checker, pytest, nbval
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --nbval-lax --doctest-modules notebooks src tests

lab: .venv/report-installed ## JupyterLab on the start notebook
	$(BIN)/evaluasi lab

sample: .venv/report-installed ## write data/sample again (a test proves that nothing changes)
	$(BIN)/evaluasi sample --out data/sample

notebooks: .venv/report-installed ## run the notebooks on the sample and store their headline answers
	$(BIN)/python -m helpers.workflow.stored

dictionary: .venv/report-installed ## write data/README.md from the contracts
	$(BIN)/python -m helpers.contracts.dictionary > data/README.md

reference: .venv/report-installed ## write docs/reference from the docstrings
	$(BIN)/python -m helpers.contracts.reference docs/reference

screenshots: .venv/test-installed report ## take the guides' pictures anew from the running program
	$(BIN)/python -m tests.browser.screenshots docs/images --report reports/contoh/$(YEAR)

wheels: .venv/report-installed ## fill wheels/ for machines without internet, of SYSTEMS and one VERSION of Python
	@for system in $(SYSTEMS); do $(MAKE) --no-print-directory wheels/$$system-$(VERSION).txt || exit 1; done
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: -d wheels "setuptools>=77"

# What the lock says on that system: pip asks this machine's own name for every marker.
wheels/%-$(VERSION).txt: requirements.lock
	@mkdir -p wheels && $(BIN)/uv pip compile -q --no-header --no-annotate --generate-hashes --no-emit-index-url --only-binary :all: --python-platform $* --python-version $(VERSION) requirements.lock -o wheels/locked.txt
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --python-version $(VERSION) $(TAGS_$*) -d wheels -r wheels/locked.txt && mv wheels/locked.txt $@

lock: ## resolve the dependencies anew, with hashes and without addresses
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade -q pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

.venv/bin/uv:
	@echo "Pertama kali: memasang yang diperlukan ke .venv, beberapa menit; lain kali langsung mulai."
	@echo "First time: installing what is needed into .venv, some minutes; from then on it starts at once."
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/report-installed: requirements.lock pyproject.toml | .venv/bin/uv
	@$(INSTALL) --require-hashes -r requirements.lock && $(INSTALL) --no-deps -e . && $(BIN)/python -m compileall -q src && touch $@

.venv/test-installed: requirements-test.lock .venv/report-installed
	$(INSTALL) --require-hashes -r requirements-test.lock && touch $@

.PHONY: help report test lab sample notebooks dictionary reference screenshots wheels lock
