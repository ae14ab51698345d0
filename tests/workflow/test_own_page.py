"""A notebook of somebody's own leaves the Lab as one page, if everything on it may be shown."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers import describe, intake
from helpers.cli import app
from helpers.cli_words import say as say_cli
from helpers.contracts import LANGS, EvaluasiError, Lang, WrongUsage, load_plan
from helpers.findings import say
from helpers.intake import asked
from helpers.workflow import own_notebook, own_pages, workbench
from helpers.workflow.own_notebook import OwnPage
from tests.conftest import NIPS
from tests.publish.year_results import results_of_a_year

OWN = "80_my_own_question"
# Stands in what a cell shows, and must not get out with it.
SECRET = "rahasia417"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    results_of_a_year(tmp_path / "reports" / "2024")
    return tmp_path / "reports"


@pytest.fixture
def lab(at_once: Path, tmp_path: Path) -> Callable[..., Path]:
    """The Lab's own notebook, with further cells at its end: code, or text that begins with #."""

    def opened(*further: str, lang: Lang = "id", only_these: bool = False, name: str = OWN) -> Path:
        path = workbench.lay_out(folder=tmp_path / "lab", lang=lang).folder / f"{OWN}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        if only_these:
            tagged = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
            notebook.cells = [nbformat.v4.new_markdown_cell("# Pertanyaan"), *tagged]
        for source in further:
            text = nbformat.v4.new_markdown_cell(source)
            notebook.cells.append(
                text if source.startswith("# ") else nbformat.v4.new_code_cell(source)
            )
        nbformat.write(notebook, path)
        return path.rename(path.with_name(f"{name}.ipynb"))

    return opened


def _made(path: Path, data: Path, out: Path) -> OwnPage:
    return own_notebook.make(own_notebook.read(path, data), out)


def _page(path: Path, data: Path, out: Path) -> str:
    made = _made(path, data, out)
    assert made.page == out / "own" / f"{path.stem}.html", made.overclaims
    return made.page.read_text()


def _refused(path: Path, data: Path, out: Path) -> EvaluasiError:
    with pytest.raises(EvaluasiError) as refused:
        _made(path, data, out)
    assert not (out / "own").exists()
    return refused.value


@pytest.mark.parametrize("lang", LANGS)
def test_the_labs_notebook_becomes_one_marked_page(
    lang: Lang, lab: Callable[..., Path], small_region: Path, out: Path
):
    path = lab(lang=lang)
    notebook = nbformat.read(path, as_version=4)
    saved = nbformat.v4.new_output("stream", text=SECRET)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [saved]
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"x": {"state": {"value": SECRET}}}}
    }
    nbformat.write(notebook, path)
    page = _page(path, small_region, out)
    for key in ("own.mark", "report.synthetic"):
        assert say(key, lang) in page
    assert f'<html lang="{lang}">' in page and page.count("<figure>") == 2
    assert SECRET not in page and str(out.parent) not in page
    # What is told to whoever writes in the Lab is nothing to readers, nor are its choices.
    to_the_author = {
        c.source for c in notebook.cells if "only-in-lab" in c.metadata.get("tags", [])
    }
    assert len(to_the_author) == 7
    words = [max(re.split(r"[`#\n]", told), key=len).strip() for told in to_the_author]
    assert all(len(w) > 10 for w in words) and not [w for w in words if w in page]
    assert say("own.shown", lang, n=0) in page
    assert not re.search(r"""(?:src|href)=["']https?:""", page)
    # The page of an effect was not made here, so that nothing leads to it.
    assert "31_productivity_effect" not in page
    assert sorted(p.name for p in out.iterdir()) == ["2024", "own"]


