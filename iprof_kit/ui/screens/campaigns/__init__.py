"""One campaign’s page, on which movements, promotions, competitions and candidacies build."""
