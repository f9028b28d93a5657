//! Frames a second of the decoder alone, for bodies of 300 B and 2 KB.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use stomp::{Decoder, Item, Limits};

fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("read MESSAGE");
    for size in [300, 2048] {
        let body = "x".repeat(size);
        let frame = format!(
            "MESSAGE\nsubscription:sub-0\ndestination:/topic/6ceca7e5-81b2-4146-89c2-e59a69a92f15\nmessage-id:T_sub-0@@session-1@@1\nredelivered:false\ncontent-length:{size}\n\n{body}\0\n"
        );
        let stream = frame.repeat(1000);
        group.throughput(Throughput::Elements(1000));
        group.bench_function(format!("{size} B"), |b| {
            let mut decoder = Decoder::new(Limits::default());
            b.iter(|| {
                let mut frames = decoder.feed(black_box(stream.as_bytes()));
                let mut count = 0;
                while let Some(item) = frames.next() {
                    if let Ok(Item::Frame(f)) = item {
                        count += f.body().len();
                    }
                }
                count
            });
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
