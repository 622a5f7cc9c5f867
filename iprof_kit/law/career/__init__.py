"""The career: échelons, positions, seniority, reclassement, changes of corps."""
