"""What is stored about training: the plans that this installation was given."""
