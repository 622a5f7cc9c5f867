"""One module per screen: results in, plain dataclasses with final French text out."""
