//! Scripts of a page's life: what is folded, hidden and shown again.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

mod session_stage;

use kibitz::session::{HideMode, RuleScope};
use session_stage::check;

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
