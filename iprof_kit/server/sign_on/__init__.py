"""Signing on at somebody else's door: OpenID Connect, where an academy names its provider."""
