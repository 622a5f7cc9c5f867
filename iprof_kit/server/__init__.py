"""The portal's server: login, sessions, kernels, guichet, Voilà. It knows screens by notebook."""

from iprof_kit.base.left_out import IRI_SYNTAX, leave_out

leave_out(IRI_SYNTAX)  # before Jupyter, which imports it, is imported by any module of this folder
