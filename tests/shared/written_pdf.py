"""PDFs written by hand, as a hostile person would: each object as its bytes."""

PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>%s>>"


def written_pdf(catalog=b"", page=b"", *others, trailer=b""):
    """Return a PDF of one page, with what is put in its catalog, its page, and after them."""
    whole = b"%PDF-1.7\n"
    parts = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, PAGES, PAGE % page, *others]
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (count, trailer, len(whole))
    return whole + head + end
