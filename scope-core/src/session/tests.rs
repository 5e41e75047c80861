use super::*;
use crate::config::RingSizes;
use crate::ring::Overflow;

#[test]
fn rings_of_many_sizes_leave_room_for_the_usual_ones() {
    let settings = RingSettings { bytes: 4096, sizes: RingSizes::default(), overflow: Overflow::DropNewest };
    let rings = Rings { live: Vec::new(), fresh: Vec::new(), spare: Vec::with_capacity(2 * SPARE), ended: false };
    let (pid, homeless) = (std::process::id(), AtomicU64::new(0));
    let session = Session { settings, file: None, pid, rings: Mutex::new(rings), homeless, refused: AtomicU32::new(0) };
    for words in (10..20).map(|power| 1 << power) {
        for _ in 0..=ODD {
            session.keep(session.new_ring(words).expect("memory"), ODD);
        }
    }
    session.prepare();
    let rings = session.rings.lock().expect("nobody panics");
    assert_eq!((rings.spares(512), rings.spares(1024)), (READY, ODD));
    assert!(rings.spare.len() <= 2 * SPARE);
}
