//! Owns everything that touches the page: reading over web-sys, watching, the overlay, the wiring; never decides.
