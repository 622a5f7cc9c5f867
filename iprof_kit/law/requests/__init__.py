"""What an agent asks for: each request as data, its delays counted as their own text says."""
