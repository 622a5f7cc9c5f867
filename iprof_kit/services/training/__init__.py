"""The plans of training: imported by the installation, searched by its teachers."""
