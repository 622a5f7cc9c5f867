"""Une année de maladie: what stays, who decides, the dates at which pay changes."""
