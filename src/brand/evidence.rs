//! Owns what name, handle and bio say for a brand and for a person; never asks who the author is known as.

use super::words::{AGAINST, FIRST, GIVEN, HANDLE, LAST, LEGAL, REGION, SUFFIX, TITLE, Words, fold};

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Points for a brand.
    pub(super) brand: u8,
    /// Among them a sign that no person bears.
    pub(super) is_certain: bool,
    /// Looks like a person's name, or speaks as a person.
    pub(super) is_personal: bool,
    /// A fan's, a parody or a role that persons name themselves by: nothing is decided.
    pub(super) is_doubtful: bool,
}

/// A sign that no person bears: a legal form, a trade mark.
const CERTAIN: u8 = 3;
/// A sign that names an organisation: its head word, its desk.
const CLEAR: u8 = 2;
/// Points from which an author without any sign of a person is a brand.
pub(super) const ENOUGH: u8 = CLEAR;

/// Signs in scripts written without spaces, looked for as they stand.
const SIGNS: &[(&str, Where, u8)] = &[
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
const COMPOUNDS: &[&str] = &[
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
const HAN_FAMILIES: &str = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 前田 藤田 後藤 岡田 長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中島 小川 中野 原田 広瀬 新垣 菅田 綾瀬 浜辺 橋本 李 王 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 周 吴 吳 徐 孙 孫 胡 朱 高 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 于 董 萧 程 曹 袁 邓 许 許 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 葉 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆";
const HANGUL_FAMILIES: &str = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나";

/// Where a sign must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Anywhere,
    Start,
    End,
}

/// Reads name, handle and bio.
pub(super) fn read(name: &str, handle: &str, bio: Option<&str>) -> Evidence {
    let folded = fold(name);
    let head = head(&folded);
    let words: Vec<&str> = words(head).collect();
    let all: Vec<&str> = self::words(&folded).collect();
    let segments = segments(handle);
    let mut found = Evidence {
        is_personal: is_personal(&words) || is_han_person(head) || bio.is_some_and(is_first_person),
        is_doubtful: all
            .iter()
            .chain(segments.iter().map(String::as_str).collect::<Vec<_>>().iter())
            .any(|word| AGAINST.has(word)),
        brand: 0,
        is_certain: false,
    };
    let mut add = |points: u8| {
        found.brand = found.brand.saturating_add(points);
        found.is_certain |= points >= CERTAIN;
    };
    if is_legal(name, &folded) || name.contains(['®', '™']) {
        add(CERTAIN);
    }
    add(of_address(&folded));
    let signs: &[_] = if folded.is_ascii() { &[] } else { SIGNS };
    add(signs.iter().filter(|sign| stands(head, &folded, **sign)).map(|sign| sign.2).max().unwrap_or(0));
    if let [first, .., last] = words[..] {
        let is_local = words.len() == 2 && REGION.has(last) && segments.concat() == words.concat();
        if LAST.has(last) || FIRST.has(first) || words.windows(2).any(is_head_of) || is_local {
            add(CLEAR);
        }
    }
    if words.iter().any(|word| COMPOUNDS.iter().any(|end| word.ends_with(end))) {
        add(CLEAR);
    }
    add(of_handle(&segments, &words));
    add(bio.map_or(0, of_bio));
    let opens_with_a_given_name = segments.first().is_some_and(|first| GIVEN.has(first) || TITLE.has(first));
    found.is_personal |= opens_with_a_given_name && words.len() < 2;
    found
}

/// "University of", "Alliance for", "Mairie de".
fn is_head_of(pair: &[&str]) -> bool {
    let [head, link] = pair else { return false };
    let is_link =
        ["of", "for", "de", "des", "du", "di", "da", "do", "del", "pour", "fur", "voor", "van", "para"].contains(link);
    let is_loose = || ["bank", "center", "centre", "offices", "society", "uni", "ville"].contains(head);
    is_link && (LAST.has(head) || FIRST.has(head) || is_loose())
}

/// The part of a name before what is said about it: "Nick | Founder of X", "Ana at Y", "Lee (Z)".
fn head(name: &str) -> &str {
    const BREAKS: [char; 21] = [
        '|', '｜', '@', '＠', '(', '（', '[', '［', '【', '/', '／', ':', '：', '–', '—', '•', '·', '~', '〜', '★', ',',
    ];
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = name.find(BREAKS).unwrap_or(name.len());
    let spoken = [" - ", " at ", " from ", " of the ", " bei ", " chez "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
        .unwrap_or(end);
    let head = name.get(..end.min(spoken)).unwrap_or(name);
    if head.trim().is_empty() { name } else { head }
}

/// Runs of letters and digits; an apostrophe stays within its word.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.') && !is_mark(c))
        .map(|word| word.trim_matches(['.', '\'', '’']))
        .filter(|word| !word.is_empty())
}

/// Vowel signs of Indic scripts and the like belong to their word.
fn is_mark(c: char) -> bool {
    crate::text::normal::is_mark(c)
}

/// A title, a letter after the name, or a given name in the first place of a short name without a possessive.
fn is_personal(words: &[&str]) -> bool {
    let words = match words {
        ["official" | "officiel" | "oficial" | "team" | "the" | "real", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    if words.windows(2).next().is_some_and(is_head_of) {
        return false;
    }
    let [first, rest @ ..] = words else { return false };
    let is_given = |word: &str| GIVEN.has(word) || word.split('-').all(|part| GIVEN.has(part));
    TITLE.has(first)
        || rest.last().is_some_and(|last| SUFFIX.has(&last.replace('.', "")))
        || is_given(first)
        || rest.first().is_some_and(|second| is_given(second) && is_initial(first))
        || (words.len() == 2 && rest.iter().any(|word| is_given(word)) && !has_head(words))
}

fn is_initial(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() <= 2
}

fn has_head(words: &[&str]) -> bool {
    let in_table = |word: Option<&&str>, table: Words| word.is_some_and(|word| table.has(word));
    in_table(words.last(), LAST) || in_table(words.first(), FIRST)
}

/// A family name and at most three characters more, or three syllables of Hangul.
fn is_han_person(head: &str) -> bool {
    let bare: String =
        ["公式", "官方", "공식", "オフィシャル"].iter().fold(head.to_owned(), |name, sign| name.replace(sign, ""));
    let bare: Vec<char> = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    let text: String = bare.iter().collect();
    let is_kana_or_han = |c: &char| matches!(*c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '々');
    let han = (2..=5).contains(&bare.len())
        && bare.iter().all(is_kana_or_han)
        && HAN_FAMILIES.split(' ').any(|family| {
            text.starts_with(family) && text.len() > family.len() && bare.len() <= family.chars().count() + 3
        });
    let hangul = bare.len() == 3
        && bare.iter().all(|c| matches!(*c, '\u{ac00}'..='\u{d7a3}'))
        && bare.first().is_some_and(|first| HANGUL_FAMILIES.contains(*first));
    han || hangul
}

/// Ends in a legal form. Two letters count only as capitals, because they are also a person's initials, and not alone.
fn is_legal(name: &str, folded: &str) -> bool {
    // The form may stand behind a comma, which otherwise ends the name: "Acme, Inc."
    let folded = folded.replace(',', " ");
    let words: Vec<&str> = words(head(&folded)).collect();
    let Some(last) = words.last().map(|word| word.replace('.', "")) else { return false };
    if words.len() < 2 || !LEGAL.has(&last) {
        return false;
    }
    let stands_in_capitals =
        || name.split_whitespace().any(|word| is_in_capitals(&word.replace(['.', ','], ""), &last));
    last.chars().count() > 2
        || (stands_in_capitals() && !name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
}

/// Whether the word is this small one, written in capitals.
fn is_in_capitals(word: &str, small: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase()) && word.chars().flat_map(char::to_lowercase).eq(small.chars())
}

/// Ends of a name that is an address, and their points: persons have such names too, under the newer domains.
const ADDRESSES: [(&str, u8); 11] = [
    ("com", CERTAIN),
    ("org", CERTAIN),
    ("net", CERTAIN),
    ("co.uk", CERTAIN),
    ("gov", CERTAIN),
    ("gov.uk", CERTAIN),
    ("co.jp", CERTAIN),
    ("de", CLEAR),
    ("fr", CLEAR),
    ("io", CLEAR),
    ("ai", CLEAR),
];

/// A whole name that is an address: "Realtor.com".
fn of_address(name: &str) -> u8 {
    let word = name.trim_matches(|c: char| !c.is_alphanumeric());
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let ends =
        |end: &str| word.strip_suffix(end).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| rest.len() > 2);
    if is_plain { ADDRESSES.iter().filter(|end| ends(end.0)).map(|end| end.1).max().unwrap_or(0) } else { 0 }
}

fn stands(head: &str, name: &str, (sign, place, _): (&str, Where, u8)) -> bool {
    match place {
        Where::Anywhere => name.contains(sign),
        Where::Start => head.trim().starts_with(sign),
        Where::End => head.trim().ends_with(sign),
    }
}

/// A handle's parts at capitals, digits and signs, folded: `FollowAcmeHQ_UK` gives `follow`, `acme`, `hq`, `uk`.
pub(super) fn segments(handle: &str) -> Vec<String> {
    let local = handle.split('@').next().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let chars: Vec<char> = local.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let after = chars.get(at + 1).copied();
        let starts = before.is_some_and(|before| {
            (before.is_lowercase() && c.is_uppercase())
                || (before.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase))
                || before.is_alphabetic() != c.is_alphabetic()
        });
        if starts && !part.is_empty() {
            parts.push(fold(&std::mem::take(&mut part)));
        }
        if c.is_alphanumeric() {
            part.push(c);
        }
    }
    if !part.is_empty() {
        parts.push(fold(&part));
    }
    parts
}

