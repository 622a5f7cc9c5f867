"""What the kit says of a CV: what is wrong, doubtful, advised, required by the liste d’aptitude."""
