import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests.reports.samples import DISMISSED, MOVED, read, word


def test_paragraphs_and_cells_are_read_in_the_order_of_the_document() -> None:
    document = docx.Document(io.BytesIO(word(DISMISSED)))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left.", "Right."
    document.add_paragraph(MOVED)
    held = io.BytesIO()
    document.save(held)
    [report] = read(held.getvalue(), "docx")
    assert report.text == "\n\n".join([DISMISSED, "Left.", "Right.", MOVED])


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("He was ")
    for xml in (
        "<w:del {}><w:r><w:delText>praised</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>dismissed</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    paragraph.add_run(".")
    held = io.BytesIO()
    document.save(held)
    [report] = read(held.getvalue(), "docx")
    assert report.text == "He was dismissed."


def test_who_typed_it_is_not_kept() -> None:
    [report] = read(word(DISMISSED, author="A Name", title="interview with A Name"), "docx")
    assert (report.author, report.title) == (None, None)
