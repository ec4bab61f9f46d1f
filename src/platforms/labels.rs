//! Owns the words by which networks mark a post as paid, and authors one as a partnership; never looks for them in a post's own text.
//!
//! A table is one string: the words of every interface language between bars, in the form [`crate::read::labels::normalise`] gives.
//! An ellipsis stands for the name of who pays; a space beside it must stand on the page too, unless the name is missing.

/// The words of one network.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    /// The network was paid.
    pub paid: &'static [&'static str],
    /// The author discloses a partnership; nobody paid the network.
    pub disclosed: &'static [&'static str],
}

/// No words: the network has none.
pub const NONE: Labels = Labels { paid: &[], disclosed: &[] };

/// X. English as seen on saved pages; the others as small ad blockers list them, so they only serve when the structural sign is gone.
pub const X: Labels = Labels { paid: &[X_PROMOTED, AD], disclosed: &[] };

/// LinkedIn, both generations: as the filter lists of several maintained blockers agree (2024 to 2026).
pub const LINKEDIN: Labels = Labels { paid: &[LINKEDIN_PROMOTED], disclosed: &[PARTNERSHIP] };

/// Facebook, Instagram and Threads: 62 languages as maintained blockers and filter lists have them (2026), and "Ad", which
/// English users see instead since 2026-08.
pub const META: Labels = Labels { paid: &[SPONSORED, PAID_FOR_BY, AD], disclosed: &[PARTNERSHIP] };

/// Networks that mark paid posts by structure and whose words nobody has listed: what the others say.
pub const ANY: Labels = Labels { paid: &[SPONSORED, X_PROMOTED, LINKEDIN_PROMOTED, AD], disclosed: &[PARTNERSHIP] };

/// "Ad". In English, Croatian, German, Korean, Russian … seen or listed; the rest inferred from what the same interfaces call one.
const AD: &str = "\
    advertentie|anúncio|anuncio|annuncio|annons|annonce|annonse|anzeige|hirdetés|iklan|mainos|pub|\
    publicité|pubblicità|آگهی|quảng cáo|reclamă|reklam|reklama|διαφήμιση|реклама|إعلان|מודעה|विज्ञापन|\
    โฆษณา|広告|广告|廣告|광고|ad";

const X_PROMOTED: &str = "\
    sponzorováno|gesponsert|promoted|promoted by …|promocionado|sponsorisé|sponsorizzato|プロモーション|프로모션 중|\
    uitgelicht|promowane|promovido";

/// The Korean and the Chinese phrase with a colon announce a host: "주최:", "宣傳單位:".
const LINKEDIN_PROMOTED: &str = "\
    الترويج|تم الترويج|প্রমোটেড|propagováno|propagace|promoveret|anzeige|gesponsert|gesponsert von …|\
    προωθημένη|promoted|promoted by …|promocionado|promocionado por …|promovido por …|gepromoot door …|\
    promowane przez …|promoveret af …|promotert av …|dipromosikan oleh …|…によるプロモーション|تبلیغشده|mainostettu|post sponsorisé|sponsorisé|\
    sponsorisé par …|sponsorisé • partenariat avec …|promu(e) par …|promu|promu • partenariat avec …|\
    promu par …|promues|ממומן|प्रमोट किया गया|kiemelt|dipromosikan|post sponsorizzato|promosso da …|\
    promosso|プロモーション|광고|프로모션|주최:…|प्रमोट केले|gepromoot|promotert|ਪ੍ਰੋਮੋਟ ਕੀਤਾ ਗਿਆ|ਪ੍ਰੋਮੋਟ ਕੀਤਾ|\
    treść promowana|promowane|promovida|promovido|patrocinado|promovat|продвигается|marknadsfört|\
    ప్రమోట్ చేయబడింది|ได้รับการโปรโมท|nai-promote|öne çıkarılan içerik|tanıtılan içerik|просувається|\
    được quảng bá|广告|推广|促銷內容|贊助|宣傳單位:…";

