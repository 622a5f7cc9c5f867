"""`python -m iprof_kit` is `iprof`."""

from iprof_kit.cli import main

main()
