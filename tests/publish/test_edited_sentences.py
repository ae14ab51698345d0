"""Sentences as people write them, none of them from the lists that the made edits use."""

from __future__ import annotations

import pytest

from helpers.publish.edited_report import firewall
from helpers.validation.made_findings import made

_TOO_MUCH = """
Diklat terbukti ampuh menggenjot kinerja aparatur.
Kepuasan warga terkerek naik sesudah petugas dibimbing.
Bimtek menyumbang kenaikan IKM.
Indeks kepuasan masyarakat kini melampaui target berkat kerja keras peserta diklat.
Nilai IKM tahun ini 97,3.
IKM tahun 2024 sebesar 91,27.
Output per hari kerja mencapai 14,8.
Pegawai yang ikut seminar jauh lebih produktif daripada yang tidak.
Pelatihan memperkecil keluhan warga.
Pelatihan memangkas waktu penyelesaian.
Pelatihan etika menaikkan unsur perilaku pelaksana sebesar 3,2 poin.
Unsur kompetensi pelaksana terangkat oleh pelatihan.
Semua ini buah pelatihan: masyarakat lebih puas.
Kinerja pegawai naik. Ini berkat pelatihan.
Kinerja naik; pelatihanlah penyebabnya.
Pelatihan sukses.
Pelatihan berhasil baik dan patut dilanjutkan.
Pelatihan tidak gagal menaikkan IKM.
Tidak benar bahwa pelatihan tidak menaikkan IKM.
Tak ayal, pelatihan melambungkan IKM.
Pelatihan melejitkan output per hari kerja.
Nilai SKP merangkak naik setiap tahun.
SKP turun drastis.
Ketepatan waktu anjlok.
Korelasi pelatihan dan IKM kuat sehingga IKM terdongkrak.
Pelatihan memberi hasil nyata.
Pelatihan memberi nilai tambah bagi kepuasan masyarakat.
Warga makin puas setelah pelatihan.
Warga semakin puas berkat pelatihan.
Makin banyak pelatihan, makin tinggi IKM.
Semakin sering dilatih, semakin baik kinerja pegawai.
Produktivitas pegawai terlatih 12% di atas rekannya.
Pelatihan menghasilkan lonjakan produktivitas sebesar 5 persen.
Output per hari kerja naik lima persen.
Pelatihan berdampak positif.
Ada hubungan sebab-akibat antara pelatihan dan IKM.
Pelatihan mempunyai pengaruh signifikan terhadap kinerja.
Bukti menunjukkan pelatihan bermanfaat bagi masyarakat.
Peningkatan kompetensi pegawai berujung pada kepuasan masyarakat.
Kepuasan publik ikut terangkat seiring bertambahnya jam pelajaran.
Pelatihan-lah yang menaikkan IKM.
Kami menyimpulkan bahwa program pembinaan layak dilanjutkan karena menaikkan IKM.
Training has transformed public service.
Training moved the satisfaction index up.
Citizens are happier since staff were trained.
Citizens are more satisfied now that staff are trained.
The more training, the higher the satisfaction.
Staff who were trained outperform their colleagues.
Trained employees complete 12% more output.
The IKM stands at 97.3.
IKM was 91.27 in 2024.
Training paid dividends: satisfaction is up.
Training was a success.
Training was successful in raising output.
The evidence shows that training benefits citizens.
Productivity is up five percent thanks to training.
Seminars work better than workshops.
SKP plummeted.
On-time share fell sharply.
Training has a causal effect on output per working day.
It is not true that training did not raise IKM.
We did not expect it, but training raised IKM.
Not only did staff enjoy it, training raised IKM.
Nobody doubts that training improved services.
The gains in IKM can be traced to training.
Training underlies the rise in IKM.
Training fostered better service.
Training halved complaints.
Owing to the workshops, complaint handling got better.
IKM rose in the wake of training.
Satisfaction went from 80.1 to 93.4.
Training is behind the better results.
Investment in training translates into satisfied citizens.
Had staff not been trained, IKM would be lower.
Trained staff made citizens happier.
Satisfaction soared after the seminars.
Kalau pegawai tidak dilatih, IKM pasti lebih rendah.
Pelatihan manajemen waktu paling efektif.
Seminar lebih ampuh daripada workshop.
Pegawai perempuan lebih diuntungkan oleh pelatihan.
Pelatihan menaikkan output per hari kerja sebesar 5,1%.
Pelatihan agaknya menaikkan output per hari kerja.
Hasil: output +5,1%.
Dampak pelatihan: +5,1%
Impact of training: +12.0%
Effect of training on IKM: 3.4 points
Pengaruh pelatihan pada IKM: 3,4 poin
Pelatihan, yang tidak murah itu, menaikkan IKM.
Pelatihan yang tidak murah menaikkan IKM.
Untuk itu pelatihan menaikkan IKM.
Agar jelas: pelatihan menaikkan IKM.
Agar jelas pelatihan menaikkan IKM.
Perlu dicatat bahwa pelatihan menaikkan IKM.
Perlu diketahui pelatihan telah meningkatkan kepuasan masyarakat.
Evaluasi ini membuktikan pelatihan menaikkan IKM.
Data menunjukkan pelatihan mengatrol IKM.
Survei membuktikan pelatihan membuat warga senang.
Belum pernah terjadi: pelatihan menaikkan IKM.
Belum pernah sebelumnya pelatihan menaikkan IKM setinggi ini.
Tidak sedikit bukti bahwa pelatihan menaikkan IKM.
Jika dilihat dari data, pelatihan menaikkan IKM.
Apabila dicermati pelatihan menaikkan IKM.
Pelatihan menaikkan IKM, bukan pembangunan gedung.
Bukan pembangunan gedung, melainkan pelatihan yang menaikkan IKM.
Bukan gedung baru melainkan pelatihan menaikkan IKM.
IKM naik bukan karena gedung melainkan karena pelatihan.
Bukankah pelatihan menaikkan IKM?
Apa yang menaikkan IKM? Pelatihan.
Siapa sangka pelatihan menaikkan IKM.
The data show that training pushed IKM upward.
It should be noted that training raised IKM.
We need to say that training raised IKM.
Should anyone ask: training raised IKM.
Never before has training raised IKM so much.
If we look at the data, training raised IKM.
Not buildings but training raised IKM.
IKM rose not because of buildings but because of training.
It was training, not the new building, that raised IKM.
Who would have thought that training raised IKM?
Isn't it clear that training raised IKM?
What raised IKM? Training.
Evaluation shows training lifted satisfaction.
Without a shadow of doubt training raised IKM.
Training undeniably raised IKM.
Before training IKM was 80.3; after training it is 93.1.
Sebelum pelatihan IKM 80,3; sesudah pelatihan 93,1.
Unit yang dilatih mencatat IKM 3 poin di atas unit lain.
Pegawai terlatih mengungguli yang lain.
Manfaat pelatihan dirasakan masyarakat.
Masyarakat merasakan manfaat pelatihan.
Citizens feel the benefits of training.
Petugas kini lebih ramah karena dilatih.
Petugas lebih ramah setelah dilatih.
Pelayanan kini lebih cepat berkat bimtek.
Staff are friendlier since the courses.
Pelatihan meningkatkan disiplin.
Pelatihan menurunkan korupsi.
Pelatihan menghemat anggaran 5 miliar.
Training saved 5 billion rupiah.
Setiap rupiah pelatihan kembali tiga kali lipat.
Every rupiah spent on training came back threefold.
Pelatihan menaikan IKM.
Pelatihan meningkatan kepuasan masyarakat.
Trainings rised IKM.
pelatihan→IKM↑
IKM ↑ setelah pelatihan
Pelatihan = IKM naik
Pelatihan manajemen waktu menurunkan waktu penyelesaian.
Seminar menaikkan output lebih besar daripada workshop.
Workshop terbukti paling unggul.
Nilai tes naik 20,1 poin.
Test scores rose by 20.1 points.
Peserta belajar banyak sehingga IKM naik.
Pelatihan menaikkan output per hari kerja sebesar 6,1% (rentang 4,1% sampai 5,1%); buktinya sedang.
Pelatihan agaknya menaikkan output per hari kerja pada pegawai yang dilatih sebesar 5,1% (rentang 4,1% sampai 6,1%); buktinya kuat.
Pelatihan agaknya menaikkan nilai SKP pada pegawai yang dilatih sebesar 5,1% (rentang 4,1% sampai 6,1%); buktinya sedang.
Training raised output per working day among all employees by 5.1% (interval 4.1% to 6.1%); the evidence is moderate.
Dampak pelatihan sangat besar.
Dampak pelatihan sangat kecil.
Pengaruh pelatihan nyata.
Manfaat program pembinaan luar biasa.
Efek diklat etika terasa.
The impact of training is huge.
The effects of the programme are considerable.
Training had a positive effect.
The benefit of these courses is tiny.
Pegawai yang dilatih lebih rajin karena pelatihannya.
Berkat diklat, petugas lebih teliti.
Staff are more motivated because of the training.
Training had no effect on satisfaction.
Training made no difference.
Training did not work.
Training failed to raise IKM.
Training did not raise IKM.
Training had no measurable impact on output per working day.
The programme is a waste of money.
Training is useless.
The courses were in vain.
Pelatihan tidak berguna.
Pelatihan tidak menaikkan IKM.
Pelatihan tidak berpengaruh terhadap kepuasan masyarakat.
Pelatihan tidak ada pengaruhnya.
Pelatihan gagal menaikkan produktivitas.
Pelatihan sia-sia.
Pelatihan tidak membawa hasil.
Data menunjukkan bahwa pelatihan tidak berdampak.
The data show that training did not improve services.
The effect is huge.
Dampaknya luar biasa.
Efeknya besar sekali.
Training failed.
Training has zero impact.
Pelatihan gagal total.
Hasil pelatihan nihil.
Pelatihan hanya membuang anggaran.
Courses do nothing for productivity.
Berkat adanya bimtek, antrean di loket jadi pendek.
Setelah mengikuti diklat, pegawai bekerja dua kali lebih cepat.
Tanpa pelatihan, output pegawai tidak akan naik.
Keberhasilan ini tidak lepas dari peran pelatihan.
Investasi pada pelatihan terbayar lunas.
Every hour of training adds services per day.
""".strip().splitlines()
_ALLOWED = """
Belum ada bukti bahwa pelatihan menaikkan IKM.
Tidak ada bukti bahwa pelatihan menaikkan output.
Pengaruh pelatihan terhadap kepuasan masyarakat belum dapat dipastikan.
Laporan ini memuat hasil evaluasi pelatihan tahun 2024.
Pelatihan dilaksanakan di Aula Bappeda pada 12 Maret 2024.
Kami mengucapkan terima kasih kepada seluruh perangkat daerah.
Evaluasi ini menjawab apakah pelatihan menaikkan produktivitas.
Bab ini membahas produktivitas pegawai.
Pertanyaan: apakah kepuasan masyarakat naik karena pelatihan?
Tujuan pelatihan adalah meningkatkan kompetensi pegawai.
Pelatihan bertujuan meningkatkan kinerja pegawai.
Pelatihan diharapkan meningkatkan kepuasan masyarakat.
Kegiatan ini dibiayai APBD.
Kepala badan meminta agar semua pegawai diundang.
Rekomendasi: tingkatkan mutu pengisian data.
It is not known whether training raised satisfaction.
There is no evidence that training increased output.
The report was prepared by the regional planning agency.
Training took place in March 2024.
The aim of training is to improve competence.
Training is meant to improve public service.
We thank all agencies for their data.
This chapter describes who was invited.
Whether satisfaction rose because of training remains open.
Data were exported on 3 January 2025.
Pasal 203 PP 11 Tahun 2017 mengatur hak 20 jam pelajaran.
Sesuai Permenpan RB Nomor 14 Tahun 2017, survei dilakukan sekali setahun.
Nomor surat: 800/123/BKD/2024.
Telepon (0274) 512345.
Halaman 12 dari 80.
Bukan berarti pelatihan tidak berpengaruh.
This does not mean that training has no effect.
Perlu penelitian lebih lanjut tentang pelatihan dan IKM.
IKM tidak naik karena pelatihan saja.
Kami tidak dapat menyatakan bahwa pelatihan menaikkan IKM.
We cannot say that training caused the rise.
Sebagian pegawai belum pernah diundang.
Kami mengundang semua perangkat daerah untuk membaca laporan ini.
Masukan dapat disampaikan kepada bidang pengembangan kompetensi.
Daftar isi.
Disusun oleh: Bidang Pengembangan Kompetensi.
Kami mengusulkan agar pelatihan tahun depan diundi.
Anggaran tahun depan perlu dibahas bersama.
We propose that next year's seats are drawn by lot.
Training topics next year will include time management.
Pelatihan tahun depan mencakup manajemen waktu.
IKM diukur dengan sembilan unsur.
IKM is measured by nine elements.
Output per hari kerja dihitung dari layanan yang selesai.
Tidak ada kesimpulan tentang sebab dalam bab ini.
Terlepas dari itu, data pelatihan lengkap.
Penelitian ini dilakukan bersama universitas.
Seberapa besar dampak pelatihan dibahas di bab ini.
How large the effect of training is remains to be seen.
Bab ini menyajikan besarnya pengaruh pelatihan dengan jelas.
The effect of training is measured for each large agency.
Data tidak menunjukkan apakah pelatihan menaikkan IKM.
The data do not show whether training raised IKM.
No effect of training was found.
Tidak ditemukan pengaruh pelatihan terhadap IKM.
Pengaruh pelatihan belum terlihat.
Belum tentu pelatihan tidak berguna.
It cannot be said that training had no effect.
Whether training had no effect is not known.
Pelatihan tidak dilaksanakan pada 2020.
Pelatihan gagal dilaksanakan karena banjir.
Training was not held in 2020.
Some staff did not attend the training.
Sebagian pegawai tidak mengikuti pelatihan karena tugas lain.
Pegawai merasa tidak perlu mengikuti pelatihan.
Peserta lebih dulu diundang karena belum pernah ikut pelatihan.
Mereka yang merasa pelatihan tidak berguna diminta menuliskan alasannya.
The training room is large.
Anggaran pelatihan sangat besar.
Biaya pelatihan naik karena harga hotel naik.
Anggaran pelatihan turun karena refocusing.
Peserta pelatihan bertambah karena kuota ditambah.
Kehadiran meningkat karena pelatihan diadakan secara daring.
The training budget was cut because of the flood.
The number of training hours rose because more seats were funded.
Attendance rose because training moved online.
The effect of training on the IKM is uncertain.
Dampak pelatihan terhadap IKM masih diteliti.
Peserta menilai materi pelatihan bermanfaat.
Peserta merasa pelatihan berguna bagi pekerjaannya.
Participants found the training useful.
Training materials did not change since 2020.
The cost of training had no effect on attendance.
70 How many seats to draw by lot next year, and what will that show?
Where the order in which units are trained was drawn by lot, nothing but the lot tells units whose turn has come from those still to come.
""".strip().splitlines()


