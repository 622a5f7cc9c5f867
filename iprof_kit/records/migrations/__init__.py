"""How the tables came to be, one dated step a file."""