/// A handle without the region and the desk at its end, folded, in one word.
pub(super) fn core(handle: &str) -> String {
    let mut parts = segments(handle);
    while parts.len() > 1 && parts.last().is_some_and(|last| REGION.has(last) || HANDLE.has(last) || last == "official")
    {
        parts.pop();
    }
    parts.concat()
}

/// A handle that ends in an organisation's word; a region may follow. It says nothing where the handle takes up but the
/// end of the name, as family names do.
fn of_handle(segments: &[String], words: &[&str]) -> u8 {
    let core = match segments {
        [core @ .., last] if REGION.has(last) && !HANDLE.has(last) => core,
        all => all,
    };
    match core {
        [own @ .., last] if !own.is_empty() && HANDLE.has(last) => {
            let own = own.concat();
            let name = words.concat().replace(['\'', '’'], "");
            let is_end_of_name = words.len() > 1
                && !name.starts_with(&own)
                && words.iter().any(|word| own.contains(&word.replace(['\'', '’'], "")));
            if is_end_of_name { 0 } else { CLEAR }
        }
        _ => 0,
    }
}

/// What a profile's line says of itself as an organisation.
fn of_bio(bio: &str) -> u8 {
    let bio = fold(bio);
    const SPOKEN: [&str; 16] = [
        "the official account",
        "official account of",
        "official page of",
        "official twitter",
        "official x account",
        "compte officiel",
        "cuenta oficial",
        "perfil oficial",
        "account ufficiale",
        "offizieller account",
        "公式アカウント",
        "官方账号",
        "공식 계정",
        "customer service",
        "customer support",
        "kundenservice",
    ];
    if SPOKEN.iter().any(|words| bio.contains(words)) { CLEAR } else { 0 }
}

/// What a profile's line says in the first person, or of a person.
fn is_first_person(bio: &str) -> bool {
    let bio = fold(bio);
    const SPOKEN: [&str; 19] = [
        "she/her",
        "he/him",
        "they/them",
        "elle/",
        "er/ihm",
        "sie/ihr",
        "views my own",
        "opinions my own",
        "opinions are my own",
        "views are my own",
        "tweets my own",
        "my views",
        "mom of",
        "mum of",
        "dad of",
        "father of",
        "husband",
        "wife",
        "personal account",
    ];
    let first = words(&bio).any(|word| {
        matches!(word, "i" | "i'm" | "i’m" | "im" | "my" | "ich" | "yo" | "je" | "io" | "eu" | "я" | "мой" | "我")
    });
    first || SPOKEN.iter().any(|words| bio.contains(words))
}
