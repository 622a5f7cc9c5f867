"""What analysts open in JupyterLab: explorer, import desk, tables."""