def test_whatever_somebody_wrote_over_what_is_told_to_them_is_theirs(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    path = lab()
    notebook = nbformat.read(path, as_version=4)
    told = [c for c in notebook.cells if "only-in-lab" in c.metadata.get("tags", [])]
    numbers = {c.id: n for n, c in enumerate(notebook.cells, 1)}
    words = "Yang saya tanyakan: tema apa saja yang ada?"
    next(c for c in told if c.cell_type == "markdown").source = words
    own = [c for c in told if c.cell_type == "code"]
    for cell in own:
        cell.source = f"# Tahun lain\n{cell.source}"
    nbformat.write(notebook, path)
    page = _page(path, small_region, out)
    assert words in page and say("own.shown", "id", n=len(own)) in page
    for cell, kind in zip(own, ("choices", "search"), strict=True):
        hidden = say(f"own.hidden.{kind}", "id", cell=numbers[cell.id])
        assert hidden in page.replace("&quot;", '"').replace("&#x27;", "'")


def test_a_link_leads_to_the_page_of_the_year_where_there_is_one(
    lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    (out / "2024" / "31_productivity_effect.html").touch()
    page = _page(lab("# Lihat [31](31_productivity_effect.ipynb)", only_these=True), tiny(), out)
    assert '<a href="../2024/31_productivity_effect.html">31</a>' in page
    assert 'href="../2024/index.html"' in page


FRAME = f"""import pandas as pd
rows = pd.DataFrame({{"pegawai_id": ["{SECRET}"]}})
"""
PICTURE = f"""class Drawn:
    def _repr_png_(self): return "{SECRET}"
"""
BY_HAND = """from helpers.present import Table as Rows
def listed(value): return Rows(("pegawai_id",), ((value,),))
"""
# The same where no cell's own text speaks of a block.
AROUND = """def _around(value):
    made = "from helpers.pre" + "sent import Tab" + "le as T; seen = T(('pegawai_id',), ((%r,),))"
    return made % value
"""
IMPORTED = """import pathlib, sys, tempfile
folder = pathlib.Path(tempfile.mkdtemp())
(folder / "made_aside.py").write_text(
    "from helpers import present\\n"
    "def rows(value): return getattr(present, 'Ta' 'ble')(('pegawai_id',), ((value,),))"
)
sys.path.insert(0, str(folder))
"""
CARRIED = """class Carried:
    def __init__(self, value): self.value = value
    def _repr_mimebundle_(self, **_):
        kind = "application/vnd." + "evaluasi.block+json"
        return {kind: {"block": "sentence", "text": self.value, "kind": "say", "heading": "",
                       "note": "", "mark": "", "link": "", "link_text": "", "sealed": "0" * 64}}
"""
REPLACED = """import dataclasses
from helpers import explore, intake
seen = explore.over_time(explore.people(intake.study(data, year, plan)), "jp")
def change(value): return dataclasses.replace(seen.blocks.blocks[0], text=value)
"""


@pytest.mark.parametrize(
    ("kind", "sources"),
    [
        ("rows", [f"{FRAME}rows"]),
        ("rows", [FRAME, "rows.groupby('pegawai_id').size().to_frame()"]),
        ("printed", [f"{FRAME}print(rows.head())"]),
        ("printed", [f"{FRAME}rows['pegawai_id']"]),
        ("printed", [f"{FRAME}rows['pegawai_id'].tolist()"]),
        ("picture", [f"{PICTURE}Drawn()"]),
        ("by_hand", [BY_HAND, f'again = listed\nagain("{SECRET}")']),
        ("by_hand", [BY_HAND, "again = listed", f'again("{SECRET}")']),
        ("by_hand", [AROUND, f'exec(_around("{SECRET}"))\nseen']),
        ("by_hand", [IMPORTED, f'import made_aside\nmade_aside.rows("{SECRET}")']),
        (
            "by_hand",
            [
                f'from helpers import present\nmake = getattr(present, "Tab" + "le")\nmake(("pegawai_id",), (("{SECRET}",),))'
            ],
        ),
        ("by_hand", [CARRIED, f'Carried("{SECRET}")']),
        ("by_hand", [REPLACED, f'change("{SECRET}")']),
    ],
)
def test_only_blocks_of_the_workspace_leave(
    kind: str, sources: list[str], lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    page = _page(lab(*sources, only_these=True), tiny(), out)
    shown, code = page.split('<details class="code">')
    assert SECRET in code and SECRET not in shown
    assert say(f"own.hidden.{kind}", "id", cell=2 + len(sources)) in shown


def test_groups_of_few_people_stay_hidden_however_they_are_chosen(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    begin = "from helpers import explore, intake\npeople = explore.people(intake.study(data, year, plan), lang)"
    few = 'explore.compare(people[people["year"] == year].head(9), "skp", by="opd")'
    page = _page(lab(begin, few, only_these=True), small_region, out)
    assert say("explore.nothing", "id", n=10) in page and "<figure>" not in page


@pytest.mark.parametrize("change", [{"small_cell": 1}, {"rows": "units"}, {"other": 1}])
def test_a_frame_that_forgot_whom_to_hide_is_compared_no_more(
    change: dict[str, object], lab: Callable[..., Path], small_region: Path, out: Path
):
    few = f"people.attrs['evaluasi'].update({change!r})\nexplore.compare(people, 'skp', by='opd')"
    said = _refused(lab(OF_THE_YEAR, few, only_these=True), small_region, out).message("id")
    assert f"{OWN}, sel ke-4" in said


@pytest.mark.parametrize("lang", LANGS)
def test_the_trained_beside_the_others_may_be_shown_but_not_called_a_cause(
    lang: Lang, lab: Callable[..., Path], small_region: Path, out: Path
):
    begin = "from helpers import explore, intake\npeople = explore.people(intake.study(data, year, plan), lang)"
    asked = [f"explore.compare(people, {c!r}, by='trained')" for c in ("skp", "output_per_day")]
    assert _page(lab(begin, *asked, lang=lang), small_region, out).count("<figure") >= 2
    # What somebody calls a column of their own is held against the findings.
    own = "people['training raised SKP'] = people['trained']\n"
    own += "explore.compare(people, 'skp', by='training raised SKP')"
    assert _made(lab(begin, own, lang=lang), small_region, out).overclaims


def test_two_comparisons_that_differ_by_few_people_are_not_both_shown(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    begin = "from helpers import explore, intake\npeople = explore.people(intake.study(data, year, plan), lang)\npeople = people[people['year'] == year]"
    asked = "explore.compare(people[~people['person'].isin(people['person'].tail({}))], 'skp', by='jenis_kelamin')"
    page = _page(lab(begin, *map(asked.format, (0, 3, 150)), only_these=True), small_region, out)
    assert page.count("<figure") == 2
    assert say("explore.beside", "id", years=2024, n=10) in page


OF_THE_YEAR = """from helpers import explore, intake
people = explore.people(intake.study(data, year, plan), lang)
now = people[people["year"] == year]
"""
LESS_ONE = "explore.compare(now[now['person'] != now['person'].iloc[0]], {!r}, by='jenis_jabatan')"


@pytest.fixture
def reported(small_region: Path, out: Path) -> Path:
    """The year's report with its own figures of people."""
    study = intake.study(small_region, 2024)
    rows = pd.concat([describe.productivity(study), describe.participation(study)])
    rows.to_csv(out / "2024" / "results" / "indicators.csv", index=False)
    return out


@pytest.mark.parametrize("outcome", ["skp", "trained", "output_per_day"])
def test_a_comparison_is_held_against_the_report_of_the_year(
    outcome: str, lab: Callable[..., Path], small_region: Path, reported: Path
):
    whole = LESS_ONE.format(outcome).replace(" != ", " != -")
    page = _page(lab(OF_THE_YEAR, whole, only_these=True), small_region, reported)
    assert "<figure" in page and say("explore.beside", "id", n=10) not in page
    (reported / "own" / f"{OWN}.html").unlink()
    page = _page(
        lab(OF_THE_YEAR, LESS_ONE.format(outcome), only_these=True), small_region, reported
    )
    assert "<figure" not in page and say("explore.beside", "id", n=10) in page


def test_a_comparison_is_held_against_the_other_own_pages(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    every = "explore.compare(now, 'skp', by='jenis_kelamin')"
    first = _page(lab(OF_THE_YEAR, every, only_these=True, name="satu"), small_region, out)
    assert "<figure" in first
    less = "explore.compare(now[now['person'] != now['person'].iloc[0]], 'skp', by='jenis_kelamin')"
    second = lab(OF_THE_YEAR, less, only_these=True, name="dua")
    assert say("explore.beside", "id", n=10) in _page(second, small_region, out)
    # The same page once more is the same; changed by a person, it is not.
    again = lab(OF_THE_YEAR, every, only_these=True, name="satu")
    assert "<figure" in _page(again, small_region, out)
    assert len(list(own_pages.kept_in().iterdir())) == 2
    changed = lab(OF_THE_YEAR, less, only_these=True, name="satu")
    assert "<figure" not in _page(changed, small_region, out)
    # Of a page that changed since, nobody can tell whom it shows: that is said.
    page = out / "own" / "dua.html"
    page.write_text(page.read_text() + "<!-- x -->")
    again = lab(OF_THE_YEAR, every, only_these=True, name="satu")
    assert _made(again, small_region, out).unknown == ("dua.html",)


def test_pages_made_again_after_a_correction_are_shown_and_the_others_named(
    lab: Callable[..., Path], small_region: Path, out: Path, tmp_path: Path
):
    every = "explore.compare(now, 'skp', by='jenis_kelamin')"
    for name in ("satu", "dua"):
        source = lab(OF_THE_YEAR, every, only_these=True, name=name)
        assert "<figure" in _page(source, small_region, out)
    corrected = tmp_path / "corrected"
    shutil.copytree(small_region, corrected)
    file = next(corrected.glob("pegawai*.csv"))
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:-1]))
    made = _made(lab(OF_THE_YEAR, every, only_these=True, name="satu"), corrected, out)
    assert made.page is not None and "<figure" in made.page.read_text()
    assert made.unknown == ("dua.html", "satu.html")


def test_a_plan_of_smaller_groups_than_the_pages_shows_nothing(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    source = """import dataclasses
from helpers import explore, intake
from helpers.contracts import load_plan
chosen = load_plan(plan)
study = intake.study(data, year, dataclasses.replace(chosen, privacy=dataclasses.replace(chosen.privacy, small_cell=1)))
explore.compare(explore.people(study, lang), "skp", by="opd")"""
    said = _refused(lab(source, only_these=True), small_region, out).message("id")
    assert f"{OWN}, sel ke-3" in said


def test_a_printed_text_leaves_where_the_report_says_it(
    lab: Callable[..., Path], tiny: Callable[..., Path], tmp_path: Path, out: Path
):
    finding = results_of_a_year(tmp_path / "again" / "2024")[0].text.id
    page = _page(lab(f"print({finding!r})", "print('417 orang')", only_these=True), tiny(), out)
    shown, _ = page.split('<details class="code">')
    assert finding in shown and "417 orang" not in shown


CLAIM = "Pelatihan menaikkan kepuasan masyarakat."


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (f"# Kesimpulan\n\n{CLAIM}", "sel ke-3, paragraf 2"),
        (f"x = 1  # {CLAIM}", "sel ke-3, dalam kode"),
        (f"x = f'{{1}}: {CLAIM}'", "sel ke-3, dalam kode"),
        ("# Angka\n\nRata-rata SKP adalah 83,417 poin.", "sel ke-3, paragraf 2"),
    ],
)
def test_words_that_say_more_than_the_findings_are_listed_and_nothing_is_published(
    source: str, place: str, lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    path = lab(source, only_these=True)
    args = ["page", str(path), "--data", str(tiny()), "--out", str(out)]
    done = CliRunner().invoke(app, args, prog_name="evaluasi")
    assert done.exit_code == 1 and not (out / "own").exists(), done.output
    assert place in done.output and "Tidak ada yang diterbitkan." in done.output
    assert say("edited.count", "id", year=2024, n=1) in done.output


def test_a_figure_that_the_page_shows_may_be_repeated_but_not_claimed(
    lab: Callable[..., Path], small_region: Path, out: Path
):
    begin = "from helpers import explore, intake\npeople = explore.people(intake.study(data, year, plan), lang)"
    seen = 'explore.compare(people, "skp", by="jenis_kelamin")'
    page = _page(lab(begin, seen, only_these=True), small_region, out)
    shown = re.findall(r'<td[^>]* class="num">(\d+,\d+)', page)[0]
    said = f"# Isi\n\nRata-rata SKP perempuan atau laki-laki {shown} poin."
    claim = f"Pelatihan menaikkan SKP sebesar {shown} poin."
    made = _made(lab(begin, seen, f"{said} {claim}", only_these=True), small_region, out)
    assert [o.sentence for o in made.overclaims] == [claim]


def _pseudonym(data: Path) -> str:
    return str(intake.study(data, 2024, load_plan(None)).pegawai["pegawai_id"].iloc[0])


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("# Isi\n\nTerima kasih kepada {name}.", "nama"),
        ("who = '{name}'", "nama"),
        ("# Isi\n\nNIP {nip}", "NIP"),
        ("# Isi\n\nOrang {pseudonym}", "nama samaran"),
        # Nor is a sentence quoted that says too much of somebody.
        ("# Isi\n\nPelatihan menaikkan SKP {name} sebesar 417 poin.", "nama"),
    ],
)
def test_whoever_is_named_is_told_by_cell_and_kind_alone(
    source: str, kind: str, lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    roll = (data := tiny()) / "pegawai.csv"
    roll.write_text(roll.read_text().replace("Contoh Nama 0", "Rosmalina Caniago"))
    who = {"name": "Rosmalina Caniago", "nip": NIPS[0], "pseudonym": _pseudonym(data)}
    said = _refused(lab(source.format(**who), only_these=True), data, out).message("id")
    assert f"sel ke-3 ({kind})" in said
    assert not any(w in said for w in who.values())


def test_a_name_in_the_files_name_is_found(
    lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    roll = (data := tiny()) / "pegawai.csv"
    roll.write_text(roll.read_text().replace("Contoh Nama 0", "Rosmalina Caniago"))
    path = lab(only_these=True, name="untuk Rosmalina Caniago")
    assert say("own.outside", "id") in _refused(path, data, out).message("id")


@pytest.mark.parametrize(
    "source",
    [
        "# Isi\n\n![](daftar.png)",
        "# Isi\n\n- <img src='https://contoh.invalid/x.png'>",
        "# Isi\n\n<script>1</script>",
        "# Isi\n\n<!-- tersembunyi -->",
        "# Isi\n\n| a |\n|---|\n| <b>x</b> |",
    ],
)
def test_a_text_cell_holds_no_picture_and_no_html(
    source: str, lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    assert "Sel teks ke-3 " in _refused(lab(source, only_these=True), tiny(), out).message("id")


def test_the_earlier_page_stays_where_the_new_one_is_refused(
    lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    data = tiny()
    before = _page(lab("# Baik", only_these=True), data, out)
    assert _made(lab(f"# {CLAIM}", only_these=True), data, out).page is None
    assert (out / "own" / f"{OWN}.html").read_text() == before


def test_a_page_of_real_data_lies_beside_no_report_of_synthetic_ones(
    lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    (out / "2024" / "manifest.json").write_text('{"synthetic": true, "year": 2024}')
    refused = _refused(lab(only_these=True), tiny(), out)
    assert isinstance(refused, WrongUsage) and "data sintetis" in refused.message("id")


def test_a_failing_cell_is_named_with_its_kind_alone(
    lab: Callable[..., Path], tiny: Callable[..., Path], out: Path
):
    said = _refused(lab(f"raise KeyError('{SECRET}')", only_these=True), tiny(), out).message("id")
    assert f"{OWN}, sel ke-3: KeyError" in said and SECRET not in said


@pytest.mark.parametrize(("folder", "year"), [("lain", 2024), ("data", 2023)])
def test_a_page_is_of_the_folder_and_year_that_it_names(
    folder: str,
    year: int,
    lab: Callable[..., Path],
    tiny: Callable[..., Path],
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Names are sought in one folder, and its year stands at the head of the page."""
    data, other = tiny(), tmp_path / "lain"
    shutil.copytree(data, other)
    there = data if folder == "data" else other
    source = f"from helpers import intake\nintake.study({str(there)!r}, {year}, plan)"
    said = _refused(lab(source, only_these=True), data, out).message("id")
    assert f"{OWN}, sel ke-3: EvaluasiError" in said
    monkeypatch.setattr(asked, "_page", None)
    asked.page_of(str(data), 2024, 10)
    assert intake.study(data, 2024).year == 2024
    with pytest.raises(EvaluasiError, match="this page is of the folder") as refused:
        intake.study(there, year)
    assert str(tmp_path) not in refused.value.message("id")


@pytest.mark.parametrize(("small_cell", "refused"), [(3, True), (10, False), (25, False)])
def test_a_plan_of_a_cell_shows_no_fewer_people_than_the_page(
    small_cell: int,
    refused: bool,
    lab: Callable[..., Path],
    tiny: Callable[..., Path],
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """What a question's own answer shows is hidden by the plan of its study."""
    data, own = tiny(), tmp_path / "sel.yml"
    own.write_text(f"privacy: {{small_cell: {small_cell}}}\n")
    source = (
        "from helpers import intake, present, questions\n"
        f"asked = questions.participation(intake.study(data, year, {str(own)!r}))\n"
        "present.shares(asked, 'answers', lang)"
    )
    notebook = lab(source, only_these=True)
    if refused:
        assert f"{OWN}, sel ke-3: EvaluasiError" in _refused(notebook, data, out).message("id")
        monkeypatch.setattr(asked, "_page", None)
        asked.page_of(str(data), 2024, 10)
        with pytest.raises(EvaluasiError, match="the plan asked for here allows 3"):
            intake.study(data, 2024, own)
    else:
        assert _made(notebook, data, out).page is not None


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ('year = 2000 + 24\ndata = plan = "x"\nlang = "id"', "year"),
        ('year = True\ndata = "x"\nplan = "x"\nlang = "id"', "year"),
        ('year = 2024\ndata = "x"\nplan = "x"\nlang = "de"', "lang"),
        ('year = 2024\ndata = ""\nplan = "x"\nlang = "id"', "data"),
        ('year = 2024\ndata = "x"\nlang = "id"', "plan"),
        ("year = (", "year"),
        (None, "year"),
    ],
)
def test_what_a_parameters_cell_lacks_is_told(parameters: str | None, name: str, tmp_path: Path):
    cell = nbformat.v4.new_code_cell(parameters or "year = 2024")
    cell.metadata["tags"] = ["parameters"] if parameters else []
    path = tmp_path / "own.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(WrongUsage) as refused:
        own_notebook.read(path)
    assert refused.value.message("en").startswith(f"own.ipynb: {name} cannot be read")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.ipynb", None, 2),
        ("laporan.docx", "x", 2),
        ("own.ipynb", "{}", 1),
        ("own.ipynb", "x", 1),
    ],
)
def test_what_is_no_notebook_is_told_in_a_sentence(
    name: str, content: str | None, code: int, tmp_path: Path
):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    done = CliRunner().invoke(app, ["page", str(path)], prog_name="evaluasi")
    assert done.exit_code == code and done.output.startswith(f"{name}: "), done.output


def test_without_the_years_findings_nothing_is_run(
    lab: Callable[..., Path], small_region: Path, tmp_path: Path
):
    args = ["page", str(lab("1 / 0")), "--data", str(small_region), "--out", str(tmp_path / "new")]
    done = CliRunner().invoke(app, args, prog_name="evaluasi")
    assert done.exit_code == 2 and "evaluasi run --year 2024" in done.output


@pytest.mark.parametrize("asked", [(), ("id",), ("en",)])
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_printed_is_in_the_notebooks_language_unless_another_is_asked_for(
    asked: tuple[Lang, ...], lang: Lang, lab: Callable[..., Path], tiny: Callable[..., Path],
    out: Path,
):  # fmt: skip
    path = lab(f"# {CLAIM}", only_these=True, lang=lang)
    spoken = [f"--lang={one}" for one in asked]
    args = ["page", str(path), "--data", str(tiny()), "--out", str(out)]
    told = (asked or (lang,))[0]
    for line in ([*spoken, *args], [*args, *spoken]):
        done = CliRunner().invoke(app, line, prog_name="evaluasi")
        assert done.exit_code == 1, done.output
        for other in LANGS:
            assert (say_cli("page.nothing", other) in done.output) == (other == told)
            running = say_cli("page.running", other, notebook="#", data="", year="").split("#")[0]
            assert (running in done.output) == (other == told)


@pytest.mark.parametrize("lang", LANGS)
def test_a_year_that_the_data_do_not_have_is_told_with_those_that_they_have(
    lang: Lang, lab: Callable[..., Path], small_region: Path, out: Path
):
    path = lab(only_these=True, lang=lang)
    path.write_text(path.read_text().replace("year = 2024", "year = 2031"))
    args = ["page", str(path), "--data", str(small_region), "--out", str(out)]
    done = CliRunner().invoke(app, args, prog_name="evaluasi")
    assert done.exit_code == 1 and "evaluasi run" not in done.output
    for part in (path.name, "year = 2031", small_region.name, "2023, 2024"):
        assert part in done.output, done.output
