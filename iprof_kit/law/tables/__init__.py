"""The law as dated tables: how they are read, checked, looked up; and how a rule is registered."""
