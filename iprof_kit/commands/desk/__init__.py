"""What an administrator does of the desk: who follows whom, how messages are answered."""
