//! Text in, verdict and the words behind it out: the time of one 200-character post, of short and long ones, and of reading the model.

#![allow(missing_docs)] // the macros make functions without any

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kibitz::classify::{BUILTIN, Input, Judge};
use kibitz::post::Room;

const POST: &str = "Our new autumn menu is here! Come in this week for the pumpkin soup everyone keeps asking about, \
and tell us which of the three breads you would have with it. Tables are filling up fast: https://ex.am/menu";

fn verdicts(c: &mut Criterion) {
    let judge = Judge::builtin();
    let long = POST.repeat(20);
    let mut group = c.benchmark_group("verdict");
    for (name, text) in [("40 characters", &POST[..40]), ("200 characters", POST), ("4,000 characters", long.as_str())]
    {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let input = Input { text, room: Room::X, is_reply: Some(false), lang: None };
        group.bench_function(name, |b| b.iter(|| judge.reasoned(std::hint::black_box(&input))));
    }
    group.finish();
    c.bench_function("model load", |b| b.iter(|| Judge::load(std::hint::black_box(BUILTIN))));
}

criterion_group!(benches, verdicts);
criterion_main!(benches);
