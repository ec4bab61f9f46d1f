//! Owns what is known of the page as a place: its network, its address, where its posts are and where Kibitz's things go on them; never writes.

use js_sys::{Function, JsString};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use super::dom::{Dom, outermost};
use super::overlay::{HideWay, Target};
use crate::platforms::{self, Hide, Layout, Place};
use crate::post::{Post, Room, Surface};
use crate::read::{self, Context, Reading};
use crate::session::{Command, Event};

/// The whole page is searched for who is signed in this many times at an address at most: where nobody is, every new post would
/// cost a search.
const LOOKS_AT_MOST: u32 = 24;

/// The page as a place on a network.
#[derive(Debug)]
pub struct Ground {
    /// `() => string | undefined`: the page's address, if it is another one than when this was last asked.
    ask: Function,
    /// The address without fragment.
    address: String,
    place: Place,
    context: Context,
    /// Selector of everything that holds a post, in any of the network's layouts.
    containers: &'static str,
    /// The same, as the page's side has it.
    selector: JsString,
    viewer: Option<String>,
    /// How often the page was searched for the viewer.
    looks: u32,
}

impl Ground {
    /// Where the page is; none when it has no element at all.
    pub fn new(ask: Function, document: &Document) -> Option<Self> {
        let address = asked(&ask).unwrap_or_default();
        let place = look(&address, document)?;
        let containers = place.platform.containers();
        let selector = JsString::from(containers);
        Some(Self { context: Context::from(&place), ask, address, place, containers, selector, viewer: None, looks: 0 })
    }

    /// Looks whether the page has another address than at the last look; a dialog over it is no other page, whatever its address.
    pub fn has_moved(&mut self, document: &Document) -> bool {
        let told = asked(&self.ask);
        let is_unsettled = self.is_unsettled(document);
        let address = match told {
            None if !is_unsettled => return false,
            Some(address) if !is_unsettled && (address == self.address || self.place.platform.is_dialog(&address)) => {
                return false;
            }
            told => told.unwrap_or_else(|| self.address.clone()),
        };
        let Some(place) = look(&address, document) else { return false };
        if is_unsettled && place.platform.room == Room::Generic && address == self.address {
            return false;
        }
        if place.platform.room != self.room() {
            self.containers = place.platform.containers();
            self.selector = JsString::from(self.containers);
        }
        self.looks = 0;
        self.context = Context::from(&place);
        self.place = place;
        self.address = address;
        true
    }

    /// Whether the page is still being parsed and may not yet show what it is.
    pub fn is_unsettled(&self, document: &Document) -> bool {
        self.room() == Room::Generic && document.ready_state() == "loading"
    }

    /// Looks for who is signed in until it is known; the handle, when this look found it. The navigation may come after the first
    /// posts.
    pub fn find_viewer(&mut self, document: &Document) -> Option<String> {
        if self.viewer.is_some() || self.looks >= LOOKS_AT_MOST {
            return None;
        }
        self.looks += 1;
        let root = document.document_element().map(Dom);
        self.viewer = root.and_then(|root| read::viewer(self.place.platform, &root));
        self.viewer.clone()
    }

    /// What the session is told of this place.
    pub fn arrival(&self) -> Event {
        Event::Navigated {
            room: self.room(),
            surface: self.surface(),
            focal_id: self.context.focal_id.clone(),
            viewer: self.viewer.clone(),
        }
    }

    /// Whose own page this is: their handle.
    pub fn owner(&self) -> Option<Event> {
        let is_own = matches!(self.surface(), Surface::Profile | Surface::Replies);
        let (handle, _) = is_own.then(|| (self.place.platform.handle)(&self.address)).flatten()?;
        Some(Event::Owner(handle))
    }

    /// The name at the head of somebody's own page; none where the platform has no place for it.
    pub fn name(&self, document: &Document) -> Option<Element> {
        let name = Some(self.place.platform.name).filter(|name| !name.is_empty())?;
        document.query_selector(name).ok().flatten()
    }

    /// The network.
    pub fn room(&self) -> Room {
        self.place.platform.room
    }

    /// The part of the site.
    pub fn surface(&self) -> Surface {
        self.context.surface
    }

    /// Selector of what holds a post; a match inside another match holds none of its own.
    pub const fn containers(&self) -> &'static str {
        self.containers
    }

    /// The same, as the page's side has it.
    pub const fn selector(&self) -> &JsString {
        &self.selector
    }

    /// Everything on the page that holds a post, in page order.
    pub fn posts(&self, document: &Document) -> Vec<Element> {
        let all = document.query_selector_all(self.containers);
        all.map(|list| outermost(&list).collect()).unwrap_or_default()
    }

    /// Reads a container.
    pub fn read(&self, container: &Dom) -> Reading {
        read::read(self.place.platform, container, &self.context)
    }

    /// Adds the counts to a post read from this container.
    pub fn read_counts(&self, container: &Dom, post: &mut Post) {
        read::read_counts(self.place.platform, container, post);
    }

    /// The row of the site's list that holds a container.
    pub fn row(&self, container: &Element) -> Element {
        let post = Dom(container.clone());
        match read::layout(self.place.platform, &post) {
            Some(layout) => self.row_in(layout, &post),
            None => post.0,
        }
    }

    fn row_in(&self, layout: &Layout, post: &Dom) -> Element {
        read::row(self.place.platform, layout, post).0
    }

    /// Where Kibitz's things go on a post; none when the container is none any more. Its parts are looked for only as far as
    /// the command needs them.
    pub fn target(&self, container: &Element, command: &Command) -> Option<Target> {
        let needs_row = matches!(command, Command::Hide(..));
        let needs_text = match command {
            Command::Badge(..) | Command::Hide(..) => false,
            Command::Explain(..) => true,
            Command::Unbadge(_)
            | Command::Unhide(_)
            | Command::CloseExplanation
            | Command::Profile(_)
            | Command::Toast(..)
            | Command::OpenCard(..)
            | Command::Save(_)
            | Command::Observe(..)
            | Command::Report(_)
            | Command::WantFrame => return None,
        };
        let post = Dom(container.clone());
        let layout = read::layout(self.place.platform, &post)?;
        Some(Target {
            anchor: read::anchor(layout, &post).map(|anchor| anchor.0),
            row: if needs_row { self.row_in(layout, &post) } else { container.clone() },
            text: needs_text.then(|| read::text_roots(layout, &post).into_iter().next()).flatten().map(|text| text.0),
            way: match layout.overlay.hide {
                Hide::CollapseChild => HideWay::CollapseChild,
                Hide::Stub => HideWay::StubInPlace,
                Hide::Keep => HideWay::KeepHeight,
                Hide::Whole(divider) => HideWay::Whole(divider),
            },
            post: post.0,
        })
    }
}

/// What lives at an address, by its host or by what stands on the page.
fn look(address: &str, document: &Document) -> Option<Place> {
    Some(platforms::for_page(address, &Dom(document.document_element()?)))
}

/// The address without fragment, if it is another one than when last asked.
fn asked(ask: &Function) -> Option<String> {
    let mut address = ask.call0(&JsValue::NULL).ok()?.as_string()?;
    if let Some(at) = address.find('#') {
        address.truncate(at);
    }
    Some(address)
}
