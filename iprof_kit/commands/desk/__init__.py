"""What an administrator does of the courrier: who follows whom, what is answered, what runs."""
