//! Scripts of a page's life: whose posts are badged, what badge, popup and explanation say.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

mod session_stage;

use kibitz::session::Command;
use session_stage::{Stage, check};

#[test]
fn whose_posts_are_badged() {
    let posts = |answers: [&str; 6]| {
        format!(
            "read 1 +acme/p1 product -> {}
             read 2 -maria/p2 product -> {}
             read 3 ?zzq/p3 product -> {}
             read 4 -maria/p4 share paid -> {}
             read 5 +acme/p5 other -> {}
             read 6 +acme/p6 product unsure -> {}",
            answers[0], answers[1], answers[2], answers[3], answers[4], answers[5]
        )
    };
    let paid = "badge 4 advert";
    check("", &posts(["badge 1 broadcast", "", "", paid, "", "badge 6 unsure"]));
    check("whose=listed", &posts(["", "", "", paid, "", ""]));
    check(
        "whose=everyone",
        &posts(["badge 1 broadcast", "badge 2 broadcast", "badge 3 broadcast", paid, "", "badge 6 unsure"]),
    );
}

#[test]
fn what_the_badge_says() {
    check(
        "",
        "read 1 +a/1 care -> badge 1 conversation
         read 2 +a/2 product -> badge 2 broadcast
         read 3 +a/3 product ad -> badge 3 advert
         read 4 +a/4 care unsure -> badge 4 unsure
         read 5 +a/5 care paid -> badge 5 advert
         read 6 +a/6 other paid -> badge 6 advert
         read 7 +a/7 care label -> badge 7 advert
         read 8 +a/8 share disclosed -> badge 8 conversation
         read 9 +a/9 product ad unsure -> badge 9 unsure",
    );
}

#[test]
fn a_correction_wins_for_ever() {
    let mut stage = check(
        "adverts=fold",
        "read 1 +a/1 product ad -> badge 1 advert, fold 1
         correct 1 share -> save, toast_corrected, badge 1 conversation, unhide 1
         gone 1 -> unbadge 1
         read 2 +a/1 product ad longer -> badge 2 conversation
         correct 2 other -> save, toast_corrected, unbadge 2
         correct 2 none -> save, toast_correction_back, badge 2 advert, fold 2
         undo -> save, unbadge 2, unhide 2
         undo -> save, badge 2 conversation
         read 3 -maria/3 share paid -> badge 3 advert, fold 3
         correct 3 share -> save, toast_corrected, badge 3 conversation, unhide 3
         correct 3 product -> save, toast_corrected, badge 3 advert, fold 3
         go -> unbadge 2, unbadge 3, unhide 3",
    );
    let settings = stage.settings.clone();
    assert_eq!(settings.corrections.len(), 2);
    stage = Stage::new(settings);
    stage.run("read 9 +a/1 product ad -> badge 9 conversation");
}

#[test]
fn nothing_is_said_twice_and_nothing_stays_behind() {
    check(
        "adverts=fold",
        "read 1 +a/1 product ad -> badge 1 advert, fold 1
         read 1 +a/1 product ad ->
         frame ->
         read 1 +b/2 product ad -> badge 1 advert, fold 1
         read 1 +b/3 care -> badge 1 conversation, unhide 1
         read 1 -maria/4 care -> unbadge 1
         empty 1 ->
         read 1 +b/2 product ad -> badge 1 advert, fold 1
         empty 1 -> unbadge 1, unhide 1
         empty 1 ->
         gone 1 ->
         gone 1 ->
         place 1 view ->
         explain 1 ->
         show 1 ->
         correct 1 care ->
         hideads 1 on ->",
    );
}

#[test]
fn see_more_may_change_the_verdict_once() {
    check(
        "adverts=fold",
        "read 1 +a/1 care @view -> badge 1 conversation
         read 1 +a/1 care and more ->
         read 1 +a/1 care and more bait -> 
         read 2 +a/2 product @view -> badge 2 broadcast
         read 2 +a/2 product ad -> badge 2 advert
         // it is being read: it folds once it lies below the view
         place 2 above ->
         place 2 view ->
         place 2 below -> fold 2",
    );
}

#[test]
fn two_readings_of_one_post_do_not_call_each_other_up_for_ever() {
    let mut stage = check("broadcasters", "");
    // Four broadcasts of four make a broadcaster, three of four do not: it hangs on which reading was judged last.
    for (slot, words) in [(1, "1 news"), (2, "2 news"), (3, "3 news"), (4, "4 news"), (5, "4 care")] {
        let (id, intent) = words.split_once(' ').expect("id and intent");
        stage.on(session_stage::read(kibitz::session::Slot(slot), &format!("+a/{id}"), &[intent]));
    }
    assert_eq!(stage.badges.len(), 5);
}

