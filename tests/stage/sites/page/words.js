//! Owns the interface words of the demo sites in the languages the tests need; never builds a node.

const EN = {
  dir: 'ltr', minutes: '%m', hours: '%h', days: '%d',
  x: { home: 'Home', explore: 'Explore', alerts: 'Notifications', chat: 'Messages', saved: 'Bookmarks', profile: 'Profile', post: 'Post', forYou: 'For you', following: 'Following', timeline: 'Your Home Timeline',
    thread: 'Conversation', reposted: 'reposted', ad: 'Ad', more: 'Show more', quote: 'Quote', verified: 'Verified account', square: 'Square profile picture', from: 'From', search: 'Search', trending: 'What’s happening', ask: 'What is happening?', follow: 'Follow', who: 'Who to follow', views: 'Views',
    counts: ['replies', 'reposts', 'likes', 'bookmarks', 'views'], buttons: ['Reply', 'Repost', 'Like', 'Bookmark', 'Share post'] },
  linkedin: { home: 'Home', network: 'My Network', jobs: 'Jobs', chat: 'Messaging', alerts: 'Notifications', me: 'Me', start: 'Start a post', sort: 'Sort by:', top: 'Top', promoted: 'Promoted', followers: '% followers', menu: 'Open control menu for post by %', hide: 'Hide post by %', follow: 'Follow', followAria: 'Follow %', visibility: 'Visibility: Global',
    company: 'View company: %', person: 'View %’s profile', verified: '% Verified Profile', degree: '• 3rd+', likes: 'likes this', connections: 'and % other connections follow this Page', more: ' more', reactions: '% reactions', comments: '% comments', reposts: '% reposts', like: 'Like', comment: 'Comment', repost: 'Repost', send: 'Send', post: 'Feed post', photo: 'View image', suggested: 'Suggested', news: 'Top stories', cta: 'Learn more' },
};

const DE = {
  ...EN, minutes: '% Min.', hours: '% Std.', days: '% T.',
  x: { ...EN.x, home: 'Startseite', forYou: 'Für dich', following: 'Folge ich', timeline: 'Deine Startseiten-Timeline', reposted: 'hat repostet', ad: 'Anzeige', more: 'Mehr anzeigen', quote: 'Zitat', verified: 'Verifizierter Account', square: 'Quadratisches Profilbild', from: 'Von', ask: 'Was gibt’s Neues?', trending: 'Was gibt’s Neues?',
    counts: ['Antworten', 'Reposts', '„Gefällt mir“-Angaben', 'Lesezeichen', 'Mal angezeigt'], buttons: ['Antworten', 'Reposten', 'Gefällt mir', 'Lesezeichen', 'Post teilen'] },
  linkedin: { ...EN.linkedin, home: 'Start', start: 'Beitrag beginnen', promoted: 'Anzeige', followers: '% Follower:innen', menu: 'Kontrollmenü für Beitrag von % öffnen', hide: 'Beitrag von % ausblenden', follow: 'Folgen', followAria: '% folgen', visibility: 'Sichtbarkeit: Global', company: 'Unternehmen ansehen: %', person: 'Profil von % anzeigen',
    likes: 'gefällt das', more: ' mehr', reactions: '% Reaktionen', comments: '% Kommentare', reposts: '% Reposts', like: 'Gefällt mir', comment: 'Kommentar', repost: 'Reposten', send: 'Senden', post: 'Feed-Beitrag', suggested: 'Vorgeschlagen', cta: 'Mehr dazu' },
};

const JA = {
  ...EN, minutes: '%分', hours: '%時間', days: '%日',
  x: { ...EN.x, home: 'ホーム', forYou: 'おすすめ', following: 'フォロー中', timeline: 'ホームタイムライン', reposted: 'さんがリポスト', ad: 'プロモーション', more: 'さらに表示', quote: '引用', verified: '認証済みアカウント', square: '正方形のプロフィール画像', from: '提供元', ask: 'いまどうしてる？', trending: 'いまどうしてる？',
    counts: ['件の返信', '件のリポスト', '件のいいね', '件のブックマーク', '件の表示'], buttons: ['返信', 'リポスト', 'いいね', 'ブックマーク', '共有'] },
  linkedin: { ...EN.linkedin, home: 'ホーム', start: '投稿を開始', promoted: 'プロモーション', followers: 'フォロワー%人', menu: '%さんの投稿のコントロールメニューを開く', hide: '%さんの投稿を非表示にする', follow: 'フォローする', followAria: '%さんをフォロー', visibility: '公開範囲：全体', company: '会社を見る：%', person: '%さんのプロフィールを表示',
    likes: 'さんが「いいね！」しました', more: ' もっと見る', reactions: '%件のリアクション', comments: '%件のコメント', reposts: '%件の再投稿', like: 'いいね！', comment: 'コメント', repost: '再投稿', send: '送信', post: 'フィードの投稿', cta: '詳細を見る' },
};

const AR = {
  ...EN, dir: 'rtl', minutes: '% د', hours: '% س', days: '% ي',
  x: { ...EN.x, home: 'الرئيسية', forYou: 'لك', following: 'المتابَعون', timeline: 'خط الرئيسية الزمني', reposted: 'أعاد النشر', ad: 'إعلان', more: 'عرض المزيد', quote: 'اقتباس', verified: 'حساب موثّق', square: 'صورة ملف شخصي مربعة', from: 'من', ask: 'ماذا يحدث؟', trending: 'ماذا يحدث؟', follow: 'متابعة', search: 'بحث', explore: 'استكشاف', alerts: 'التنبيهات', chat: 'الرسائل', saved: 'المحفوظات', profile: 'الملف الشخصي', post: 'نشر',
    counts: ['ردود', 'إعادات نشر', 'إعجابات', 'علامات مرجعية', 'مشاهدات'], buttons: ['ردّ', 'إعادة النشر', 'إعجاب', 'علامة مرجعية', 'مشاركة'] },
  linkedin: { ...EN.linkedin, home: 'الصفحة الرئيسية', start: 'بدء منشور', promoted: 'الترويج', followers: '% متابع', menu: 'فتح قائمة التحكم لمنشور %', hide: 'إخفاء منشور %', follow: 'متابعة', followAria: 'متابعة %', visibility: 'الظهور: عام', company: 'عرض الشركة: %', person: 'عرض ملف % الشخصي',
    likes: 'أعجبه هذا', more: ' المزيد', reactions: '% تفاعل', comments: '% تعليق', reposts: '% إعادة نشر', like: 'أعجبني', comment: 'تعليق', repost: 'إعادة نشر', send: 'إرسال', post: 'منشور', cta: 'معرفة المزيد' },
};

/** Words by language. */
export const WORDS = { en: EN, de: DE, ja: JA, ar: AR };
