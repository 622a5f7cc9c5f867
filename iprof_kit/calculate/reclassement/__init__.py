"""Where a person is placed: by a promotion, a change of corps, an entry, the reform of 2017."""
