"""« Qui a consulté mon dossier » and « Mes données »."""
