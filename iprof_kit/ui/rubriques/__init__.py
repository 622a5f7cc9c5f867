"""One file a rubrique of the portal: what it shows, what it does with an intent."""
