//! Scripts of a page's life: what happens, and what the session answers.
//! Longer than most files because each script is one table, read as a whole.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

mod session_stage;

use kibitz::session::{Command, HideMode, RuleScope, Settings};
use session_stage::{Stage, set};

#[track_caller]
fn check(settings: &str, script: &str) -> Stage {
    let mut chosen = Settings::default();
    settings.split_whitespace().for_each(|word| set(&mut chosen, word));
    let mut stage = Stage::new(chosen);
    stage.run(script);
    stage
}

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
fn the_rules_and_their_order() {
    check(
        "adverts=fold kinds.event=dim kinds.broadcast=off",
        "read 1 +a/1 event -> badge 1 broadcast, dim 1
         read 2 +a/2 event ad -> badge 2 advert, fold 2
         read 3 +a/3 news -> badge 3 broadcast",
    );
    check(
        "adverts=fold kinds.bait=hide acme.broadcast=off",
        "read 1 +Acme/1 bait ad -> badge 1 advert
         read 2 +b/2 bait -> badge 2 broadcast, dim 2",
    );
    check(
        "kinds.broadcast=fold acme.event=dim acme.advert=off",
        "read 1 +acme/1 event -> badge 1 broadcast, dim 1
         read 2 +acme/2 event ad -> badge 2 advert
         read 3 +acme/3 news -> badge 3 broadcast, fold 3
         read 4 +acme/4 news unsure -> badge 4 unsure
         read 5 +acme/5 ask -> badge 5 conversation
         // of a paid post the words are not asked unless they are sure
         read 6 +b/6 event unsure paid -> badge 6 advert
         read 7 +b/7 event paid -> badge 7 advert, fold 7",
    );
}

#[test]
fn what_is_never_hidden() {
    check(
        "adverts=fold kinds.broadcast=fold",
        "go p1 @Acme
         read 1 +b/p1 product ad -> badge 1 advert
         read 2 +acme/2 product ad -> badge 2 advert
         read 3 +acme/3 product paid -> badge 3 advert
         read 4 +b/4 care -> badge 4 conversation
         read 5 +b/5 product unsure ad -> badge 5 unsure
         read 6 +b/6 care paid -> badge 6 advert, fold 6
         never 6 on -> save, toast_never_on, unhide 6
         read 7 +b/7 product ad -> badge 7 advert
         undo -> save, fold 6, fold 7",
    );
}