#[test]
fn posts_without_an_id_are_listed_one_by_one() {
    let mut stage = check(
        "adverts=fold",
        "read 1 +a/- product ad -> badge 1 advert, fold 1
         read 2 +a/- offer ad -> badge 2 advert, fold 2",
    );
    assert_eq!(stage.report().hidden.len(), 2);
    stage.run("show 1 -> unhide 1");
    let report = stage.report();
    assert_eq!((report.hidden.len(), report.hidden_now), (1, 1));
}

#[test]
fn the_users_word_on_who_is_a_brand() {
    check(
        "",
        "read 1 ?zzq/1 product -> 
         isbrand ZZQ yes -> save, toast_brand_yes, badge 1 broadcast
         brand 1 no -> save, toast_brand_no, unbadge 1
         undo -> save, badge 1 broadcast
         watch 1 on -> save, toast_watch_on
         undo -> save
         undo -> save, unbadge 1
         undo ->",
    );
    check("whose=listed", "read 1 ?zzq/1 product\nwatch 1 on -> save, toast_watch_on, badge 1 broadcast");
    // An author of whom the page shows neither name nor handle cannot be named by a rule.
    check("whose=everyone", "read 1 ?/1 product -> badge 1 broadcast\nhideads 1 on ->");
}

#[test]
fn the_popup_offers_who_may_be_a_brand() {
    let mut stage = check(
        "",
        "read 1 ?zzq/1 product\nread 2 ?zzq/2 care\nread 3 -maria/3 care\nread 4 +acme/4 care -> badge 4 conversation",
    );
    assert_eq!(stage.report().candidates, [("zzq".to_owned(), "ZZQ".to_owned())]);
    stage.run("isbrand zzq no -> save, toast_brand_no");
    assert!(stage.report().candidates.is_empty());
    // Who paid for a post may be a person: asked, not assumed.
    stage.run("read 5 ?qqy/5 care paid -> badge 5 advert\nread 6 ?qqy/6 care ->");
    assert_eq!(stage.report().candidates, [("qqy".to_owned(), "QQY".to_owned())]);
}

