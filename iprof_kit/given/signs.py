"""How files of other kinds begin, and what a person calls them."""

SIGNS = (
    (b"GIF8", "une image GIF"),
    (b"%PDF", "un PDF"),
    (b"PK\x03\x04", "un fichier compressé"),
    (b"BM", "une image BMP"),
    (b"II*\x00", "une image TIFF"),
    (b"MM\x00*", "une image TIFF"),
    (b"<svg", "un dessin SVG"),
    (b"<?xml", "un fichier XML"),
    (b"<", "une page web"),
    (b"MZ", "un programme"),
)
