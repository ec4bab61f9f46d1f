//! Owns the wiring of Kibitz to one page: what the loader gives, and which callback enters the work where; never decides.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::ground::Ground;
use super::host::{Host, UndoRecord};
use super::observe::Observed;
use super::overlay::Overlay;
use super::shows::Shows;
use super::store::Store;
use super::watch::{Frames, Gather, Mutations, Slots};
use super::words::Words;
use super::work::{Core, Missing, Shipped, Summary, now};
use crate::ledger::Salt;
use crate::session::{Event, Session};
use crate::sorted::{Map, Set};

#[wasm_bindgen]
extern "C" {
    /// What the loader gives at the start.
    #[derive(Debug)]
    pub type Options;
    /// The undo record.
    #[wasm_bindgen(method, getter)]
    fn record(this: &Options) -> UndoRecord;
    /// Stored settings, or undefined.
    #[wasm_bindgen(method, getter)]
    fn settings(this: &Options) -> JsValue;
    /// `(key, first, second) => string`: the message, its blanks filled in
    #[wasm_bindgen(method, getter)]
    fn words(this: &Options) -> Function;
    /// `() => string | undefined`: the page's address, if it is another one than when this was last asked.
    #[wasm_bindgen(method, getter)]
    fn address(this: &Options) -> Function;
    /// `() => void`: have `tick` called in a task of its own, soon.
    #[wasm_bindgen(method, getter)]
    fn later(this: &Options) -> Function;
    /// `(observations, isUrgent) => void`: counts have changed; so many observations wait for the ledger, and one of them is the
    /// first of a brand.
    #[wasm_bindgen(method, getter)]
    fn changed(this: &Options) -> Function;
    /// `(room, brand) => void`: show the brand's card beside the page.
    #[wasm_bindgen(method, getter)]
    fn card(this: &Options) -> Function;
    /// `(records, selector) => [touched, gone]`: see [`super::watch::Changes`].
    #[wasm_bindgen(method, getter)]
    fn gather(this: &Options) -> Gather;
    /// Whether the ledger is written to.
    #[wasm_bindgen(method, getter)]
    fn keeps(this: &Options) -> bool;
    /// Whether a frame has passed since the loader came: what is there already may have been painted.
    #[wasm_bindgen(method, getter, js_name = isPainted)]
    fn is_painted(this: &Options) -> bool;
    /// `(settings) => void`
    #[wasm_bindgen(method, getter)]
    fn save(this: &Options) -> Function;
    /// `(message) => void`: stored settings could not be read, and why.
    #[wasm_bindgen(method, getter)]
    fn refused(this: &Options) -> Function;
}

/// Kibitz on one page; dropping it leaves the page as it was.
#[must_use = "dropping it ends Kibitz on this page"]
#[derive(Debug)]
pub struct App {
    inner: Rc<Inner>,
}

/// What the browser's callbacks hold on to, weakly.
#[derive(Debug)]
pub(super) struct Inner {
    core: RefCell<Option<Core>>,
    /// What the reader did in the overlay, in order; filled while the core is at work, too.
    queue: RefCell<VecDeque<Event>>,
}

impl Inner {
    /// Runs one piece of work, then what came up in the meantime; nothing when the core is at work already or gone.
    ///
    /// What the page did before comes first. What Kibitz writes meanwhile is taken out of the observer: while a callback runs,
    /// nobody else writes.
    fn enter<T>(&self, work: impl FnOnce(&mut Core) -> T) -> Option<T> {
        let (mut work, mut result) = (Some(work), None);
        self.enter_dyn(&mut |core| result = work.take().map(|work| work(core)));
        result
    }

    /// One body for all who enter: a copy for each was 7 KB of the module.
    #[inline(never)]
    fn enter_dyn(&self, work: &mut dyn FnMut(&mut Core)) {
        let Ok(mut borrowed) = self.core.try_borrow_mut() else { return };
        let Some(core) = borrowed.as_mut() else { return };
        let untold = core.mutations.take();
        if untold.length() > 0 {
            core.batch(&untold);
        }
        work(core);
        loop {
            let next = self.queue.borrow_mut().pop_front();
            match next {
                Some(event) => core.handle(event),
                None => break,
            }
        }
        core.mutations.take();
        let changed = std::mem::take(&mut core.has_changed)
            .then(|| (core.changed.clone(), core.observed.waiting(), core.observed.take_urgency()));
        drop(borrowed);
        if let Some((changed, waiting, is_urgent)) = changed {
            let _ = changed.call2(&JsValue::NULL, &waiting.into(), &is_urgent.into());
        }
    }
}