#[test]
fn an_open_explanation_stays_as_it_is_while_the_record_grows() {
    let mut stage = check("", "read 1 +a/1 product -> badge 1 broadcast\nexplain 1 -> explain 1");
    stage.run("read 2 +a/2 care -> badge 2 conversation\nclosed ->\nexplain 1 -> explain 1");
    let told = stage.all.iter().filter_map(|command| match command {
        Command::Explain(_, explanation) => Some(explanation.record),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [(1, 0), (2, 1)]);
}

#[test]
fn the_explanation_opens_renews_and_closes() {
    let mut stage = check(
        "",
        "explain 1 ->
         read 1 +a/1 product -> badge 1 broadcast
         read 2 -m/2 product
         explain 2 ->
         explain 1 -> explain 1
         read 1 +a/1 product -> 
         hideads 1 on -> save, toast_hide_on, explain 1
         correct 1 care -> save, toast_corrected, badge 1 conversation, explain 1
         read 1 +a/1 product and more -> explain 1
         read 1 +a/9 product -> close, badge 1 broadcast
         explain 1 -> explain 1
         gone 1 -> close, unbadge 1
         read 1 +a/9 product -> badge 1 broadcast
         explain 1 -> explain 1
         brand 1 no -> save, toast_brand_no, unbadge 1, close
         undo -> save, badge 1 broadcast
         explain 1 -> explain 1
         card 1 -> card x a
         card 7 ->
         closed ->
         brand 1 no -> save, toast_brand_no, unbadge 1",
    );
    stage.run("undo -> save, badge 1 broadcast\nexplain 1 -> explain 1");
    let explanation = stage.all.iter().rev().find_map(|command| match command {
        Command::Explain(_, explanation) => Some(explanation),
        _ => None,
    });
    let explanation = explanation.expect("an explanation");
    assert_eq!(explanation.brand, (kibitz::brand::Likelihood::Brand, "brand_marked"));
    assert_eq!(explanation.record, (2, 1), "the corrected post counts as conversation");
    assert!(explanation.hides_adverts && !explanation.never_hidden && !explanation.watched);
    assert_eq!(explanation.room_fit, (1, vec!["fit_short"]));
}

#[test]
fn a_page_that_cannot_be_read_is_left_alone() {
    let mut stage = check("adverts=fold", "read 1 +a/1 product ad -> badge 1 advert, fold 1");
    assert_eq!(stage.report().judged, Some([0, 0, 1, 0]));
    for slot in 2..8 {
        stage.run(&format!("empty {slot} ->"));
    }
    assert_eq!(stage.report().health, None);
    stage.run("empty 8 -> unhide 1");
    let report = stage.report();
    assert_eq!((report.containers, report.read, report.health), (8, 1, Some("health_unread")));
    stage.run(
        "read 9 +a/9 product ad -> badge 9 advert
         read 2 -m/2 care ->
         read 3 -m/3 care ->
         read 4 -m/4 care -> fold 1, fold 9",
    );
    assert_eq!(stage.report().health, None);
}

#[test]
fn a_dash_not_a_false_zero() {
    let mut stage = check("", "empty 1 ->");
    assert_eq!(stage.report().judged, None);
    stage.run("read 2 -m/2 care ->");
    assert_eq!(stage.report().judged, Some([0; 4]));
    stage.run("read 3 +a/3 care -> badge 3 conversation\nread 4 +a/3 care -> badge 4 conversation");
    assert_eq!(stage.report().judged, Some([1, 0, 0, 0]), "one post in two places counts once");
    stage.run("correct 3 bait -> save, toast_corrected, badge 3 broadcast, badge 4 broadcast");
    assert_eq!(stage.report().judged, Some([0, 1, 0, 0]));
}

#[test]
fn a_burst_is_judged_in_slices_and_what_is_in_view_first() {
    let filler = "x".repeat(200);
    let mut stage = check("", "");
    let mut answers = 0;
    for slot in 1..=500 {
        let line = format!("+a/{slot} care {filler}");
        let words: Vec<&str> = line.split(' ').collect();
        let event = session_stage::read(kibitz::session::Slot(slot), words[0], &words[1..]);
        answers += stage.on(event).iter().filter(|command| **command == Command::WantFrame).count();
    }
    let first = stage.badges.len();
    assert!((150..=250).contains(&first), "one slice judged {first}");
    assert_eq!(answers, 1, "one frame is asked for");
    stage.run("place 500 view ->");
    let mut frames = 0;
    while stage.badges.len() < 500 {
        let commands = stage.on(kibitz::session::Event::Frame { now: 0 });
        if frames == 0 {
            let badged = commands.iter().find(|command| matches!(command, Command::Badge(..)));
            assert!(matches!(badged, Some(Command::Badge(slot, _)) if slot.0 == 500), "{badged:?}");
        }
        frames += 1;
        assert!(frames <= 3, "{} judged", stage.badges.len());
    }
    // Then it comes to rest: nobody is woken for nothing.
    let mut quiet = 0;
    while stage.on(kibitz::session::Event::Frame { now: 0 }).contains(&Command::WantFrame) {
        quiet += 1;
        assert!(quiet <= 3, "never at rest");
    }
}

#[test]
fn a_judged_post_is_observed_once_and_again_when_it_changes() {
    let observed = |stage: &Stage| stage.all.iter().filter(|command| matches!(command, Command::Observe(..))).count();
    let mut stage = check("", "read 1 +a/1 product -> badge 1 broadcast");
    assert_eq!(observed(&stage), 1);
    stage.run("gone 1 -> unbadge 1\nread 2 +a/1 product -> badge 2 broadcast");
    assert_eq!(observed(&stage), 1, "seen again");
    stage.run("read 2 +a/1 product and more");
    assert_eq!(observed(&stage), 2, "other words");
    stage.run("correct 2 care -> save, toast_corrected, badge 2 conversation");
    assert_eq!(observed(&stage), 3, "corrected");
    stage.run("read 3 -maria/3 product paid -> badge 3 advert\nset whose=everyone ->\nread 4 -maria/4 care -> badge 4 conversation");
    assert_eq!(observed(&stage), 3, "nothing is kept of persons");
}

#[test]
fn every_message_key_has_english_words() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("extension/_locales/en");
    let words: String = std::fs::read_dir(folder)
        .expect("the English words")
        .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("a file of words"))
        .collect();
    let fit = kibitz::ledger::room_fit::RULES.iter().map(|rule| rule.key);
    let rooms = [kibitz::session::MESSAGE_KEYS, kibitz::brand::MESSAGE_KEYS, kibitz::ledger::MESSAGE_KEYS];
    for key in rooms.into_iter().flatten().copied().chain(fit) {
        assert!(words.contains(&format!("\"{key}\":")), "{key} has no English words");
    }
}
