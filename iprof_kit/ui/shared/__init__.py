"""What every screen shares: its words, its parts, its HTML, its menu, the person who visits."""