#[test]
fn who_is_signed_in_may_become_known_late() {
    let mut stage = check(
        "adverts=fold",
        "read 1 +acme/1 product ad -> badge 1 advert, fold 1
         read 2 +b/2 product ad -> badge 2 advert, fold 2
         showall -> toast_shown_all, unhide 1, unhide 2
         undo -> fold 1, fold 2
         viewer ACME -> unhide 1",
    );
    assert_eq!(stage.report().judged, Some([0, 0, 2, 0]), "nothing is counted afresh");
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
fn where_a_post_may_collapse() {
    check(
        "adverts=fold",
        "read 1 +a/1 product ad @above -> badge 1 advert
         place 1 view ->
         place 1 above ->
         place 1 below -> fold 1
         read 2 +a/2 product ad @view -> badge 2 advert, fold 2
         read 3 +a/3 product ad -> badge 3 advert, fold 3
         place 3 above ->
         // it left folded, so the page gives it that height when it comes back
         gone 3 -> unbadge 3, unhide 3
         read 4 +a/3 product ad @above -> badge 4 advert, fold 4
         read 5 +a/5 product @view -> badge 5 broadcast
         frame ->
         frame ->
         read 5 +a/5 product ad @view -> badge 5 advert",
    );
    // What was let out above the view stays out: it left no height behind.
    check(
        "adverts=fold",
        "read 1 +a/1 product ad @view -> badge 1 advert, fold 1
         place 1 above ->
         set adverts=dim -> dim 1
         set adverts=fold ->
         place 1 below -> fold 1",
    );
    // Dimming moves nothing.
    check("adverts=dim", "read 1 +a/1 product ad @above -> badge 1 advert, dim 1");
    // The user's own act applies at once, above the view excepted.
    check(
        "",
        "read 1 +a/1 product ad @view -> badge 1 advert
         read 2 +a/2 product ad @above -> badge 2 advert
         place 1 view ->
         set adverts=fold -> fold 1
         place 2 below -> fold 2
         set adverts=off -> unhide 1, unhide 2
         set adverts=dim -> dim 1, dim 2
         set adverts=fold -> fold 1, fold 2
         hideads 1 on -> save, toast_hide_on, fold 1, fold 2",
    );
}

#[test]
fn hiding_switched_on_waits_until_it_is_known_where_a_post_stands() {
    let page = "read 1 +a/1 product ad -> badge 1 advert
         read 2 +a/2 product ad -> badge 2 advert
         read 3 +a/3 product ad -> badge 3 advert
         read 4 +a/4 product ad -> badge 4 advert
         frame
         frame\n";
    // Hiding was off: nobody measured anything.
    check(
        "",
        &format!(
            "{page}
             order 1 2 3 4
             set adverts=fold ->
             place 1 above ->
             place 2 view -> fold 2
             place 3 below -> fold 2 x2, fold 3 x0
             frame ->
             // no hurry: the permission is kept until the place is told
             place 4 view -> fold 2 x3, fold 4 x0
             // and is used up then
             place 1 view ->"
        ),
    );
    // Switched off and on again, what was measured before says nothing any more.
    check(
        "adverts=fold",
        "read 1 +a/1 product ad @view -> badge 1 advert, fold 1
         place 1 view ->
         frame
         frame
         unplaced ->
         set adverts=off -> unhide 1
         set adverts=fold ->
         place 1 above ->
         set adverts=off ->
         unplaced ->
         set adverts=fold ->
         place 1 view -> fold 1",
    );
    // A rule of the dialog, and a post that another one replaced before it was measured.
    check(
        "",
        &format!(
            "{page}
             hideads 1 on -> save, toast_hide_on
             read 2 +a/5 product ad -> badge 2 advert, fold 2
             frame
             frame
             place 2 view ->
             place 1 above ->
             place 3 view -> fold 3"
        ),
    );
    // It was folded once, but stands in full since.
    check(
        "adverts=fold",
        "read 1 +a/1 product ad -> badge 1 advert, fold 1
         gone 1 -> unbadge 1, unhide 1
         set adverts=off ->
         read 2 +a/1 product ad -> badge 2 advert
         frame
         frame
         set adverts=fold ->
         place 2 above ->",
    );
}

#[test]
fn a_fold_goes_through_every_mode_and_back() {
    let script = "order 1 2 3
         read 1 +a/1 product ad @view -> badge 1 advert, fold 1
         read 2 +a/2 product ad @view -> badge 2 advert, fold 1 x2, fold 2 x0
         read 3 +b/3 care @view -> badge 3 conversation
         read 4 -m/4 care
         read 5 -m/5 care
         read 6 -m/6 care
         read 7 -m/7 care
         place 1 view ->
         place 2 view ->
         set adverts=hide -> hide 1, hide 2
         set adverts=dim -> dim 1, dim 2
         set adverts=fold -> fold 1 x2, fold 2 x0";
    check("adverts=fold", script);
}

#[test]
fn a_slot_that_was_not_measured_is_placed_by_the_order() {
    check(
        "adverts=fold",
        "order 2 3
         read 2 +a/2 care @view -> badge 2 conversation
         read 3 +a/3 care @view -> badge 3 conversation
         order 1 2 4 3 5
         read 1 +a/1 product ad -> badge 1 advert
         read 4 +a/4 product ad -> badge 4 advert, fold 4
         read 5 +a/5 product ad -> badge 5 advert, fold 5
         // it came in at the top of the view, after all
         place 1 view -> fold 1",
    );
}

#[test]
fn a_fold_shows_on_request_and_stays_shown() {
    let mut stage = check(
        "adverts=fold",
        "read 1 +a/1 product ad -> badge 1 advert, fold 1
         show 1 -> unhide 1
         gone 1 -> unbadge 1
         read 2 +a/1 product ad -> badge 2 advert
         go -> unbadge 2
         read 3 +a/1 product ad -> badge 3 advert
         undo -> fold 3
         read 4 +a/4 product ad -> badge 4 advert, fold 4
         showall -> toast_shown_all, unhide 3, unhide 4
         showall ->
         read 5 +a/5 product ad -> badge 5 advert
         undo -> fold 3, fold 4, fold 5
         showall -> toast_shown_all, unhide 3, unhide 4, unhide 5
         go -> unbadge 3, unbadge 4, unbadge 5
         undo ->
         read 6 +a/6 product ad -> badge 6 advert, fold 6",
    );
    let report = stage.report();
    let listed: Vec<&str> = report.hidden.iter().map(|line| line.key.id.as_str()).collect();
    assert_eq!(listed, ["6"], "what was shown leaves the list");
    assert_eq!(report.hidden_now, 1);
    let key = report.hidden[0].key.clone();
    stage.on(kibitz::session::Event::Restore(key));
    assert!(stage.hides.is_empty() && stage.report().hidden.is_empty());
}

#[test]
fn a_removed_rule_restores_at_once() {
    check(
        "acme.advert=fold",
        "read 1 +acme/1 product ad @view -> badge 1 advert, fold 1
         read 2 +b/2 product ad @view -> badge 2 advert
         hideads 1 off -> save, toast_hide_off, unhide 1
         undo -> save, fold 1
         set norules -> unhide 1
         hideads 2 on -> save, toast_hide_on, fold 2
         never 2 on -> save, toast_never_on, unhide 2
         hideads 2 on -> save, toast_hide_on, fold 2
         undo -> save, unhide 2
         undo -> save, fold 2",
    );
}

#[test]
fn neighbouring_folds_share_a_line() {
    check(
        "adverts=fold",
        "order 1 2 3 4 5
         read 1 +a/1 care -> badge 1 conversation
         read 2 +a/2 product ad -> badge 2 advert, fold 2
         read 3 +a/3 product ad -> badge 3 advert, fold 2 x2, fold 3 x0
         read 4 +a/4 care -> badge 4 conversation
         read 5 +a/5 product ad -> badge 5 advert, fold 5
         place 2 view ->
         place 3 view ->
         place 5 view ->
         // the line between two others would have to go from view: it stays
         read 4 +a/6 product ad -> badge 4 advert, fold 2 x3, fold 4 x0
         show 2 -> unhide 2, unhide 3, unhide 4
         // an act of the reader's own may move what is in view
         undo -> fold 2 x4, fold 3 x0, fold 4 x0, fold 5 x0
         show 5 -> fold 2 x3, unhide 5",
    );
    // The row that bears the line is unmounted above the view: nothing grows there.
    check(
        "adverts=fold",
        "order 1 2 3
         read 1 +a/1 product ad -> badge 1 advert, fold 1
         read 2 +a/2 product ad -> badge 2 advert, fold 1 x2, fold 2 x0
         read 3 +a/3 care -> badge 3 conversation
         place 1 above
         place 2 above
         place 3 view
         gone 1 -> unbadge 1, unhide 1
         order 2 3
         order 4 2 3
         read 4 +a/1 product ad -> badge 4 advert, fold 4 x2
         // without a neighbour to bear it, a fold below the view has its own line
         gone 4 -> unbadge 4, unhide 4
         place 2 below -> fold 2",
    );
}

#[test]
fn in_mode_hide_five_posts_stay() {
    let mut stage = check(
        "adverts=hide",
        "read 1 +a/1 product ad -> badge 1 advert, dim 1
         read 2 +a/2 care -> badge 2 conversation
         read 3 +a/3 care -> badge 3 conversation
         read 4 +a/4 care -> badge 4 conversation
         read 5 -m/5 care ->
         read 6 -m/6 care -> hide 1
         read 7 +a/7 product ad @view -> badge 7 advert, hide 7
         gone 6 -> dim 1",
    );
    assert!(stage.report().starved);
    stage.run("read 8 +a/8 product ad -> badge 8 advert, hide 8");
    stage.run("read 9 -m/9 care -> hide 1");
    stage.run("set adverts=fold -> fold 1, fold 7, fold 8");
    assert!(!stage.report().starved);
}

#[test]
fn broadcasts_of_broadcasters_fold() {
    let mut stage = check(
        "broadcasters",
        "read 1 +a/1 news -> badge 1 broadcast
         read 2 +a/2 news @view -> badge 2 broadcast
         place 2 view ->
         read 3 +a/3 news -> badge 3 broadcast
         // four of four: the whole interval lies above one half; what is in view stays
         read 4 +a/4 news -> badge 4 broadcast, fold 1, fold 3, fold 4
         read 5 +a/5 care -> badge 5 conversation, unhide 1, unhide 3, unhide 4
         record a 40 2 -> fold 1, fold 3, fold 4
         read 6 +a/6 news unsure -> badge 6 unsure
         read 7 +b/7 news -> badge 7 broadcast
         never 1 on -> save, toast_never_on, unhide 1, unhide 3, unhide 4",
    );
    stage.run("undo -> save, fold 1, fold 2, fold 3, fold 4");
    assert!(
        stage.hides.values().all(|(reason, _)| reason.rule == RuleScope::Broadcaster && reason.mode == HideMode::Fold)
    );
}

#[test]
fn two_readings_of_one_post_do_not_turn_the_rule_to_and_fro() {
    // Three broadcasts, and a fourth that stands in two places with other words of the same length.
    check(
        "broadcasters",
        "read 1 +a/1 news -> badge 1 broadcast
         read 2 +a/2 news -> badge 2 broadcast
         read 3 +a/3 news -> badge 3 broadcast
         read 4 +a/4 news -> badge 4 broadcast, fold 1, fold 2, fold 3, fold 4
         read 5 +a/4 care -> badge 5 conversation
         frame ->
         read 6 +a/4 care and more -> badge 6 conversation, unhide 1, unhide 2, unhide 3, unhide 4
         read 5 +a/4 news -> badge 5 broadcast",
    );
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
