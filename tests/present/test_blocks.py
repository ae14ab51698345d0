"""A block is the same after its travel, and no text of it can become part of a page's code."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import present
from helpers.present import MIME, Blocks, Picture, Sentence, Table
from helpers.present.blocks import several

EVIL = "<script>alert(\"1\")</script> & 'x' &lt; <b>"
words = st.text(max_size=20) | st.just(EVIL) | st.text("<>&\"'/=ax ", max_size=12)
kinds = st.sampled_from(["say", "notice", "step", "statement"])
sentences = st.builds(Sentence, words, kinds, words, words, words, words, words)
pictures = st.builds(
    Picture, st.binary(max_size=30), words.map("alt {}".format), words.map("n {}".format)
)
rows = st.lists(st.tuples(words, words, words), max_size=3).map(tuple)
tables = st.builds(
    Table,
    st.tuples(words, words, words),
    rows,
    st.lists(st.integers(0, 2), max_size=3, unique=True).map(tuple),
    words,
)
single = sentences | pictures | tables
blocks = single | st.builds(Blocks, st.lists(single, max_size=4).map(tuple))


class _Page(HTMLParser):
    """What a browser makes of a page: its elements, their attributes and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "img":
            self._open.append(tag)
            self.text.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text[self._open[-1]][-1] += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def page(shown: str) -> _Page:
    read = _Page()
    read.feed(shown)
    read.close()
    assert not read._open
    return read


@given(blocks)
def test_a_block_is_the_same_after_its_travel(block):
    carried = json.loads(json.dumps(block.carried()))
    read = present.read(carried)
    assert read == block
    assert read.html() == block.html()
    assert read.words() == block.words()
    assert read.carried() == block.carried()


@given(blocks)
def test_a_notebook_gets_the_html_the_words_and_the_block(block):
    bundle = block._repr_mimebundle_(include=["text/plain"], exclude=None)
    assert set(bundle) == {"text/html", "text/plain", MIME}
    assert bundle["text/html"] == block.html()
    assert bundle["text/plain"] == repr(block) == block.words()
    assert present.read(bundle[MIME]) == block
    assert MIME.endswith("+json")


@given(sentences.filter(lambda s: s.kind != "statement"))
def test_a_sentence_is_one_paragraph_of_its_text(sentence):
    read = page(sentence.html())
    assert read.tags == ["p"]
    assert read.text["p"] == [sentence.text]
    role = [("role", "note")] if sentence.kind == "notice" else []
    assert read.attributes == [("class", sentence.kind), *role]


@given(sentences.filter(lambda s: s.kind == "statement"))
def test_a_statement_has_its_heading_link_and_grade(statement):
    read = page(statement.html())
    assert read.tags == ["article", "h3", "p", *(["a"] if statement.link else []), "p"]
    assert read.text["h3"] == [statement.heading]
    assert read.text["p"][1] == statement.note
    assert read.text["p"][0].removesuffix(" " if statement.link else "") == statement.text
    assert read.attributes[0] == ("class", f"claim {statement.mark}")
    if statement.link:
        assert read.text["a"] == [statement.link_text]
        assert ("href", statement.link) in read.attributes


@given(pictures)
def test_a_picture_has_its_words_and_its_caption(picture):
    read = page(picture.html())
    assert read.tags == ["figure", "img", "figcaption"]
    attributes = dict(read.attributes)
    assert set(attributes) == {"alt", "src"}
    assert attributes["alt"] == picture.alt == picture.words()
    assert read.text["figcaption"] == [picture.caption]
    assert attributes["src"].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("alt", "caption"), [("", "n"), ("a", ""), (" ", "n"), ("a", "\n"), ("a", "a ")]
)
def test_a_picture_without_words_or_caption_of_its_own_cannot_be(alt: str, caption: str):
    with pytest.raises(ValueError, match="caption of its own"):
        Picture(b"", alt, caption)


@given(tables)
def test_a_table_has_its_cells_and_nothing_else(table):
    read = page(table.html())
    line = len(table.header)
    assert read.text["th"] == list(table.header)
    assert read.text.get("td", []) == [cell for row in table.rows for cell in row]
    assert read.text.get("caption", []) == ([table.caption] if table.caption else [])
    assert read.tags.count("tr") == 1 + len(table.rows)
    right = sum(value == "num" for name, value in read.attributes if name == "class")
    assert right == len(table.numeric) * (1 + len(table.rows))
    assert read.attributes.count(("scope", "col")) == line


@given(st.lists(words, min_size=1, max_size=4))
def test_steps_alone_are_a_list(texts):
    steps = Blocks(tuple(Sentence(text, "step") for text in texts))
    read = page(steps.html())
    assert read.tags == ["ol", *["li"] * len(texts)]
    assert read.text["li"] == texts
    mixed = Blocks((*steps.blocks, Sentence("x")))
    assert page(mixed.html()).tags == ["p"] * (len(texts) + 1)


@given(st.lists(blocks, max_size=4))
def test_blocks_lie_flat_however_they_were_nested(found):
    flat = several([several(found), several([])])
    assert all(not isinstance(b, Blocks) for b in flat.blocks)
    assert flat == several(found)
    assert flat.words() == "\n".join(b.words() for b in flat.blocks)
    assert Blocks().html() == Blocks().words() == ""


@pytest.mark.parametrize("carried", [{}, {"block": "script"}, {"text": "x"}, {"block": None}])
def test_what_is_not_a_block_is_refused(carried):
    with pytest.raises(ValueError):
        present.read(carried)