/// Makes a callback that enters the core for as long as there is one.
pub(super) fn entering<A>(inner: &Weak<Inner>, work: impl Fn(&mut Core, A) + 'static) -> impl Fn(A) + 'static {
    let inner = inner.clone();
    move |argument| {
        if let Some(inner) = inner.upgrade() {
            inner.enter(|core| work(core, argument));
        }
    }
}

impl App {
    /// Begins to watch the page and looks at what is there already.
    ///
    /// # Errors
    /// When there is no page, or the browser refuses an observer.
    pub fn start(options: &Options) -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or("no window")?;
        let document = window.document().ok_or("no document")?;
        let host = Host::new(options.record());
        let store = Store::new(options.save(), options.refused());
        let settings = store.read(options.settings()).unwrap_or_default();
        let ground = Ground::new(options.address(), &document).ok_or("no page")?;

        let inner = Rc::new(Inner { core: RefCell::new(None), queue: RefCell::default() });
        let weak = Rc::downgrade(&inner);
        let emit = {
            let weak = weak.clone();
            Rc::new(move |event| {
                if let Some(inner) = weak.upgrade() {
                    inner.queue.borrow_mut().push_back(event);
                    inner.enter(|_| ());
                }
            })
        };
        let frames = {
            let frame = entering(&weak, |core, now| core.frame(now));
            Frames::new(&host, window.clone(), move || frame(now()))
        };
        let batch = entering(&weak, |core, records: Array| core.batch(&records));
        let mutations = Mutations::new(&host, &document, batch)?;
        let address_changed = host.callback(entering(&weak, |core, _| _ = core.follow_address()));
        let listening = host.listen(&window, "popstate", &address_changed, false);

        let mut core = Core {
            overlay: Overlay::new(host.clone(), Words::from_function(options.words()), emit),
            session: Session::new(settings.clone(), Shipped),
            slots: Slots::default(),
            waiting: Set::new(),
            posts: Set::new(),
            badges: Map::new(),
            shows: Shows::default(),
            observed: Observed::new(options.keeps()),
            places: Map::new(),
            missing: Missing::new(),
            reads: 0,
            report: None,
            visited: None,
            is_painted: options.is_painted(),
            is_later_asked: false,
            has_changed: false,
            later: options.later(),
            changed: options.changed(),
            card: options.card(),
            gather: options.gather(),
            _listening: (address_changed, listening),
            placing: None,
            mutations,
            frames,
            weak,
            store,
            ground,
            document,
            host,
        };
        core.follow_settings(&settings);
        core.arrive();
        core.mutations.take();
        inner.core.replace(Some(core));
        inner.enter(|_| ());
        Ok(Self { inner })
    }

    /// Takes new settings; those that cannot be read change nothing.
    pub fn apply_settings(&self, settings: JsValue) {
        self.inner.enter(|core| {
            if let Some(settings) = core.store.read(settings) {
                // Everything is measured anew: what jumped past the view was not told of.
                core.unplace();
                core.follow_settings(&settings);
                core.handle(Event::Settings(Box::new(settings)));
            }
        });
    }

    /// Hands an event to the session.
    pub fn event(&self, event: Event) {
        self.inner.enter(|core| core.handle(event));
    }

    /// A slice of the observations as lines for the ledger: see [`Core::drain`]; empty while Kibitz is at work.
    pub fn drain(&self, salt: Salt) -> String {
        self.inner.enter(|core| core.drain(salt)).unwrap_or_default()
    }

    /// What is known of the page; none while Kibitz is at work.
    pub fn report(&self) -> Option<Summary> {
        self.inner.enter(Core::summary).flatten()
    }

    /// Goes on with what one slice had no time for.
    pub fn tick(&self) {
        self.inner.enter(|core| {
            core.is_later_asked = false;
            core.work();
            core.get_ready();
        });
    }

    /// Explains the post that has the focus, else the first badged one in view.
    pub fn explain_focused(&self) {
        self.inner.enter(|core| {
            if let Some(slot) = core.focused() {
                core.handle(Event::Explain(slot));
            }
        });
    }

    /// Brings the next broadcast or advert into view and gives its badge the focus.
    pub fn go_to_next_broadcast(&self) {
        self.inner.enter(Core::go_to_next_broadcast);
    }

    /// Leaves the page as it was.
    pub fn stop(self) {
        let core = self.inner.core.try_borrow_mut().ok().and_then(|mut core| core.take());
        if let Some(mut core) = core {
            core.overlay.clear();
        }
    }
}
