use super::*;

#[test]
fn what_is_written_down_is_read_back() {
    let mut config =
        Config { overflow: Overflow::Block, flush_interval: Duration::from_micros(1500), ..Config::default() };
    config.ring_sizes.push("worker-*", 8192);
    (config.max_age, config.keep, config.keep_logs) = (Some(Duration::from_secs(90)), Some(0), Some(7));
    let (settings, errors) = Settings::from_lines(&config.to_string());
    assert_eq!((settings.resolve(), errors), (config, vec![]));
}

#[test]
fn a_bad_setting_costs_only_itself() {
    let (settings, errors) = Settings::from_lines("ring_size=64 KiB\noverflow=panic\nthreads=0\nspeed=9");
    assert_eq!(settings, Settings { ring_size: Some(65536), ..Settings::default() });
    let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "`runtime.overflow` is `panic`: `drop_newest`, `drop_oldest` or `block` is wanted",
            "`runtime.threads` is `0`: a number from 1 to 64 is wanted",
            "`runtime.speed` is `9`: there is no such key; there are log, ring_size, ring_sizes, rings, overflow, flush_interval, max_size, max_age, keep, keep_logs, compression, threads, filter, snapshot_signal, snapshot_on_panic, max_snapshots",
        ]
    );
}

#[test]
fn the_first_to_say_something_wins() {
    let first = Settings { threads: Some(3), ..Settings::default() };
    let second = Settings { threads: Some(4), max_size: Some(5), ..Settings::default() };
    let config = first.or(second).resolve();
    assert_eq!((config.threads, config.max_size, config.ring_size), (3, 5, 1 << 20));
}
