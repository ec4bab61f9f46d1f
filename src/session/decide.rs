//! Owns what one post shows and which rule would hide it, as pure functions; never remembers anything.

use super::contract::{Badge, BadgeKind, BrandRule, HideMode, Kind, RuleScope, Settings};
use crate::classify::{VERY_SURE, Verdict};
use crate::intent::{Intent, Stance};
use crate::post::AdSource;

/// What a post counts as, after paid sign and correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    /// The intent shown.
    pub(super) intent: Intent,
    /// The stance shown.
    pub(super) stance: Option<Stance>,
    /// The badge; none for [`Intent::Other`].
    pub(super) badge: Option<Badge>,
    /// Sure of the words: by the judge's threshold, or by the user's word.
    is_sure: bool,
    /// Paid to the platform, and the user has not said otherwise.
    is_paid: bool,
}

impl Standing {
    /// A correction wins over everything, a paid sign over the words.
    pub(super) fn of(verdict: &Verdict, ad: Option<AdSource>, corrected: Option<Intent>, settings: &Settings) -> Self {
        let intent = corrected.unwrap_or(verdict.intent);
        let stance = match corrected {
            Some(intent) => intent.stance(),
            None => verdict.stance,
        };
        let is_enough = !settings.only_very_sure || verdict.confidence >= VERY_SURE;
        let is_sure = corrected.is_some() || (verdict.is_sure && is_enough);
        let freed = corrected.is_some() && stance == Some(Stance::Conversation);
        let is_paid = ad.is_some_and(AdSource::is_platform_paid) && !freed;
        let kind = match stance {
            _ if is_paid => Some(BadgeKind::Advert),
            None => None,
            Some(_) if !is_sure => Some(BadgeKind::Unsure),
            Some(Stance::Conversation) => Some(BadgeKind::Conversation),
            Some(Stance::Broadcast) if verdict.ad => Some(BadgeKind::Advert),
            Some(Stance::Broadcast) => Some(BadgeKind::Broadcast),
        };
        Self { intent, stance, badge: kind.map(|kind| Badge { kind, intent }), is_sure, is_paid }
    }

    /// Whether the post is paid to the platform, and the user has not said that it is conversation.
    pub(super) const fn is_paid(self) -> bool {
        self.is_paid
    }

    /// Whether a rule may hide the post at all: never unpaid conversation, never an unpaid post of which nobody is sure.
    pub(super) fn may_hide(self) -> bool {
        self.is_paid || (self.is_sure && self.stance == Some(Stance::Broadcast))
    }

    /// The kinds that rules may name this post by, most specific first.
    pub(super) fn kinds(self) -> impl Iterator<Item = Kind> {
        let advert = self.badge.is_some_and(|badge| badge.kind == BadgeKind::Advert);
        let broadcast = self.is_sure && self.stance == Some(Stance::Broadcast);
        let by_intent = match self.intent {
            Intent::Event => Some(Kind::Event),
            Intent::Solicit => Some(Kind::Solicit),
            Intent::Bait => Some(Kind::Bait),
            Intent::Care
            | Intent::Reply
            | Intent::Ask
            | Intent::Community
            | Intent::Share
            | Intent::Product
            | Intent::Offer
            | Intent::News
            | Intent::Other => None,
        };
        [advert.then_some(Kind::Advert), by_intent.filter(|_| broadcast), broadcast.then_some(Kind::Broadcast)]
            .into_iter()
            .flatten()
    }

    /// What the rules say of this post: the brand's before everybody's, then by kind; [`HideMode::Off`] in a rule shows the post.
    pub(super) fn rule(
        self,
        settings: &Settings,
        brand: Option<&BrandRule>,
        broadcaster: bool,
    ) -> Option<(HideMode, Kind, RuleScope)> {
        if !self.may_hide() {
            return None;
        }
        let of_brand = brand.and_then(|rule| self.first(&rule.hide, RuleScope::Brand));
        let of_all = || {
            let adverts = (settings.adverts != HideMode::Off).then_some((Kind::Advert, settings.adverts));
            let table: Vec<_> =
                settings.kinds.iter().copied().filter(|row| row.0 != Kind::Advert).chain(adverts).collect();
            self.first(&table, RuleScope::Everybody)
        };
        let of_broadcasters = || {
            let speaks = settings.fold_broadcasters && broadcaster && self.kinds().any(|kind| kind == Kind::Broadcast);
            speaks.then_some((HideMode::Fold, Kind::Broadcast, RuleScope::Broadcaster))
        };
        of_brand.or_else(of_all).or_else(of_broadcasters).filter(|(mode, ..)| *mode != HideMode::Off)
    }

    fn first(self, table: &[(Kind, HideMode)], scope: RuleScope) -> Option<(HideMode, Kind, RuleScope)> {
        self.kinds().find_map(|kind| table.iter().find(|row| row.0 == kind).map(|row| (row.1, kind, scope)))
    }
}
