//! Scripts of a page's life: where a post may collapse, and where it keeps the height that the reader saw.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

mod session_stage;

use session_stage::check;

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
    // Painted before it could be read, it keeps its height until it is below the view; its line stands for it alone.
    check(
        "adverts=fold",
        "order 1 2 3 ->
         read 1 +a/1 product ad @painted -> badge 1 advert, fold 1 kept
         read 2 +a/2 product ad @painted -> badge 2 advert, fold 2 kept
         read 3 +a/3 product ad -> badge 3 advert, fold 3
         place 1 view ->
         place 2 view ->
         frame ->
         frame ->
         place 1 above ->
         place 2 below -> fold 2
         place 3 below -> fold 2 x2, fold 3 x0
         place 1 below -> fold 1 x3, fold 2 x0",
    );
    // One that became an advert while it was read stays until it is out of the way, and what the user asks for is done at once.
    check(
        "adverts=fold",
        "read 1 +a/1 product @painted -> badge 1 broadcast
         place 1 view ->
         frame ->
         frame ->
         read 1 +a/1 product ad @painted @view -> badge 1 advert
         set adverts=off ->
         set adverts=fold -> fold 1",
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
fn a_post_above_the_view_keeps_its_height_when_it_is_folded_elsewhere() {
    check(
        "adverts=fold",
        "order 1 2 3
         read 2 +a/2 care @view -> badge 2 conversation
         read 1 +b/9 product ad -> badge 1 advert
         read 3 +b/9 product ad -> badge 3 advert, fold 3
         frame ->
         read 1 +b/9 product ad ->",
    );
    // Nor when its place is made anew: how it stood when it left is what counts, not how its twin stands.
    check(
        "adverts=fold",
        "order 1 2 3
         read 2 +a/2 care @view -> badge 2 conversation
         read 1 +b/9 product ad -> badge 1 advert
         read 3 +b/9 product ad -> badge 3 advert, fold 3
         gone 1 -> unbadge 1
         order 4 2 3
         read 4 +b/9 product ad -> badge 4 advert",
    );
    // Nor because it was folded on an earlier page: it has stood here in full since.
    check(
        "adverts=fold",
        "read 9 +b/9 product ad -> badge 9 advert, fold 9
         gone 9 -> unbadge 9, unhide 9
         set adverts=off ->
         order 1 2 3
         read 2 +a/2 care @view -> badge 2 conversation
         read 1 +b/9 product ad -> badge 1 advert
         frame
         frame
         set adverts=fold ->
         read 3 +b/9 product ad -> badge 3 advert, fold 3
         read 3 +b/9 product ad ->",
    );
}
