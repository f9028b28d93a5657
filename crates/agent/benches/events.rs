//! Events a second of the reader alone, for bodies of 300 B and 2 KB.

use agent::backend::vcall;
use agent::event::Incoming;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// A `Conversation` of exactly so many bytes.
fn body(size: usize) -> String {
    let head = r#"{"type":"event","event":"Conversation","nowState":"Conversation","eventTime":1795308100944,"sequence":0,"data":{"callDirection":1,"caller":"13800138000","called":"1001","occCallId":"6ceca7e5-81b2-4146-89c2-e59a69a92f15","callType":"normal","userData":""#;
    let tail = r#""}}"#;
    let filler = "x".repeat(size - head.len() - tail.len());
    format!("{head}{filler}{tail}")
}

fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("read event");
    for size in [300, 2048] {
        let body = body(size);
        assert!(matches!(vcall::read(&body), Ok(Incoming::Event(_))));
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("{size} B"), |b| {
            b.iter(|| vcall::read(black_box(&body)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
