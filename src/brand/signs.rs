//! Owns the signs of an organisation, and the family names, in scripts written without spaces; never looks for them.

/// A sign that no person bears: a legal form, a trade mark.
pub(super) const CERTAIN: u8 = 3;
/// A sign that organisations bear more often than persons: it counts with another one, or with the author's manner.
pub(super) const WEAK: u8 = 1;
/// A sign that names an organisation: its head word, its desk.
pub(super) const CLEAR: u8 = 2;

/// Signs in scripts written without spaces, looked for as they stand.
pub(super) const SIGNS: &[(&str, Where, u8)] = &[
    ("株式会社", Where::Anywhere, CERTAIN),
    ("有限会社", Where::Anywhere, CERTAIN),
    ("有限公司", Where::Anywhere, CERTAIN),
    ("주식회사", Where::Anywhere, CERTAIN),
    ("(주)", Where::Anywhere, CERTAIN),
    ("公式", Where::Anywhere, CLEAR),
    ("官方", Where::Anywhere, CLEAR),
    ("공식", Where::Anywhere, CLEAR),
    ("編集部", Where::Anywhere, CLEAR),
    ("広報", Where::Anywhere, CLEAR),
    ("運営事務局", Where::Anywhere, CLEAR),
    ("旗舰店", Where::End, CLEAR),
    ("旗艦店", Where::End, CLEAR),
    ("集团", Where::End, CLEAR),
    ("集團", Where::End, CLEAR),
    ("公司", Where::End, CLEAR),
    ("大学", Where::End, CLEAR),
    ("大學", Where::End, CLEAR),
    ("専門学校", Where::End, CLEAR),
    ("銀行", Where::End, CLEAR),
    ("银行", Where::End, CLEAR),
    ("新聞", Where::End, CLEAR),
    ("日报", Where::End, CLEAR),
    ("晚报", Where::End, CLEAR),
    ("日報", Where::End, CLEAR),
    ("出版社", Where::End, CLEAR),
    ("电视台", Where::End, CLEAR),
    ("電視台", Where::End, CLEAR),
    ("博物館", Where::End, CLEAR),
    ("博物馆", Where::End, CLEAR),
    ("博物院", Where::End, CLEAR),
    ("美術館", Where::End, CLEAR),
    ("美术馆", Where::End, CLEAR),
    ("図書館", Where::End, CLEAR),
    ("图书馆", Where::End, CLEAR),
    ("病院", Where::End, CLEAR),
    ("医院", Where::End, CLEAR),
    ("市役所", Where::End, CLEAR),
    ("警察署", Where::End, CLEAR),
    ("消防局", Where::End, CLEAR),
    ("交通局", Where::End, CLEAR),
    ("協会", Where::End, CLEAR),
    ("协会", Where::End, CLEAR),
    ("財団", Where::End, CLEAR),
    ("基金会", Where::End, CLEAR),
    ("百貨店", Where::End, CLEAR),
    ("書店", Where::End, CLEAR),
    ("航空", Where::End, CLEAR),
    ("鉄道", Where::End, CLEAR),
    ("市場", Where::End, CLEAR),
    ("ホールディングス", Where::End, CLEAR),
    ("グループ", Where::End, CLEAR),
    ("ジャパン", Where::End, CLEAR),
    ("ストア", Where::End, CLEAR),
    ("은행", Where::End, CLEAR),
    ("대학교", Where::End, CLEAR),
    ("신문", Where::End, CLEAR),
    ("뉴스", Where::End, CLEAR),
    ("방송", Where::End, CLEAR),
    ("병원", Where::End, CLEAR),
    ("박물관", Where::End, CLEAR),
    ("백화점", Where::End, CLEAR),
    ("카드", Where::End, CLEAR),
    ("재단", Where::End, CLEAR),
    ("협회", Where::End, CLEAR),
    ("웹툰", Where::End, CLEAR),
    ("코믹스", Where::End, CLEAR),
    ("코리아", Where::End, CLEAR),
    ("학원", Where::End, CLEAR),
    ("서점", Where::End, CLEAR),
    ("ธนาคาร", Where::Start, CLEAR),
    ("มหาวิทยาลัย", Where::Start, CLEAR),
    ("บริษัท", Where::Start, CERTAIN),
    ("בע\"מ", Where::End, CERTAIN),
];

/// German compounds end in their head.
pub(super) const COMPOUNDS: &[&str] = &[
    "zeitung",
    "verlag",
    "museum",
    "sparkasse",
    "hochschule",
    "universitat",
    "stadtwerke",
    "ministerium",
    "stiftung",
    "versicherung",
    "bibliothek",
];

/// Family names by which a short name in Chinese characters, or three syllables of Hangul, is a person's.
pub(super) const HAN_FAMILIES: &str = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 前田 藤田 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中島 小川 中野 原田 広瀬 新垣 菅田 綾瀬 浜辺 橋本 李 王 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 周 吴 吳 徐 孙 孫 胡 朱 高 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 于 董 萧 程 曹 袁 邓 许 許 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 葉 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆";
pub(super) const HANGUL_FAMILIES: &str =
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나";

/// Where a sign must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Anywhere,
    Start,
    End,
}
