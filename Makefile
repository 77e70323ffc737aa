# make help lists the targets. Everything runs on this machine; nothing listens beyond loopback.
SHELL := /bin/sh
PY := .venv/bin/python
PORT ?= 5005

export MMVTE_PORT := $(PORT)

.DEFAULT_GOAL := help
.PHONY: help setup train run chat browser wechat-sim wechat-check wechat-menu test evaluate bench lint lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## build .venv from requirements.lock (Python 3.11; fetched when missing)
	@sh deploy/setup.sh

train: setup ## train the model, whether its sources changed or not
	@$(PY) -m rasa_project.serving train

run: setup ## serve the chat on http://localhost:5005 (PORT=... for another port); trains when needed
	@exec $(PY) -m rasa_project.serving run

chat: setup ## talk to a running bot in the terminal
	@exec $(PY) -m rasa_project.channels.terminal

wechat-sim: setup ## chat through a simulated Official Account (KIND=wecom, KIND=aibot: WeCom)
	@exec $(PY) -W ignore -m rasa_project.channels.wechat simulate $(KIND)

wechat-check: setup ## try the configured WeChat accounts and say what is wrong
	@$(PY) -W ignore -m rasa_project.channels.wechat check

wechat-menu: setup ## publish the menu of the configured WeChat accounts
	@$(PY) -W ignore -m rasa_project.channels.wechat menu

browser: ## install what the browser tests need (Chromium, WebKit, the widget's packages)
	@sh deploy/browser.sh

test: setup browser ## run every test (trains when needed)
	@$(PY) -m pytest

evaluate: setup ## intents and facts of held-out sentences, against simple alternatives
	@$(PY) -m rasa_project.evaluation

bench: setup ## compare with a stock Rasa bot in one run; writes benchmarks/results.md
	@$(PY) -m benchmarks

lint: setup ## ruff and mypy
	@$(PY) -m ruff check .
	@$(PY) -m mypy

lock: ## resolve the dependencies of pyproject.toml anew (needs uv)
	uv pip compile pyproject.toml --all-extras --python-version 3.11 --universal --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements.lock --upgrade

clean: ## remove the environment, models, caches and logs (conversations stay)
	rm -rf .venv models .rasa var/cache var/log var/uv .pytest_cache .mypy_cache .ruff_cache .hypothesis
