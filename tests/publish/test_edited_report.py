"""An edited report: what says too much is listed with the wording that is allowed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.contracts import (
    LANGS,
    Interval,
    Text,
    finding_record,
)
from helpers.contracts.results import Record, Untried
from helpers.findings import records, say
from helpers.findings.words import templates
from helpers.publish.edited_words import spoken
from tests.publish.year_results import results_of_a_year


@pytest.fixture
def year(tmp_path):
    """A folder of one year's results, and its findings by id."""
    return tmp_path, {f.id: f for f in results_of_a_year(tmp_path / "2024")}


def _asked(folder, text: str, lang: str = "id", *more: str):
    file = folder / "laporan.md"
    file.write_text(text, encoding="utf-8")
    args = ["check-report", str(file), "--year", "2024", "--out", str(folder), "--lang", lang]
    return CliRunner().invoke(app, [*args, *more], prog_name="evaluasi")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_findings_own_sentences_pass(year, lang):
    folder, findings = year
    done = _asked(folder, "\n\n".join(f.text[lang] for f in findings.values()), lang)
    assert (done.exit_code, "2024" in done.output) == (0, True), done.output


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_report_of_some_questions_only_says_so(year, lang):
    folder, findings = year
    sentence = next(iter(findings.values())).text[lang]
    manifest = folder / "2024" / "manifest.json"
    for only, told in ((["31", "40"], True), ([], False)):
        manifest.write_text(json.dumps({"parameters": {"only": only}}))
        done = _asked(folder, sentence, lang)
        assert ("--only 31, 40" in done.stderr, done.exit_code) == (told, 0)
        assert "--only" not in done.stdout


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_the_report_says_of_its_records_passes(year, lang):
    """How often a grade was wrong, and for what reason that is not known."""
    folder, findings = year
    effects = [f for f in findings.values() if f.id.endswith(".effect")]
    found = [replace(f, record=Record(212, 4)) for f in effects if f.grade != "none"]
    whys = get_args(Untried)[1:]
    without = [replace(effects[i % len(effects)], untried=why) for i, why in enumerate(whys)]
    at = folder / "2024" / "results" / "findings.json"
    at.write_text(json.dumps([finding_record(f) for f in found]))
    said = [records.of_grades([f], {f.id: "manajemen waktu"})[lang] for f in (*found, *without)]
    said += [records.in_short(f, Text.same("output"))[lang] for f in without]
    assert found and all(said)
    done = _asked(folder, "\n\n".join(said), lang)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("Belum dapat dikatakan bahwa pelatihan menaikkan IKM.", True),
        ("It cannot be said that training raised the satisfaction index (IKM).", True),
        ("Pelatihan diselenggarakan di aula kabupaten.", True),
        ("PELATIHAN MENAIKKAN IKM.", False),
        ("Pelatihan mening-\nkatkan IKM.", False),
        ("Pelatihan menaik\u00adkan&nbsp;IKM.", False),
        ("Pelatihan diadakan tiga kali. Hasilnya, IKM naik tajam.", False),
        ("Tidak dapat dipungkiri bahwa pelatihan meningkatkan kinerja.", False),
        ("Meski data tidak lengkap pelatihan menaikkan IKM.", False),
        ("Training works.", False),
        ("| pelatihan | menaikkan IKM berkat pelatihan |", False),
    ],
)
def test_what_people_write_is_held_against_the_rule(year, text, passes):
    assert _asked(year[0], text).exit_code == (0 if passes else 1)


def test_outcomes_of_no_grade_whose_ranges_leave_zero_out_are_read(year):
    """As where several outcomes of a draw are asked together, and none is told from chance."""
    folder, findings = year
    effects = [f for f in findings.values() if f.id.endswith(".effect")]
    found = Interval(0.9, 0.1, 1.7, 0.4, 40)
    none = [replace(f, grade="none", claim="inconclusive", interval=found) for f in effects]
    at = folder / "2024" / "results" / "findings.json"
    at.write_text(json.dumps([finding_record(f) for f in none]))
    assert len(none) > 1
    assert _asked(folder, "Pelatihan diselenggarakan di aula kabupaten.").exit_code == 0
    assert _asked(folder, "Pelatihan menaikkan IKM.").exit_code == 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("quoted", [True, False])
def test_a_claim_of_the_brief_passes_with_its_answer_alone(year, lang, quoted: bool):
    """In quotes or not; another claim, or a quotation of anything, is no answer."""
    folder, findings = year
    claim = say("claim.capacity", lang)
    said = say("report.claim", lang, claim=claim) if quoted else claim
    answer = next(f for f in findings.values() if f.id.endswith(".effect")).text[lang]
    assert _asked(folder, f"{said}\n\n{answer}", lang).exit_code == 0
    other = say("report.claim", lang, claim="nothing more")
    again = say("report.claim", lang, claim=say("claim.goals", lang))
    for following in ("", other, again):
        assert _asked(folder, f"{said}\n\n{following}", lang).exit_code == 1, following


def test_programs_read_where_why_and_what_is_allowed_and_no_nip_is_echoed(year):
    folder, findings = year
    text = "Pembuka.\n\nPelatihan terbukti menaikkan IKM. NIP 19900101 201501 1 001 hadir."
    done = _asked(folder, text, "id", "--format", "json")
    listed = json.loads(done.output)
    assert listed[0]["where"] == "paragraf 2"
    assert findings["satisfaction.ikm.effect"].text.id in listed[0]["allowed"]
    assert "19900101" not in done.output and "201501" not in done.output


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_may_be_written_is_told_in_the_language_of_the_sentence(year, lang):
    """Whatever the language of the messages; place and reason are in theirs."""
    folder, findings = year
    own = findings["satisfaction.ikm.effect"].text
    text = "Pelatihan terbukti menaikkan IKM.\n\nTraining has raised the satisfaction index (IKM)."
    done = _asked(folder, text, lang, "--format", "json")
    indonesian, english = json.loads(done.output)
    assert own.id in indonesian["allowed"] and own.en in english["allowed"]
    assert all(
        f["where"].startswith({"id": "paragraf", "en": "paragraph"}[lang])
        for f in (indonesian, english)
    )
    people = _asked(folder, text, lang).output
    assert own.id in people and own.en in people


def test_the_catalogues_sentences_are_told_apart():
    """All but one in a hundred of five words or more, and none of them for the other language."""
    told = [
        (lang, spoken(text))
        for lang in LANGS
        for name, text in templates(lang).items()
        if not name.startswith("edited.")
        and len(re.findall(r"[a-z]{2,}", re.sub(r"{\w+}", "", text))) > 4
    ]
    assert sum(found == lang for lang, found in told) > 0.99 * len(told) > 400
    assert not [lang for lang, found in told if found not in (lang, None)]


@pytest.mark.parametrize("text", ["", "IKM 93,12", "2024: 5"])
def test_what_is_in_no_language_is_told_in_none(text):
    assert spoken(text) is None


def test_no_report_and_no_file_are_wrong_usage(year):
    folder, _ = year
    run = CliRunner().invoke
    missing = run(app, ["check-report", "x.md", "--year", "2024", "--out", str(folder)])
    no_year = run(app, ["check-report", "x.md", "--year", "2019", "--out", str(folder)])
    assert (missing.exit_code, no_year.exit_code) == (2, 2)
    assert "2019" in no_year.output and "x.md" in missing.output
