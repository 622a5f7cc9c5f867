"""What may leave the desk: tables under statistical secrecy, exports, their log."""
