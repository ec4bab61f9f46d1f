//! Owns the rows, the merging and the metrics of the local record; never stores anything itself.
