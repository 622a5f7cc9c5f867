"""Files that an administrator gives about accounts: who has one, who is who at a provider."""