@pytest.fixture(scope="module")
def flags():
    """A firewall of one made region."""
    return firewall(made(3))


@pytest.mark.parametrize("sentence", _TOO_MUCH)
def test_what_says_more_is_listed(flags, sentence):
    assert flags(sentence)


@pytest.mark.parametrize("sentence", _ALLOWED)
def test_what_claims_nothing_is_left_alone(flags, sentence):
    assert not flags(sentence)


def test_a_figure_in_a_few_words_is_held_against_what_stands_before(flags):
    assert flags("IKM dihitung setahun sekali. Tahun ini 95,37.")
    assert not flags("IKM dihitung setahun sekali. Tahun ini juga.")


def test_no_effect_that_matters_is_said_only_where_that_was_found():
    """Of an outcome whose whole range is too small to matter; nowhere that there is none at all."""
    found = next(
        f
        for seed in range(1, 40)
        for f in made(seed)
        if f.claim == "no_meaningful_effect" and f.outcome == "skp" and f.id.endswith(".effect")
    )
    open_, small = firewall(()), firewall((found,))
    for said in (
        "Pelatihan tidak membawa perbedaan yang berarti pada nilai SKP.",
        "Training made no difference that matters to the SKP score.",
    ):
        assert open_(said) and not small(said)
    assert small("Pelatihan tidak berpengaruh terhadap nilai SKP.")
