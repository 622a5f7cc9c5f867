"""One kernel a session: forked or ordinary, owned, watched, reached by its own pages."""
