"""What every subject of calculation shares: declaration, fields, papers, reading."""
