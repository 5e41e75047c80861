//! What is missing is shown where it is missing.

mod common;

use common::{dump_file, record, text};

#[test]
fn losses_and_the_end_of_recording_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");

    let lossy = folder.path().join("lossy.scope");
    record(&lossy, |builder| builder.ring_size(4096), 200_000);
    let all = text(&dump_file(&["events"], &lossy)).lines().count();
    assert!(all < 400_000);
    for view in ["events", "tree"] {
        // Also where one function is asked for: the lost ones may be its calls.
        for args in [&[view, "--kind", "lost"][..], &[view, "--function", "no_such_function"]] {
            let output = dump_file(args, &lossy);
            assert!(text(&output).contains(" lost here"), "{args:?}");
        }
    }

    let full = folder.path().join("full.scope");
    // A busy machine would lose so much that there is room for the rest.
    record(&full, |builder| builder.max_size(64 << 10).overflow(scope::Overflow::Block), 100_000);
    for view in ["events", "tree"] {
        let output = dump_file(&[view, "--kind", "mark"], &full);
        assert!(text(&output).contains("recording stopped: the log has reached `max_size`"), "{output:?}");
        assert!(text(&output).contains("recorder"), "{output:?}");
    }
    let output = dump_file(&["events", "--kind", "mark", "--format", "json"], &full);
    assert!(text(&output).contains(r#""reason":"the log has reached `max_size`""#));
}
