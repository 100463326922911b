"""Small datasets of invented headlines, as they are published."""

from __future__ import annotations

from alignkit.config import ExportSettings, SplitSettings
from alignkit.export.stage import export_dataset
from alignkit.schema import PAIRS

_NEWS = (
    ("Typhoon heads for southern islands", "台風、南の島々へ"),
    ("Central bank keeps rates unchanged", "中央銀行、金利据え置き"),
    ("Rare owl returns to city park", "珍しいフクロウ、都市公園に戻る"),
    ("Mayor resigns over parking fees", "駐車料金巡り市長辞任"),
    ("Carmaker to build battery plant", "自動車大手、電池工場を新設"),
    ("Swimmer breaks national record", "競泳で国内新記録"),
    ("Old ferry begins its last voyage", "老朽フェリー、最後の航海"),
    ("Farmers plant early rice", "農家が早場米を田植え"),
    ("Museum shows lost manuscript", "失われた写本を博物館が公開"),
    ("Volcano sends ash over highway", "火山灰、高速道路に降る"),
    ("Court rejects appeal in fraud case", "詐欺事件で控訴棄却"),
    ("Students launch weather balloon", "学生ら気象気球を打ち上げ"),
    ("Dam reaches lowest level in decade", "ダム貯水、十年で最低"),
    ("Chess champion, 12, wins title", "十二歳、チェスで優勝"),
)


def pair(number, **columns):
    """One row of the table `pairs`."""
    row = {
        "pair_id": f"p{number}",
        "story_id": f"s{number}",
        "en_id": f"en{number}",
        "ja_id": f"ja{number}",
        "en": _NEWS[number][0],
        "ja": _NEWS[number][1],
        "cosine": 0.5,
        "margin": 1.2,
        "coverage_en": 0.5,
        "coverage_ja": 0.5,
        "numbers": "agree",
        "dates": "absent",
        "names": "absent",
        "polarity": "absent",
        "relation": "equivalent",
        "score": 0.75,
    }
    return row | columns


def exported(folder, version="1.0.0", *, rows=None, name="Trial headlines", seed=0):
    """Export a dataset of that version; its rows are 12 pairs, some in each split, if none are given."""
    settings = ExportSettings(
        name=name,
        version=version,
        synthetic=True,
        license="cc0-1.0",
        seed=seed,
        splits=SplitSettings(train=0.5, validation=0.25, test=0.25),
    )
    export_dataset(PAIRS.frame(rows or [pair(number) for number in range(12)]), folder, settings=settings)
    return folder
