//! Owns the hand-computed tables of every metric; the numbers in the comments were worked on paper.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::intent::{COUNT, Intent, Stance};
use kibitz::ledger::metrics::*;
use kibitz::ledger::{Aggregate, Batch, Counted, DAY_MS, Entry, Judged, Known, Measure, Month, Question, Row};
use kibitz::post::{AdSource, Engagement, PostTime, Room, Surface, TimeSource};

/// 2026-11-02, a Monday.
const DAY: i32 = 20_759;

/// A row of a brand's post: written at `minute` of day `DAY + day`, seen an hour later on the home feed.
fn row(id: u32, day: i32, minute: i64, intent: Intent) -> Row {
    let written = i64::from(DAY + day) * DAY_MS + minute * 60_000;
    Row {
        room: Room::X,
        id: id.to_string(),
        brand: "orla".into(),
        name: (written + 3_600_000, "Orla Teas".into()),
        first_seen: (written + 3_600_000, Surface::Home),
        posted: Some(PostTime { unix_ms: written, source: TimeSource::Stated }),
        lang: None,
        judged: Judged {
            model: 1,
            chars: 120,
            // Far apart: 64 bits of a multiplicative hash.
            simhash: u64::from(id + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            intent,
            is_sure: true,
            confidence: 9_000,
            p_conversation: 5_000,
            intents: [0; COUNT],
            ad: false,
            room_fit: 1,
        },
        ad: None,
        is_reply: false,
        parent: None,
        addressed: Default::default(),
        mentions: 0,
        links: 0,
        hashtags: 0,
        media: None,
        engagement: Engagement::default(),
        corrected: None,
        excerpt: None,
    }
}

fn book(entries: Vec<Entry>) -> Book {
    let mut batch = Batch::default();
    entries.into_iter().for_each(|entry| batch.push(entry));
    let count = batch.keys().count();
    let changes = batch.settle(vec![Known::Nothing; count]);
    let mut book = Book::default();
    for key in changes.pages() {
        book.add(key.clone(), &changes.apply(key, Month::default()));
    }
    book
}

fn orla(rows: Vec<Row>) -> Brand {
    let entries = rows.into_iter().map(|row| Entry::Row(Box::new(row))).collect();
    book(entries).brand(&[(Room::X, "orla".into()), (Room::Linkedin, "orla".into())], &Filter::default())
}

#[track_caller]
fn check(measure: Option<Measure>, value: f64, low: f64, high: f64, n: u32, is_enough: bool) {
    let found = measure.expect("a number");
    let is_near = |one: f64, other: f64| (one - other).abs() < 5e-4;
    let is_right = is_near(found.value, value) && is_near(found.low, low) && is_near(found.high, high);
    assert!(is_right && (found.n, found.is_enough) == (n, is_enough), "{found:?}");
}

/// Two of each conversation intent, one of each broadcast intent, one of nothing: 10 and 6 of 16.
fn mixed() -> Vec<Row> {
    let kinds = kibitz::intent::ALL.iter().flat_map(|info| {
        let times = if info.stance == Some(Stance::Conversation) { 2 } else { 1 };
        std::iter::repeat_n(info.intent, times)
    });
    kinds.zip(0..).map(|(intent, at)| row(at, 0, i64::from(at) * 7, intent)).collect()
}

#[test]
fn shares_of_posts() {
    let brand = orla(mixed());
    let total = &brand.total;
    assert_eq!((total.tally.posts(), total.tally.conversation, total.tally.exchange), (16, 10, 8));
    // Wilson by hand, z² = 3.84146: centre (p + z²/2n) / (1 + z²/n), half-width z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).
    // 10 of 16: centre 0.745045/1.240091 = 0.600798; half 1.959964·√(0.0146484+0.0037514)/1.240091 = 0.214387.
    check(conversation_share(total), 0.625, 0.3864, 0.8152, 16, false);
    // 8 of 16: centre 0.5; half 1.959964·√(0.015625+0.0037514)/1.240091 = 0.220003.
    check(exchange_share(total), 0.5, 0.2800, 0.7200, 16, false);
    // 2 of 16: centre 0.245045/1.240091 = 0.197602; half 1.959964·√(0.0068359+0.0037514)/1.240091 = 0.162625.
    check(given_share(total), 0.125, 0.0350, 0.3602, 16, false);
    check(intent_share(total, Intent::Care), 0.125, 0.0350, 0.3602, 16, false);
    assert_eq!(intent_share(total, Intent::Other), None);
    // 1 of 16: centre 0.182545/1.240091 = 0.147203; half 1.959964·√(0.0036621+0.0037514)/1.240091 = 0.136083.
    check(bait_share(total), 0.0625, 0.0111, 0.2833, 16, false);
    check(ad_share(total), 0.0, 0.0, 0.1936, 16, false);
    check(reply_share(total), 0.0, 0.0, 0.1936, 16, false);
    assert_eq!(conversation_share(&Aggregate::default()), None, "a share of nothing is no number");
    let twenty = (0..MIN_POSTS).map(|at| row(at, 0, 0, Intent::Care)).collect();
    assert!(conversation_share(&orla(twenty).total).expect("a share").is_enough);
}

#[test]
fn paid_posts_corrections_and_unsure_ones() {
    let kind = |change: &dyn Fn(&mut Row)| {
        let mut row = row(0, 0, 0, Intent::Share);
        change(&mut row);
        let counts = row.counts();
        (counts.kind(), counts.tally.conversation, counts.tally.broadcast, counts.is_advert)
    };
    assert_eq!(kind(&|_| ()), (Some(0), 1, 0, false));
    assert_eq!(kind(&|row| row.ad = Some(AdSource::Structure)), (Some(2), 0, 1, true), "paid, whatever its words");
    assert_eq!(kind(&|row| row.ad = Some(AdSource::Disclosed)), (Some(0), 1, 0, false), "disclosed is not paid");
    let freed = |row: &mut Row| {
        row.ad = Some(AdSource::Label);
        row.corrected = Some((1, Some(Intent::Ask)));
    };
    assert_eq!(kind(&freed), (Some(0), 1, 0, false), "the user's word wins");
    assert_eq!(kind(&|row| row.judged.is_sure = false), (Some(3), 1, 0, false));
    let advert = |row: &mut Row| {
        row.judged.intent = Intent::Offer;
        row.judged.ad = true;
    };
    assert_eq!(kind(&advert), (Some(2), 0, 1, true));
    assert_eq!(kind(&|row| row.judged.intent = Intent::Other), (None, 0, 0, false));
}

#[test]
fn questions_and_their_answers() {
    let question = |id: u32, minutes: Option<i64>| {
        let asked = i64::from(DAY) * DAY_MS;
        let answered = minutes.map(|minutes| asked + minutes * 60_000);
        let (brand, seen) = ("orla".to_owned(), asked);
        Entry::Question(Question { room: Room::X, id: id.to_string(), brand, asker: 1, asked, answered, seen })
    };
    let took =
        [Some(5), Some(30), Some(90), Some(60), Some(7 * 1440), Some(10), Some(7 * 1440 + 1), Some(-1), None, None];
    let book = book(took.into_iter().zip(0..).map(|(minutes, id)| question(id, minutes)).collect());
    let brand = book.brand(&[(Room::X, "orla".into())], &Filter::default());
    // 6 of 10 in time: one came after seven days, one before it was asked.
    // Wilson: centre (0.6+0.192073)/1.384146 = 0.572247; half 1.959964·√(0.024+0.0096037)/1.384146 = 0.259574.
    check(questions_answered(&brand.total), 0.6, 0.3127, 0.8318, 10, true);
    // 5, 10, 30, 60, 90, 10080: the middle is 45; of six values only the extremes are sure enough.
    check(answer_minutes(&brand.total), 45.0, 5.0, 10_080.0, 6, true);
}

#[test]
fn cadence_counts_observed_days_only() {
    let mut rows = Vec::new();
    for (id, day) in [0, 0, 0, 1, 3, 3, 6].into_iter().enumerate() {
        rows.push(row(id as u32, day, 600, Intent::News));
    }
    // Brought up by a visit to the profile: written before anybody was there.
    let mut old = row(100, -30, 600, Intent::News);
    old.first_seen = (i64::from(DAY) * DAY_MS, Surface::Profile);
    rows.push(old);
    // Another brand's post says that somebody was there on day 4.
    let mut other = row(101, 4, 600, Intent::News);
    other.brand = "halden".into();
    rows.push(other);
    let brand = orla(rows);
    // Observed: days 0, 1, 3, 4, 6. Written on them: 3 + 1 + 2 + 0 + 1 = 7. 7 / 5.
    assert_eq!(brand.observed, [0, 1, 3, 4, 6].map(|day| DAY + day).into());
    let measure = cadence(&brand).expect("a cadence");
    assert_eq!((measure.value, measure.n, measure.is_enough), (1.4, 5, true));
    assert!(measure.low >= 0.2 && measure.low < 1.4 && measure.high > 1.4 && measure.high <= 2.6, "{measure:?}");
}

#[test]
fn people_reactions_and_room_fit() {
    let mut rows: Vec<Row> = (0..4).map(|at| row(at, at as i32, 0, Intent::Reply)).collect();
    rows[0].addressed = [1, 2].into_iter().collect();
    rows[1].addressed = [2].into_iter().collect();
    rows[2].addressed = [3].into_iter().collect();
    rows[0].engagement = Engagement { likes: Some(10), replies: Some(1), reposts: None };
    rows[1].engagement = Engagement { likes: Some(20), replies: None, reposts: None };
    rows[3].judged.intent = Intent::Offer;
    rows[3].judged.room_fit = -2;
    rows[3].engagement.likes = Some(100);
    let brand = orla(rows);
    // Three people in four posts: 75. Without day 0 (person 1 only there): 2/3; day 1: 3/3; day 2: 2/3; day 3: 3/3.
    // Jackknife: mean 83.333, spread 4 · 16.667² = 1111.1, error √(1111.1 · 3/4) = 28.868, times 1.96: 56.58.
    check(people_per_100(&brand), 75.0, 18.4206, 131.5794, 4, false);
    let conversation = reactions_per_post(&brand, Stance::Conversation, Reaction::Likes).expect("likes");
    assert_eq!((conversation.value, conversation.n), (15.0, 2), "posts that show no number are not counted as none");
    assert_eq!(reactions_per_post(&brand, Stance::Broadcast, Reaction::Likes).expect("likes").value, 100.0);
    assert_eq!(reactions_per_post(&brand, Stance::Conversation, Reaction::Replies).expect("replies").n, 1);
    assert_eq!(reactions_per_post(&brand, Stance::Broadcast, Reaction::Reposts), None);
    // 1 + 1 + 1 − 2 over four posts.
    assert_eq!(mean_room_fit(&brand).map(|fit| (fit.value, fit.n)), Some((0.25, 4)));
}

#[test]
fn the_clock() {
    let at = |minutes: &[u16]| Aggregate { minutes: minutes.iter().copied().collect(), ..Aggregate::default() };
    // 20 posts, 12 at :00: chance would bring 0.33; the eight others stand alone. Wilson of 12 of 20.
    let scheduled: Vec<u16> = (0..12).map(|hour| hour * 60).chain((0..8).map(|at| 61 + at * 7)).collect();
    check(clock_share(&at(&scheduled)), 0.6, 0.3866, 0.7812, 20, true);
    let spread: Vec<u16> = (0..60).map(|minute| minute * 23 % 1440).collect();
    check(clock_share(&at(&spread)), 0.0, 0.0, 0.0602, 60, true);
    assert_eq!(clock_share(&Aggregate::default()), None);

    let every_three_hours: Vec<Row> =
        (0..40).map(|at| row(at, at as i32 / 8, i64::from(at % 8) * 180 + 7, Intent::News)).collect();
    check(interval_share(&orla(every_three_hours)), 1.0, 0.9103, 1.0, 39, true);
    // Gaps of 30, 37, 44 … minutes: none returns.
    let mut minute = 0;
    let never_twice: Vec<Row> = (0..30)
        .map(|at| {
            minute += 30 + i64::from(at) * 7;
            row(at, 0, minute, Intent::News)
        })
        .collect();
    check(interval_share(&orla(never_twice)), 0.0, 0.0, 0.1170, 29, true);
}

#[test]
fn chance_alone_is_no_clock() {
    // 2,000 brands with 20 to 2,000 posts at even minutes; a linear congruence of Knuth's.
    let mut state = 1u64;
    let mut next = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let mut called = 0;
    for _ in 0..2_000 {
        let posts = 20 + next(100) * next(20);
        let minutes: Counted<u16> = (0..posts).map(|_| next(1440) as u16).collect();
        let share = clock_share(&Aggregate { minutes, ..Aggregate::default() }).expect("a share");
        called += u32::from(share.value > 0.0);
    }
    assert!(called < 20, "{called} of 2,000");
}

#[test]
fn templates_and_texts_in_several_rooms() {
    let text = 0xfeed_0000_1234_5678_u64;
    // 20 posts; three repeat the first with 0, 12 and 13 bits changed.
    let mut rows: Vec<Row> = (0..20).map(|at| row(at, 0, i64::from(at), Intent::News)).collect();
    for (at, change) in [(0, 0), (5, 0), (9, 0xfff), (12, 0x1fff)] {
        rows[at].judged.simhash = text ^ change;
    }
    rows[12].judged.simhash = text ^ 0x1f_ff00_0000_0000;
    // 2 of 20. Wilson: centre 0.196036/1.192073 = 0.164450; half 1.959964·√(0.0045+0.0024009)/1.192073 = 0.136585.
    check(repeated_share(&orla(rows.clone())), 0.1, 0.0279, 0.30104, 20, true);
    assert_eq!(cross_posting(&orla(rows.clone())), None, "seen in one room");
    rows[5].room = Room::Linkedin;
    rows[9].room = Room::Linkedin;
    rows[9].posted =
        Some(PostTime { unix_ms: i64::from(DAY + CROSS_POST_DAYS + 1) * DAY_MS, source: TimeSource::Stated });
    // The first and its copy of the same day; the other came fifteen days later.
    check(cross_posting(&orla(rows.clone())), 0.1, 0.0279, 0.30104, 20, true);
    check(repeated_share(&orla(rows.clone())), 0.05, 0.0089, 0.2361, 20, true);
    rows[0].judged.chars = 39;
    assert_eq!(cross_posting(&orla(rows)).map(|share| (share.value, share.n)), Some((0.0, 19)), "too short to tell");
}

#[test]
fn what_the_signs_come_to() {
    let call = |rows: Vec<Row>| automation(&orla(rows)).call;
    // A mixed hash: a multiple alone would return at even intervals.
    let even = |at: u32| {
        let hash = (at + 1).wrapping_mul(0x85eb_ca6b);
        i64::from((hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35) >> 8) % 1440
    };
    let spread = |at: u32| row(at, at as i32, 13 + i64::from(at) * 17 % 1100, Intent::News);
    assert_eq!(call((0..10).map(spread).collect()), None, "too few");
    assert_eq!(
        call((0..60).map(|at| row(at, at as i32 / 3, even(at), Intent::News)).collect()),
        Some(AutomationCall::Organic)
    );
    assert_eq!(
        call((0..60).map(|at| row(at, at as i32, 540, Intent::News)).collect()),
        Some(AutomationCall::Robotised)
    );
    let half: Vec<Row> =
        (0..60).map(|at| row(at, at as i32 / 3, if at % 3 == 0 { 540 } else { even(at) }, Intent::News)).collect();
    assert_eq!(call(half), Some(AutomationCall::Mixed));
}

#[test]
fn like_surfaces_are_compared() {
    let mut rows = mixed();
    for row in rows.iter_mut().take(8) {
        row.first_seen.1 = Surface::Replies;
    }
    let book = book(rows.into_iter().map(|row| Entry::Row(Box::new(row))).collect());
    let accounts = [(Room::X, "orla".to_owned())];
    let posts = |filter: Filter| book.brand(&accounts, &filter).total.tally.posts();
    assert_eq!(posts(Filter::default()), 16);
    assert_eq!(posts(Filter { surfaces: [Surface::Replies].into(), ..Filter::default() }), 8);
    assert_eq!(posts(Filter { surfaces: [Surface::Home].into(), ..Filter::default() }), 8);
    assert_eq!(posts(Filter { rooms: [Room::Linkedin].into(), ..Filter::default() }), 0);
    assert_eq!(posts(Filter { to: Some(DAY - 1), ..Filter::default() }), 0);
    assert_eq!(posts(Filter { from: Some(DAY), to: Some(DAY), ..Filter::default() }), 16);
    assert_eq!(book.brands().collect::<Vec<_>>(), [&accounts[0]]);
}

#[test]
fn what_is_not_asked_for_is_not_counted_and_what_is_stays_as_it_was() {
    let book = book(mixed().into_iter().map(|row| Entry::Row(Box::new(row))).collect());
    let accounts = [(Room::X, "orla".to_owned())];
    let line = |numbers: &[&str]| {
        let numbers: Vec<String> = numbers.iter().map(|name| (*name).to_owned()).collect();
        kibitz::panel::table::line_of(&book, &accounts, &Filter::default(), &numbers).unwrap()
    };
    let whole = line(&[]);
    assert_eq!(whole.numbers.keys().filter(|name| ["conversation", "cadence"].contains(name)).count(), 2);
    let some = line(&["conversation", "cadence"]);
    assert_eq!(some.numbers.keys().copied().collect::<Vec<_>>(), ["cadence", "conversation"]);
    assert!(some.numbers.iter().all(|(name, number)| whole.numbers.get(name) == Some(number)));
    assert_eq!((some.automation, line(&["automation"]).automation), (None, whole.automation));
    assert_eq!((some.posts, some.majority, some.intents), (whole.posts, whole.majority, whole.intents));
}
