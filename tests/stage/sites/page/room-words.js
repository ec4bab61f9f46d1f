//! Owns the interface words of the demo rooms in the languages the tests need; never builds a node.

const EN = {
  dir: 'ltr', minutes: '%m', hours: '%h', days: '%d', ad: 'Sponsored', more: 'See more', like: 'Like', reply: 'Reply', comment: 'Comment', share: 'Share', save: 'Save', repost: 'Repost', follow: 'Follow', options: 'More options', home: 'Home', profile: 'Profile',
  likes: '% likes', comments: '% comments', replies: '% replies', people: '% people', suggested: 'Suggested for you', replied: 'Replied to %', commentBy: 'Comment by %', posts: 'Posts', submitted: 'submitted % ago by ', promotedBy: 'promoted by ', promoted: 'promoted', learn: 'Learn more', pictureOf: '%’s profile picture', partner: 'Paid partnership with ',
};
const DE = {
  ...EN, minutes: '% Min.', hours: '% Std.', days: '% T.', ad: 'Gesponsert', more: 'Mehr ansehen', like: 'Gefällt mir', reply: 'Antworten', comment: 'Kommentieren', share: 'Teilen', save: 'Speichern', repost: 'Reposten', follow: 'Folgen', options: 'Mehr Optionen', home: 'Startseite', profile: 'Profil',
  likes: 'Gefällt % Mal', comments: '% Kommentare', replies: '% Antworten', people: '% Personen', suggested: 'Vorschläge für dich', replied: 'Antwort an %', commentBy: 'Kommentar von %', posts: 'Beiträge', submitted: 'vor % eingereicht von ', promotedBy: 'gesponsert von ', promoted: 'gesponsert', learn: 'Mehr dazu', pictureOf: 'Profilbild von %', partner: 'Bezahlte Partnerschaft mit ',
};
const AR = {
  ...EN, dir: 'rtl', minutes: '% د', hours: '% س', days: '% ي', ad: 'مُموَّل', more: 'عرض المزيد', like: 'أعجبني', reply: 'رد', comment: 'تعليق', share: 'مشاركة', save: 'حفظ', repost: 'إعادة نشر', follow: 'متابعة', options: 'خيارات أخرى', home: 'الصفحة الرئيسية', profile: 'الملف الشخصي',
  likes: '% تسجيل إعجاب', comments: '% تعليق', replies: '% ردًا', people: '% أشخاص', suggested: 'اقتراحات لك', replied: 'ردًا على %', commentBy: 'تعليق بواسطة %', posts: 'المنشورات', submitted: 'أُرسل منذ % بواسطة ', promotedBy: 'برعاية ', promoted: 'مُروَّج', learn: 'معرفة المزيد', pictureOf: 'صورة الملف الشخصي ل%', partner: 'شراكة مدفوعة مع ',
};
const JA = {
  ...EN, minutes: '%分', hours: '%時間', days: '%日', ad: '広告', more: 'もっと見る', like: 'いいね！', reply: '返信', comment: 'コメントする', share: 'シェア', save: '保存', repost: '再投稿', follow: 'フォロー', options: 'その他のオプション', home: 'ホーム', profile: 'プロフィール',
  likes: '「いいね！」%件', comments: 'コメント%件', replies: '返信%件', people: '%人', suggested: 'おすすめ', replied: '%さんへの返信', commentBy: '%さんのコメント', posts: '投稿', submitted: '%前に投稿 ', promotedBy: '広告主 ', promoted: '広告', learn: '詳しくはこちら', pictureOf: '%さんのプロフィール写真', partner: 'タイアップ投稿 ',
};

/** Words by language. */
export const WORDS = { en: EN, de: DE, ar: AR, ja: JA };
