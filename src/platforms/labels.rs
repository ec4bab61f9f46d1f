//! Owns the words by which X and LinkedIn mark a paid post, by interface language; never looks for them in a post's own text.

/// A platform's word for a paid post, in the form [`crate::read::labels::normalise`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Interface language (BCP 47).
    pub lang: &'static str,
    /// The word.
    pub word: &'static str,
    /// How much must agree, and what it then means.
    pub form: Form,
}

/// How a label stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The element holds the word and nothing else.
    Whole,
    /// A name follows the word.
    Before,
    /// A name follows, and the author discloses a partnership; nobody paid the platform.
    Partner,
}

const fn whole(lang: &'static str, word: &'static str) -> Label {
    Label { lang, word, form: Form::Whole }
}

const fn before(lang: &'static str, word: &'static str) -> Label {
    Label { lang, word, form: Form::Before }
}

const fn partner(lang: &'static str, word: &'static str) -> Label {
    Label { lang, word, form: Form::Partner }
}

/// X. English as seen on saved pages; the others as small ad blockers list them, so they only serve when the structural sign is gone.
pub const X: &[Label] = &[
    whole("cs", "sponzorováno"),
    whole("de", "gesponsert"),
    whole("de", "anzeige"),
    whole("en", "ad"),
    whole("en", "promoted"),
    before("en", "promoted by"),
    whole("es", "promocionado"),
    whole("fr", "sponsorisé"),
    whole("it", "sponsorizzato"),
    whole("ja", "プロモーション"),
    whole("ko", "프로모션 중"),
    whole("ko", "광고"),
    whole("nl", "uitgelicht"),
    whole("pl", "promowane"),
    whole("pt", "promovido"),
    whole("ru", "реклама"),
    whole("uk", "реклама"),
    whole("zh-Hans", "广告"),
    // What "Ad" (since 2023) is called in other languages: inferred, not seen.
    whole("ar", "إعلان"),
    whole("da", "annonce"),
    whole("es", "anuncio"),
    whole("fi", "mainos"),
    whole("fr", "pub"),
    whole("he", "מודעה"),
    whole("hi", "विज्ञापन"),
    whole("id", "iklan"),
    whole("it", "annuncio"),
    whole("ja", "広告"),
    whole("nl", "advertentie"),
    whole("pl", "reklama"),
    whole("pt", "anúncio"),
    whole("sv", "annons"),
    whole("th", "โฆษณา"),
    whole("tr", "reklam"),
    whole("vi", "quảng cáo"),
    whole("zh-Hant", "廣告"),
];

/// LinkedIn, both generations: as the filter lists of several maintained blockers agree (2024 to 2026).
pub const LINKEDIN: &[Label] = &[
    whole("ar", "الترويج"),
    whole("ar", "تم الترويج"),
    whole("bn", "প্রমোটেড"),
    whole("cs", "propagováno"),
    whole("cs", "propagace"),
    whole("da", "promoveret"),
    whole("de", "anzeige"),
    whole("de", "gesponsert"),
    before("de", "gesponsert von"),
    whole("el", "προωθημένη"),
    whole("en", "promoted"),
    before("en", "promoted by"),
    whole("es", "promocionado"),
    whole("fa", "تبلیغشده"),
    whole("fi", "mainostettu"),
    whole("fr", "post sponsorisé"),
    whole("fr", "sponsorisé"),
    before("fr", "sponsorisé par"),
    before("fr", "sponsorisé • partenariat avec"),
    partner("fr", "en partenariat avec"),
    before("fr", "promu(e) par"),
    whole("fr", "promu"),
    before("fr", "promu • partenariat avec"),
    before("fr", "promu par"),
    whole("fr", "promues"),
    whole("he", "ממומן"),
    whole("hi", "प्रमोट किया गया"),
    whole("hu", "kiemelt"),
    whole("id", "dipromosikan"),
    whole("it", "post sponsorizzato"),
    before("it", "promosso da"),
    whole("it", "promosso"),
    whole("ja", "プロモーション"),
    whole("ko", "광고"),
    whole("ko", "프로모션"),
    before("ko", "주최:"),
    whole("mr", "प्रमोट केले"),
    whole("ms", "dipromosikan"),
    whole("nl", "gepromoot"),
    whole("no", "promotert"),
    whole("pa", "ਪ੍ਰੋਮੋਟ ਕੀਤਾ ਗਿਆ"),
    whole("pa", "ਪ੍ਰੋਮੋਟ ਕੀਤਾ"),
    whole("pl", "treść promowana"),
    whole("pl", "promowane"),
    whole("pt", "promovida"),
    whole("pt", "promovido"),
    whole("pt", "patrocinado"),
    whole("ro", "promovat"),
    whole("ru", "продвигается"),
    whole("sv", "marknadsfört"),
    whole("te", "ప్రమోట్ చేయబడింది"),
    whole("th", "ได้รับการโปรโมท"),
    whole("tl", "nai-promote"),
    whole("tr", "öne çıkarılan içerik"),
    whole("tr", "tanıtılan içerik"),
    whole("uk", "просувається"),
    whole("vi", "được quảng bá"),
    whole("zh-Hans", "广告"),
    whole("zh-Hans", "推广"),
    whole("zh-Hant", "促銷內容"),
    whole("zh-Hant", "贊助"),
    before("zh-Hant", "宣傳單位:"),
];
