"""Tidy frames of a study, in words: people, units, activities and survey forms."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers import measures
from helpers.contracts import Lang, Study, codes
from helpers.contracts.panel import NEVER
from helpers.explore import as_reported, whose
from helpers.explore.marked import marked
from helpers.explore.mistakes import a_study
from helpers.findings import known, word

# Columns whose codes are said in words.
_CODED: Final = ("jenis_kelamin", "jenis_jabatan", "tingkat_pendidikan", "tema", "metode")


def people(study: Study, lang: str = "id") -> pd.DataFrame:
    """One row per employee and year on the roll; names, NIP and birth dates are not in it.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> people = explore.people(study, "en")
    >>> int(people.loc[people["first_trained"].isna(), "trained"].sum())
    0

    Parameters
    ----------
    study : of any years up to its own.
    lang : of the words in it, ``"id"`` or ``"en"``.

    Returns
    -------
    ``umur`` and ``masa_kerja`` in years; ``invited`` missing in years of which a training history
    tells attendances alone; ``trained`` is true from ``first_trained`` on, the first
    year with the plan's hours, which is missing for people never trained; ``tema`` and ``metode``
    are those of most hours attended until that year, missing where there are none; ``jp`` the
    year's hours; ``output_per_day``, ``skp`` (points) and ``on_time_share`` (0–1) missing where not
    recorded. `columns` describes each.

    Raises
    ------
    EvaluasiError : no study, or no such language.
    """
    a_study(study)
    said = known(lang)
    roll = measures.training.roll(study)
    scores = measures.performance.employee_years(study)
    frame = roll.merge(scores, on=["pegawai_id", "tahun"], how="left")
    most = _most_hours(study, frame)
    told = pd.DataFrame(
        {
            "person": frame["pegawai_id"].map(whose.numbers(study)),
            "year": frame["tahun"].astype(int),
            **_places(frame["kode_unit"], study),
            **{c: _text(frame[c]) for c in ("status", "golongan", "pendidikan", "eselon")},
            "jenis_kelamin": _text(frame["jenis_kelamin"]),
            "jenis_jabatan": _text(frame["jenis_jabatan"]),
            "tingkat_pendidikan": _text(frame["tingkat_pendidikan"]),
            "umur": frame["umur"].astype(float),
            "kelompok_umur": _text(frame["kelompok_umur"]),
            "masa_kerja": (frame["tahun"] - frame["tahun_mulai"]).astype(float),
            "invited": _where_asked(frame["invited"].astype(bool), frame["tahun"], study),
            "attended": frame["attended"].astype(bool),
            "jp": frame["jp"].astype(float),
            "trained": frame["trained"].astype(bool),
            "first_trained": _never_is_missing(frame["cohort"]),
            **most,
            **{c: frame[c].astype(float) for c in ("output_per_day", "skp", "on_time_share")},
        }
    )
    return marked(_in_words(told, said), "people", study, said)


def units(study: Study, lang: str = "id") -> pd.DataFrame:
    """One row per work unit and year: its staff, how many of them are trained, and its IKM where it
    was surveyed.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> units = explore.units(study, "en")
    >>> bool(units["ikm"].dropna().between(25, 100).all())
    True

    Parameters
    ----------
    study : of any years up to its own.
    lang : of the words in it, ``"id"`` or ``"en"``.

    Returns
    -------
    ``staff`` and ``forms`` counted, missing where few; ``trained_share`` in 0–1, missing where it
    would tell of few people; ``trained`` once enough staff are, as the plan says, from
    ``first_trained`` on; ``ikm`` and the nine unsur in IKM points, missing below the plan's fewest
    forms and where the report hides the unit's.

    Raises
    ------
    EvaluasiError : no study, or no such language.
    """
    a_study(study)
    said = known(lang)
    roll = measures.training.roll(study)
    staff = roll.groupby(["kode_unit", "tahun"]).agg(
        staff=("pegawai_id", "size"), trained_share=("trained", "mean")
    )
    forms_of = study.skm.groupby(["kode_unit", "tahun"]).size().rename("forms")
    frame = staff.join(forms_of, how="outer").reset_index()
    indexes = measures.satisfaction.unit_means(
        study.skm, ["kode_unit", "tahun"], weights=study.plan.skm.weights
    )
    enough = indexes[indexes["n"] >= study.plan.skm.min_respondents].drop(columns="n")
    frame = frame.merge(as_reported.indexes(enough, study), on=["kode_unit", "tahun"], how="left")
    cohort = measures.unit_cohorts(study, study.plan.treatment.satisfaction.min_share)
    first = frame["kode_unit"].map(cohort).fillna(NEVER).astype(int)
    known_units = study.unit.set_index("kode_unit")["layanan_publik"]
    told = pd.DataFrame(
        {
            "year": frame["tahun"].astype(int),
            **_places(frame["kode_unit"], study),
            "serves_public": frame["kode_unit"].map(known_units).eq("ya"),
            "staff": as_reported.not_few(frame["staff"], study),
            "trained_share": as_reported.shares(
                frame, "trained_share", "staff", study, of_years=True
            ),
            "trained": ((first != NEVER) & (frame["tahun"] >= first)).astype(bool),
            "first_trained": _never_is_missing(first),
            "forms": as_reported.not_few(frame["forms"].fillna(0), study),
            "ikm": frame["ikm"].astype(float),
            **{u: frame[u].astype(float) for u in codes.UNSUR},
        }
    )
    return marked(told, "units", study, said)


def activities(study: Study, lang: str = "id") -> pd.DataFrame:
    """One row per training activity: theme, method, hours, cost, who came, and what tests gained.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> activities = explore.activities(study, "en")
    >>> activities.groupby("year").size().to_dict()
    {2020: 6, 2021: 6, 2022: 6, 2023: 6, 2024: 6}

    Parameters
    ----------
    study : of any years up to its own.
    lang : of the words in it, ``"id"`` or ``"en"``.

    Returns
    -------
    ``jp`` hours, ``biaya`` rupiah, ``invited`` people counted, ``attended_share`` of them in 0–1
    and ``test_gain`` in test points; figures of few people are missing, and so are the first two
    of what a training history tells.

    Raises
    ------
    EvaluasiError : no study, or no such language.
    """
    a_study(study)
    said = known(lang)
    invited = measures.training.invitations(study)
    came = invited[invited["attended"] == 1]
    tests = came.assign(gain=came["nilai_post"].astype(float) - came["nilai_pre"].astype(float))
    found = (
        invited.groupby("kode_kegiatan")
        .agg(
            invited=("pegawai_id", "size"),
            attended_share=("attended", "mean"),
            alone=("attendance_alone", "max"),
        )
        .join(tests.groupby("kode_kegiatan")["gain"].agg(["mean", "count"]))
    )
    frame = study.kegiatan.merge(found, left_on="kode_kegiatan", right_index=True, how="left")
    # Of a training history everybody came; who was invited is not in it.
    asked = ["invited", "attended_share"]
    frame[asked] = frame[asked].where(frame["alone"] != 1)
    few = study.plan.privacy.small_cell
    told = pd.DataFrame(
        {
            "kode_kegiatan": frame["kode_kegiatan"],
            "year": frame["tahun"].astype(int),
            "tema": _text(frame["tema"]),
            "metode": _text(frame["metode"]),
            "tanggal_mulai": frame["tanggal_mulai"].astype("datetime64[s]"),
            "jp": frame["jp"].astype(float),
            "biaya": frame["biaya"].astype(float),
            "invited": frame["invited"].astype(float).where(frame["invited"] >= few),
            "attended_share": as_reported.shares(frame, "attended_share", "invited", study),
            "test_gain": frame["mean"].astype(float).where(frame["count"] >= few),
        }
    )
    return marked(_in_words(told, said), "activities", study, said)


def forms(study: Study, lang: str = "id") -> pd.DataFrame:
    """One row per survey form; suggestions in free text are not in it.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> forms = explore.forms(study, "en")
    >>> len(forms[forms["year"] == 2024])
    2500

    Parameters
    ----------
    study : of any years up to its own.
    lang : of the words in it, ``"id"`` or ``"en"``.

    Returns
    -------
    ``form`` a running number within its year; ``month`` 1–12; the nine unsur as answered, 1–4;
    ``ikm`` the form's own mean in IKM points (25–100), missing where nothing was answered.

    Raises
    ------
    EvaluasiError : no study, or no such language.
    """
    a_study(study)
    said = known(lang)
    frame = study.skm
    told = pd.DataFrame(
        {
            "form": whose.form_numbers(study),
            "year": frame["tahun"].astype(int),
            "month": frame["tanggal"].astype("datetime64[s]").dt.month,
            **_places(frame["kode_unit"], study),
            "jenis_kelamin": _text(frame["jenis_kelamin"]),
            "umur": frame["umur"].astype(float),
            "pendidikan": _text(frame["pendidikan"]),
            "pekerjaan": _text(frame["pekerjaan"]),
            **{u: frame[u].astype(float) for u in codes.UNSUR},
            "ikm": measures.satisfaction.respondent_ikm(frame),
        }
    )
    return marked(_in_words(told, said), "forms", study, said)


def _places(units_of: pd.Series, study: Study) -> dict[str, pd.Series]:
    """Unit, agency and district by name; a unit without a name keeps its code."""
    known_units = study.unit.set_index("kode_unit")
    names = units_of.map(known_units["nama_unit"])
    return {
        "unit": names.where(names.notna() & names.ne(""), units_of).astype(object),
        "opd": _text(units_of.map(known_units["opd"])),
        "kecamatan": _text(units_of.map(known_units["kecamatan"])),
    }


def _most_hours(study: Study, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Theme and method of most hours attended until each row's year; missing where there are
    none.
    """
    came = measures.training.invitations(study)
    came = came[came["jp"] > 0].astype({"tahun": int})
    rows = pd.MultiIndex.from_frame(frame[["pegawai_id", "tahun"]].astype({"tahun": int}))
    told = {}
    for name in ("tema", "metode"):
        hours = came.groupby(["pegawai_id", "tahun", name])["jp"].sum().astype(float).unstack(name)
        every = hours.reindex(hours.index.union(rows)).fillna(0.0).sort_index()
        until = every.groupby(level=0).cumsum().reindex(rows)
        told[name] = (
            until.idxmax(axis=1).where(until.max(axis=1) > 0)
            if until.shape[1]
            else pd.Series(np.nan, index=rows, dtype=object)
        ).set_axis(frame.index)
    return {name: values.astype(object) for name, values in told.items()}


def _never_is_missing(years: pd.Series) -> pd.Series:
    return years.astype("Int64").mask(years == NEVER)


def _where_asked(yes: pd.Series, years: pd.Series, study: Study) -> pd.Series:
    """True and false, missing in years of which no invitations are recorded."""
    unasked = years.isin(measures.training.unasked_years(study))
    return yes.astype("boolean").mask(unasked) if unasked.any() else yes


def _text(values: pd.Series) -> pd.Series:
    """Texts of which the empty ones are missing."""
    texts = values.astype(object)
    return texts.where(texts.notna() & texts.ne(""), None)


def _in_words(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    said = {
        name: frame[name].map(lambda code: word(code, lang), na_action="ignore")
        for name in _CODED
        if name in frame
    }
    return frame.assign(**said)
