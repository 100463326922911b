"""Altered copies of Japanese sentences that say another number or name: the counterpart of `rivals` for references in Japanese.

What is exchanged is found by lists and forms of this benchmark's own; nothing of alignkit's reading of texts is used, so
that it is tested fairly.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final, Literal

from rival_words import Place, any_of, drawn, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURE: Final = re.compile(
    r"(?<![\d.,．，A-Za-zＡ-Ｚａ-ｚ:：/-])\d{1,9}(?:[.．]\d{1,3})?(?![\d.,．，A-Za-zＡ-Ｚａ-ｚ:：/-])"
)
DATED: Final = ("年", "月", "日", "時", "分", "曜")
KANJI_FIGURES: Final = "二三四五六七八九"
COUNTED: Final = re.compile(rf"(?<![一-鿿])[{KANJI_FIGURES}](?=人|つ|回|件|社|カ国|か国|か所|倍|冠|連)")
WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
NARROW: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")

FOREIGN_SURNAMES: Final = "トランプ バイデン プーチン ジョンソン メルケル マクロン スミス ブラウン ウィルソン マーティン テイラー アンダーソン ジャクソン"
NAMES: Final = (
    "オーストラリア ウクライナ ポーランド フィリピン インドネシア マレーシア 北朝鮮 ブラジル アメリカ イギリス フランス ドイツ イタリア スペイン ロシア インド 韓国 中国 カナダ イラン イラク シリア トルコ エジプト メキシコ タイ ベトナム ミャンマー",
    "北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 東京 神奈川 新潟 富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重",
    "滋賀 京都 大阪 兵庫 奈良 和歌山 鳥取 島根 岡山 広島 山口 徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 宮崎 鹿児島 沖縄",
    "札幌 仙台 横浜 川崎 名古屋 神戸 博多 渋谷 新宿 池袋 銀座 浅草 品川 上野",
    "ロンドン パリ ベルリン モスクワ 北京 上海 ソウル ニューヨーク ワシントン カリフォルニア シカゴ ロサンゼルス シドニー ローマ",
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 清水 斎藤 阿部 池田 橋本 石川 前田 安倍 麻生 石破 岸田 小池 吉村 河野",
    FOREIGN_SURNAMES,
    "巨人 阪神 広島 中日 ヤクルト ソフトバンク 西武 ロッテ 日本ハム 楽天 オリックス",
    "トヨタ ホンダ 日産 スズキ ソニー パナソニック シャープ 東芝 アップル グーグル マイクロソフト アマゾン フェイスブック ツイッター",
)
GIVEN: Final = re.compile(
    r"(?P<x>[ァ-ヴー]{3,10})(?=・|(?:首相|大統領|氏|さん|監督|容疑者|被告|長官|知事|市長|教授)(?![一-鿿]))"
)
Kind = Literal["numbers", "names"]


def japanese_rivals(text: str, kind: Kind, most: int = 1) -> list[str]:
    """Give altered copies of a Japanese sentence, each altered in one thing wherever it stands.

    The same sentence always gives the same copies.

    Args:
        text: The sentence.
        kind: What to alter.
        most: How many copies at most.
    """
    # It chooses words, nothing secret.
    chooser = random.Random(f"{kind} {text}".encode(errors="surrogatepass"))  # noqa: S311
    places = list((number_places if kind == "numbers" else name_places)(text, chooser))
    chooser.shuffle(places)
    copies = (exchange(text, place.spans, place.choices[0]) for place in places if place.choices)
    return list(dict.fromkeys(copy for copy in copies if copy != text))[:most]


def number_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find figures that are no dates, and kanji that count."""
    for match in FIGURE.finditer(text):
        if not text.startswith(DATED, match.end()):
            yield Place((match.span(),), [another_figure(match[0], chooser)])
    for match in COUNTED.finditer(text):
        yield Place((match.span(),), drawn(KANJI_FIGURES, chooser, match[0]))


def another_figure(figure: str, chooser: random.Random) -> str:
    """Give a figure of the same form: as many digits, as many zeros behind, wide where it is wide."""
    plain = figure.translate(NARROW)
    core = plain.rstrip("0") or plain
    new = core
    while new == core:
        new = "".join(chooser.choice("123456789") if character.isdigit() else character for character in core)
    new += plain[len(core) :]
    return new if plain == figure else new.translate(WIDE).replace(".", "．")


def name_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find names that are listed, and those that a title behind them gives away."""
    taken: set[int] = set()
    rows = [row.split() for row in NAMES]
    found = [(match.span(), row) for row in rows for match in re.finditer(listed(row), text)]
    found += [(match.span("x"), FOREIGN_SURNAMES.split()) for match in GIVEN.finditer(text)]
    for (start, end), row in found:
        if taken.isdisjoint(range(start, end)):
            same = tuple(match.span() for match in re.finditer(re.escape(text[start:end]), text))
            taken.update(place for span in same for place in range(*span))
            choices = [choice for choice in row if len(choice) > 1]
            yield Place(same, drawn(choices, chooser, text))


def listed(row: list[str]) -> str:
    """Give a pattern of the names of a row, as words of their own: 京都 is not in 東京都."""
    return rf"(?<![一-鿿ァ-ヴー]){any_of(row)}(?![ァ-ヴー―‐])"
