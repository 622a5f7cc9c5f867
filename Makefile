PYTHON ?= python3

.PHONY: help serve test lab lint bench soak screenshots docs
help: ## cette liste
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'
serve: ## le portail sur http://127.0.0.1:8866 (PORT=8867 en change), avec des personnes fictives
	@$(PYTHON) bootstrap.py serve $(if $(PORT),--port $(PORT))
test: ## tous les tests
	@$(PYTHON) bootstrap.py test
lab: ## JupyterLab sur les notebooks
	@$(PYTHON) bootstrap.py lab
lint: ## style, types, sens des dépendances
	@$(PYTHON) bootstrap.py lint
bench: ## les mesures de docs/benchmarks.md
	@$(PYTHON) bootstrap.py bench
docs: ## cette documentation, en site à ouvrir sans réseau, dans DOSSIER (dist/docs)
	@$(PYTHON) bootstrap.py docs $(DOSSIER)
screenshots: ## une image de chaque écran à deux largeurs, dans DOSSIER
	@$(PYTHON) bootstrap.py screenshots $(or $(DOSSIER),../ecrans-iprof)
soak: ## les grands nombres
	@$(PYTHON) bootstrap.py soak
