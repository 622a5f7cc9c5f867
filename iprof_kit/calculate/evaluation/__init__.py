"""What an evaluator has to prepare: whom she meets, which opinions, by when."""