/// "Sponsored". Of Tamil, Telugu, Sinhala, Burmese and Khmer the lists have fragments only: these are completed.
const SPONSORED: &str = "\
    geborg|ስፖንሰር የተደረገ|مُموَّل|برعاية|ممول|спонсорирано|স্পনসর্ড|sponzorirano|giisponsoran|sponzorováno|\
    sponsoreret|gesponsert|χορηγούμενη|χορηγούμενο|sponsored|publicidad|دارای پشتیبانی مالی|sponsoroitu|\
    sponsorisé|sponsorisée|commandité|oipytyvôva|પ્રાયોજિત|ɗaukar nayin|ממומן|במימון|प्रायोजित|oglas|\
    peye|bersponsor|disponsori|sponsorizzato|後援|ಪ್ರಾಯೋಜಿಸಲಾಗಿದೆ|apmaksāta reklāma|misy mpiantoka|\
    спонзорирано|സ്പോൺസർ ചെയ്തത്|ивээн тэтгэсэн|ditaja|sponset|gesponsord|ispoonsara godhameera|\
    ପ୍ରାୟୋଜିତ|ਪ੍ਰਯੋਜਿਤ|sponsorowane|patrocinado|sponsorizat|uterwa inkunga|sponzorované|спонзорисано|\
    sponsrat|sponsrad|imedhaminiwa|ได้รับการสนับสนุน|may sponsor|sponsorlu|спонсорована|спонсоровано|\
    سپانسرڈ|được tài trợ|赞助内容|赞助|贊助|ஸ்பான்சர் செய்யப்பட்டது|స్పాన్సర్ చేయబడినది|අනුග්රහය ලද|ကြော်ငြာ|\
    បានឧបត្ថម្ភ|støttet";

/// "Paid for by …": political adverts.
const PAID_FOR_BY: &str = "\
    مدفوعة بواسطة …|платено от …|platí za to …|finanziert von …|πληρωμένο από …|paid for by …|\
    pagado por …|maksaja …|financé par …|שולם על ידי …|dibayar oleh …|finanziato da …|… による支払い|\
    apmaksā …|betaald door …|opłacona przez …|financiado por …|оплачено …|… tarafından ödendi|\
    tài trợ bởi …|由 … 付费|出資者:…";

/// "Paid partnership with …", in 23 languages as a maintained blocker has it; from Swedish on inferred.
const PARTNERSHIP: &str = "\
    شراكة مدفوعة …|платено партньорство …|placené partnerství …|bezahlte werbepartnerschaft …|\
    πληρωμένη συνεργασία …|paid partnership …|colaboración pagada …|maksettu kumppanuus …|\
    partenariat rémunéré …|שותפות בתשלום …|kemitraan berbayar …|partnership pubblicizzata …|有償パートナーシップ|\
    …有償パートナーシップ|apmaksāta sadarbība …|betaald partnerschap …|post sponsorowany …|parceria paga …|\
    платное партнерство …|платное партнёрство …|ücretli ortaklık …|… ücretli ortaklık|оплачуване партнерство …|\
    mối quan hệ tài trợ …|付费合伙|…付费合伙|付費合作|…付費合作|betalt samarbete …|betalt partnerskab …|\
    betalt partnerskap …|fizetett partneri kapcsolat …|parteneriat plătit …|platené partnerstvo …|\
    plaćeno partnerstvo …|유료 파트너십|पेड पार्टनरशिप …|en partenariat avec …";

/// Tags by which authors disclose that somebody paid them. Not among them: tags that mean other things as well (#pr, #pub, #collab).
pub const TAGS: &str = "\
    ad|advert|advertisement|sponsored|spon|paidpartnership|paidad|werbung|anzeige|bezahltewerbung|\
    publicidad|publi|publicidade|publipost|parceriapaga|publicité|sponsorisé|\
    collaborationcommerciale|partenariatrémunéré|sponsorizzato|pubblicità|adv|advertentie|\
    reclame|annons|reklame|reklam|reklama|işbirliği|mainos|kaupallinenyhteistyö|\
    współpracareklamowa|реклама|διαφήμιση|χορηγούμενο|iklan|quảngcáo|โฆษณา|विज्ञापन|إعلان|اعلان|פרסומת|\
    広告|タイアップ|광고|협찬|유료광고|广告|廣告|贊助";
