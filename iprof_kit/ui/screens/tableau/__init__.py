"""The prepared tableau of a campaign, for a decision-maker."""
