"""La pension civile: services, rate, décote, surcote, what is paid."""
